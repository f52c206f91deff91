import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
]);

/** Addresses without a file's name. */
const pages: Readonly<Record<string, string>> = { '/': '/index.html', '/customer': '/customer.html' };

export interface RendererFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RendererFiles {
  /** The file at an address's path, `/` being index.html; undefined when there is none. */
  read(pathname: string): Promise<RendererFile | undefined>;
}

interface Listed {
  readonly file: string;
  readonly contentType: string;
}

/** Only plain files of known types; symbolic links are left out, so nothing outside the folder is ever listed. */
async function listFiles(folder: string, prefix: string): Promise<(readonly [string, Listed])[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry): Promise<(readonly [string, Listed])[]> => {
      const file = join(folder, entry.name);
      if (entry.isDirectory()) return listFiles(file, `${prefix}${entry.name}/`);
      const contentType = contentTypes.get(extname(entry.name));
      if (!entry.isFile() || contentType === undefined) return [];
      return [[`${prefix}${entry.name}`, { file, contentType }]];
    }),
  );
  return nested.flat();
}

/**
 * The built renderer in `folder`, listed once: an address is looked up in that list and never becomes a path, so
 * no spelling of it leads elsewhere. `missing` when the folder or its index.html is not there (not built yet).
 */
export async function openRendererFiles(
  folder: string,
): Promise<{ readonly kind: 'open'; readonly files: RendererFiles } | { readonly kind: 'missing' }> {
  let listed: ReadonlyMap<string, Listed>;
  try {
    listed = new Map(await listFiles(folder, '/'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return { kind: 'missing' };
    throw cause;
  }
  if (!listed.has('/index.html')) return { kind: 'missing' };
  return {
    kind: 'open',
    files: {
      async read(pathname) {
        const found = listed.get(pages[pathname] ?? pathname);
        if (found === undefined) return undefined;
        const isPage = found.contentType.startsWith('text/html');
        return {
          body: new Uint8Array(await readFile(found.file)),
          headers: { 'Content-Type': found.contentType, 'Cache-Control': isPage ? 'no-store' : 'no-cache' },
        };
      },
    },
  };
}
