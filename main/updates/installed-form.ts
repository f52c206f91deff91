import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { assertNever } from '../../shared/domain/assert-never.ts';

/** How this program came onto the machine. */
export type FormKind = 'nsis' | 'msi' | 'appimage' | 'deb' | 'dmg' | 'sources';

export interface InstalledForm {
  readonly kind: FormKind;
  /** What a new version replaces: the AppImage's file, or a program in the folder it is installed in. */
  readonly program: string;
  /** What puts this very version back: the AppImage itself, or the installer that NSIS left beside the program. */
  readonly ownInstaller: string | undefined;
  /** Whether this user may replace it without anybody's password. */
  readonly canReplace: boolean;
}

export interface Surroundings {
  readonly isPackaged: boolean;
  readonly platform: NodeJS.Platform;
  readonly execPath: string;
  readonly resourcesPath: string;
  readonly environmentVariables: NodeJS.ProcessEnv;
  /** Whether a file is there; its text; whether this user may write into a folder. */
  readonly exists: (file: string) => boolean;
  readonly read: (file: string) => string;
  readonly canWrite: (folder: string) => boolean;
}

/** Asks the disk. Windows tells what a user may write only when it is tried. */
export const onThisDisk: Pick<Surroundings, 'exists' | 'read' | 'canWrite'> = {
  exists: existsSync,
  read: (file) => readFileSync(file, 'utf8'),
  canWrite(folder) {
    const probe = `${folder}/milepost-${process.pid}.probe`;
    try {
      closeSync(openSync(probe, 'wx'));
      rmSync(probe);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error) return false;
      throw error;
    }
  },
};

/**
 * Tells the form apart by what each installer leaves behind: an AppImage's runtime names its file, electron-builder
 * writes the kind of a Linux package into `package-type`, and NSIS lays its uninstaller beside the program.
 */
export function installedForm(around: Surroundings): InstalledForm {
  const { platform, execPath, resourcesPath, environmentVariables, exists, read, canWrite } = around;
  const byIt = (kind: FormKind) => ({
    kind,
    program: execPath,
    ownInstaller: undefined,
    canReplace: false,
  });
  if (!around.isPackaged) return byIt('sources');
  if (platform === 'darwin') return byIt('dmg');
  if (platform === 'win32') {
    const folder = win32.dirname(execPath);
    const name = win32.basename(execPath, '.exe');
    if (!exists(win32.join(folder, `Uninstall ${name}.exe`))) return byIt('msi');
    const installer = win32.join(resourcesPath, 'installer.exe');
    const ownInstaller = exists(installer) ? installer : undefined;
    return { kind: 'nsis', program: execPath, ownInstaller, canReplace: canWrite(folder) };
  }
  const packageType = posix.join(resourcesPath, 'package-type');
  const image = environmentVariables['APPIMAGE'];
  if (image !== undefined && posix.isAbsolute(image) && !exists(packageType)) {
    return {
      kind: 'appimage',
      program: image,
      ownInstaller: image,
      canReplace: canWrite(posix.dirname(image)),
    };
  }
  return byIt(exists(packageType) && read(packageType).trim() === 'deb' ? 'deb' : 'sources');
}

/** What IT runs to put `previous` in the place of `version`, by the names of electron-builder.yml. */
export function commandBack(form: InstalledForm, version: string, previous: string): string {
  switch (form.kind) {
    case 'nsis':
      return `"Milepost Setup ${previous}.exe" /S`;
    case 'msi':
      return `msiexec /x "Milepost ${version}.msi" /quiet && msiexec /i "Milepost ${previous}.msi" /quiet`;
    case 'deb':
      return `sudo apt install --allow-downgrades ./milepost_${previous}_amd64.deb`;
    case 'dmg':
      return `hdiutil attach Milepost-${previous}.dmg && sudo cp -R /Volumes/Milepost*/Milepost.app /Applications/`;
    case 'appimage':
      return `cp "${previous}/Milepost.AppImage" "${form.program}"`;
    case 'sources':
      return `git checkout v${previous}`;
    default:
      return assertNever(form.kind);
  }
}
