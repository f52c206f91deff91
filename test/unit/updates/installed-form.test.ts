import { chmodSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  commandBack,
  installedForm,
  onThisDisk,
  type Surroundings,
} from '../../../main/updates/installed-form.ts';
import { temporaryFolder } from '../../integration/journal/support.ts';

function around(files: Readonly<Record<string, string>>, changes: Partial<Surroundings>): Surroundings {
  return {
    isPackaged: true,
    platform: 'linux',
    execPath: '/opt/Milepost/milepost',
    resourcesPath: '/opt/Milepost/resources',
    environmentVariables: {},
    exists: (file) => file in files,
    read: (file) => files[file] ?? '',
    canWrite: () => true,
    ...changes,
  };
}

const windows = {
  platform: 'win32',
  execPath: String.raw`C:\Program Files\Milepost\Milepost.exe`,
  resourcesPath: String.raw`C:\Program Files\Milepost\resources`,
} as const;
const uninstaller = String.raw`C:\Program Files\Milepost\Uninstall Milepost.exe`;
const ownInstaller = String.raw`C:\Program Files\Milepost\resources\installer.exe`;
const image = '/home/till/Milepost.AppImage';
const mounted = {
  execPath: '/tmp/.mount_Mile/milepost',
  resourcesPath: '/tmp/.mount_Mile/resources',
  environmentVariables: { APPIMAGE: image },
};

describe('the form of an installation', () => {
  test('of NSIS is told by its uninstaller, and brings what puts it back', () => {
    expect(installedForm(around({ [uninstaller]: '', [ownInstaller]: '' }, windows))).toEqual({
      kind: 'nsis',
      program: windows.execPath,
      ownInstaller,
      canReplace: true,
    });
  });

  test.each<[string, Record<string, string>, Partial<Surroundings>, object]>([
    ['NSIS without its installer', { [uninstaller]: '' }, windows, { kind: 'nsis', ownInstaller: undefined }],
    [
      'NSIS in a folder of the administrator’s',
      { [uninstaller]: '' },
      { ...windows, canWrite: () => false },
      { kind: 'nsis', canReplace: false },
    ],
    ['MSI', {}, windows, { kind: 'msi', canReplace: false }],
    ['a disk image', {}, { platform: 'darwin' }, { kind: 'dmg', canReplace: false }],
    [
      'a Debian package',
      { '/opt/Milepost/resources/package-type': 'deb\n' },
      {},
      { kind: 'deb', canReplace: false },
    ],
    // Whoever starts it from an AppImage of something else passes APPIMAGE on.
    [
      'a Debian package started by an AppImage',
      { '/opt/Milepost/resources/package-type': 'deb' },
      { environmentVariables: { APPIMAGE: image } },
      { kind: 'deb' },
    ],
    ['an AppImage', {}, mounted, { kind: 'appimage', program: image, ownInstaller: image, canReplace: true }],
    ['an AppImage nobody here may replace', {}, { ...mounted, canWrite: () => false }, { canReplace: false }],
    ['an unpacked folder', {}, {}, { kind: 'sources', canReplace: false }],
    ['sources', {}, { isPackaged: false }, { kind: 'sources', canReplace: false }],
  ])('of %s', (_, files, changes, expected) => {
    expect(installedForm(around(files, changes))).toMatchObject(expected);
  });

  test('names the command that puts the version before back', () => {
    const form = (changes: Partial<Surroundings>, files = {}) => installedForm(around(files, changes));
    const commands = [
      form({}, { '/opt/Milepost/resources/package-type': 'deb' }),
      form(windows),
      form(windows, { [uninstaller]: '' }),
      form(mounted),
      form({ platform: 'darwin' }),
    ].map((installed) => commandBack(installed, '2.0.0', '1.0.0'));
    expect(commands).toEqual([
      'sudo apt install --allow-downgrades ./milepost_1.0.0_amd64.deb',
      'msiexec /x "Milepost 2.0.0.msi" /quiet && msiexec /i "Milepost 1.0.0.msi" /quiet',
      '"Milepost Setup 1.0.0.exe" /S',
      'cp "1.0.0/Milepost.AppImage" "/home/till/Milepost.AppImage"',
      'hdiutil attach Milepost-1.0.0.dmg && sudo cp -R /Volumes/Milepost*/Milepost.app /Applications/',
    ]);
  });

  test('tries what this user may write, and leaves nothing behind', () => {
    const folder = temporaryFolder();
    expect(onThisDisk.canWrite(folder)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
    expect(onThisDisk.canWrite(`${folder}/not-there`)).toBe(false);
    if (process.getuid?.() === 0) return;
    chmodSync(folder, 0o500);
    expect(onThisDisk.canWrite(folder)).toBe(false);
  });
});
