import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../../main/hosts/make-folder.ts';
import { temporaryFolder } from '../../integration/journal/support.ts';

const module = join(import.meta.dirname, '../../../main/hosts/make-folder.ts');

/** Makes a folder on a disk that is mounted read-only in a namespace of its own, and gives what the system said. */
function onReadOnlyDisk(disk: string, folder: string) {
  const program = `const { makeFolder } = await import(${JSON.stringify(module)});
    try { makeFolder(${JSON.stringify(folder)}); } catch (error) { process.stdout.write(error.code); }`;
  return spawnSync(
    'unshare',
    [
      '--user',
      '--map-root-user',
      '--mount',
      'sh',
      '-c',
      'mount -t tmpfs -o ro tmpfs "$1" && exec "$2" --input-type=module --disable-warning=ExperimentalWarning -e "$3"',
      'sh',
      disk,
      process.execPath,
      program,
    ],
    { encoding: 'utf8' },
  );
}

const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'true']).status === 0;

test('a folder is made with those it lies in, for this user alone, and may be there already', () => {
  const folder = join(temporaryFolder(), 'Élan à côté', 'mile post');
  makeFolder(folder);
  makeFolder(folder);
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('a file in its place is called what it is', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(join(file, 'below'))).toThrow('ENOTDIR');
});

test.runIf(canMount).each(['data', 'data/below'])(
  'on a read-only disk %s is refused as read-only',
  (name) => {
    const disk = join(temporaryFolder(), 'disk');
    mkdirSync(disk);
    const { stdout, stderr } = onReadOnlyDisk(disk, join(disk, name));
    expect([stdout, stderr]).toEqual(['EROFS', '']);
  },
);
