/** Why a port would not open: gone, held back by something a person must change, or something that may pass. */
export type OpenFault =
  | { readonly kind: 'absent' }
  | { readonly kind: 'blocked'; readonly cause: 'permission' | 'in-use' | 'other' }
  | { readonly kind: 'passing' };

/**
 * Reads serialport's error text, the only thing it gives. On Windows `Access denied` is how a port that another program
 * holds answers; elsewhere it is a permission.
 */
export function openFaultOf(error: Error, platform: NodeJS.Platform): OpenFault {
  const text = error.message.toLowerCase();
  if (/no such file|file not found|no such device/.test(text)) return { kind: 'absent' };
  if (/cannot lock port|resource busy|device busy/.test(text)) return { kind: 'blocked', cause: 'in-use' };
  if (/permission denied|access (is )?denied|operation not permitted/.test(text)) {
    return { kind: 'blocked', cause: platform === 'win32' ? 'in-use' : 'permission' };
  }
  if (/inappropriate ioctl|is a directory|unsupported/.test(text)) return { kind: 'blocked', cause: 'other' };
  return { kind: 'passing' };
}
