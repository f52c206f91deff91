import { posix, win32 } from 'node:path';

/**
 * Where a terminal keeps its data when nobody says otherwise, the same for both hosts: XDG_DATA_HOME (absolute, as
 * the XDG specification asks) or ~/.local/share on Linux, Application Support on macOS, LOCALAPPDATA on Windows.
 */
export function defaultDataFolder({
  platform,
  environmentVariables,
  homeFolder,
}: {
  platform: NodeJS.Platform;
  environmentVariables: NodeJS.ProcessEnv;
  homeFolder: string;
}): string {
  if (platform === 'win32') {
    return win32.join(
      environmentVariables['LOCALAPPDATA'] || win32.join(homeFolder, 'AppData', 'Local'),
      'Milepost',
    );
  }
  if (platform === 'darwin') return posix.join(homeFolder, 'Library', 'Application Support', 'Milepost');
  const xdgDataHome = environmentVariables['XDG_DATA_HOME'] ?? '';
  const base = posix.isAbsolute(xdgDataHome) ? xdgDataHome : posix.join(homeFolder, '.local', 'share');
  return posix.join(base, 'milepost');
}
