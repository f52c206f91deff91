import { describe, expect, test } from 'vitest';
import { readTrace } from '../../faults/power/trace.ts';

const hex = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const file = hex('/data/journal');
const read = (...lines: string[]) => readTrace(lines, '/data');

describe('reading what strace wrote', () => {
  test('keeps what was done to the folder, in order, and leaves out what failed or lies elsewhere', async () => {
    const operations = await read(
      `7 mkdir("${hex('/data/deep')}", 0700) = 0`,
      `7 mkdir("${hex('/data/deep')}", 0700) = -1 EEXIST (File exists)`,
      `7 openat(AT_FDCWD<${hex('/')}>, "${file}", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 5<${file}>`,
      `7 openat(AT_FDCWD<${hex('/')}>, "${hex('/etc/hosts')}", O_RDWR|O_CREAT, 0644) = 6<${hex('/etc/hosts')}>`,
      `7 pwrite64(5<${file}>, "${hex('abc')}", 3, 4096) = 3`,
      `7 pwrite64(6<${hex('/etc/hosts')}>, "${hex('abc')}", 3, 0) = 3`,
      `7 ftruncate(5<${file}>, 100) = 0`,
      `7 fallocate(5<${file}>, 0, 0, 4096) = 0`,
      `7 fdatasync(5<${file}>) = 0`,
      `7 fsync(9<${hex('/data')}>) = 0`,
      `7 rename("${file}", "${hex('/data/old')}") = 0`,
      `7 unlink("${hex('/data/old')}") = 0`,
      `7 write(1<${hex('pipe:[1]')}>, "${hex('told\n')}", 5) = 5`,
      '7 +++ exited with 0 +++',
    );
    expect(operations).toEqual([
      { kind: 'make-folder', path: 'deep' },
      { kind: 'open', path: 'journal', makes: true, empties: false },
      { kind: 'write', path: 'journal', offset: 4096, data: Buffer.from('abc') },
      { kind: 'resize', path: 'journal', size: 100 },
      { kind: 'reserve', path: 'journal', size: 4096 },
      { kind: 'sync', path: 'journal' },
      { kind: 'sync', path: '.' },
      { kind: 'rename', from: 'journal', to: 'old' },
      { kind: 'remove', path: 'old' },
      { kind: 'told', text: 'told\n' },
    ]);
  });

  test('a write counts from when it began, a sync from when it had returned', async () => {
    const operations = await read(
      `1 fdatasync(5<${file}> <unfinished ...>`,
      `2 pwrite64(6<${file}>, "${hex('ab')}", 2, 0 <unfinished ...>`,
      `2 <... pwrite64 resumed>) = 2`,
      `1 <... fdatasync resumed>) = 0`,
      `3 pwrite64(6<${file}>, "${hex('c')}", 1, 2 <unfinished ...>`,
      `1 fdatasync(5<${file}>) = 0`,
      `3 <... pwrite64 resumed>) = 1`,
    );
    expect(operations.map(({ kind }) => kind)).toEqual(['write', 'sync', 'write', 'sync']);
  });

  test('a write without an offset goes where the last one ended, and a short one counts as far as it came', async () => {
    const operations = await read(
      `1 openat(AT_FDCWD<${hex('/')}>, "${file}", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 5<${file}>`,
      `1 write(5<${file}>, "${hex('abcdef')}", 6) = 4`,
      `1 writev(5<${file}>, [{iov_base="${hex('e')}", iov_len=1}, {iov_base="${hex('f')}", iov_len=1}], 2) = 2`,
    );
    expect(operations).toEqual([
      { kind: 'open', path: 'journal', makes: true, empties: true },
      { kind: 'write', path: 'journal', offset: 0, data: Buffer.from('abcd') },
      { kind: 'write', path: 'journal', offset: 4, data: Buffer.from('ef') },
    ]);
  });

  test.each([
    ['a string strace cut off', `1 pwrite64(5<${file}>, "${hex('ab')}"..., 2000, 0) = 2000`],
    ['a call it does not model', `1 copy_file_range(5<${file}>, NULL, 6<${file}>, NULL, 100, 0) = 100`],
    ['a link', `1 link("${file}", "${hex('/data/other')}") = 0`],
    ['a file moved out', `1 rename("${file}", "${hex('/elsewhere')}") = 0`],
  ])('%s is refused, not passed over', async (_name, line) => {
    await expect(read(line)).rejects.toThrow();
  });
});
