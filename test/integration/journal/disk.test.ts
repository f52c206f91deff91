import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../../main/journal/journal.ts';
import {
  noGuards,
  openedJournal,
  recorded,
  settlement,
  someTransaction,
  temporaryFolder,
} from './support.ts';

/** Only root may mount; elsewhere these are reported as skipped. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

function smallDisk(megabytes: number): string {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
  });
  return folder;
}

/** A disk of its own in a file, which can be broken so that the system itself turns it read-only. */
function failingDisk() {
  const image = join(temporaryFolder(), 'disk.img');
  const folder = temporaryFolder();
  execFileSync('truncate', ['-s', '64M', image]);
  execFileSync('mkfs.ext4', ['-q', image]);
  const mount = (): string => {
    execFileSync('mount', ['-o', 'loop,errors=remount-ro', image, folder]);
    return basename(execFileSync('findmnt', ['-no', 'SOURCE', folder], { encoding: 'utf8' }).trim());
  };
  const device = mount();
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
  });
  return {
    folder,
    breakDisk: () => writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, 'a fault of the disk'),
    mend: () => {
      execFileSync('umount', [folder]);
      // Finds what the fault left and mends it; then it says so with another exit code than 0.
      spawnSync('e2fsck', ['-fy', image]);
      mount();
    },
  };
}

function fill(folder: string): string {
  const ballast = join(folder, 'ballast');
  for (let bytes = 32_000_000; bytes >= 512; bytes = Math.floor(bytes / 2)) {
    for (;;) {
      try {
        writeFileSync(ballast, Buffer.alloc(bytes), { flag: 'a' });
        if (statSync(ballast).size > 64_000_000) throw new Error('This disk does not fill up');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') break;
        throw error;
      }
    }
  }
  return ballast;
}

describe.runIf(process.platform === 'linux')('an anchor that can not be written', () => {
  test('takes nothing back: the sale is on the disk, told so once, and found again', async () => {
    const folder = temporaryFolder();
    const journal = await openedJournal(folder);
    // Written for the first time with the first commit; every write to this device finds it full.
    const anchor = join(folder, 'journal.anchor');
    symlinkSync('/dev/full', anchor);
    const sale = someTransaction();
    const [first, second] = await Promise.all([
      journal.record(sale, noGuards),
      journal.record(someTransaction(), noGuards),
    ]);
    expect(first).toMatchObject({ kind: 'recorded', isRepeat: false });
    expect(second).toMatchObject({ kind: 'recorded', isRepeat: false });
    await journal.settle(settlement(1, { kind: 'accepted' }));
    expect((await journal.row(1)).attempts).toBe(1);
    await journal.close();
    rmSync(anchor);
    const again = await openedJournal(folder);
    expect(again.recovery).toBeUndefined();
    expect(await again.recent(10)).toHaveLength(2);
  });
});

describe.runIf(canMount)('a disk that fails', () => {
  test('full: the sale is refused, earlier ones stay, and it goes on when there is room again', async () => {
    const folder = smallDisk(16);
    const journal = await openedJournal(join(folder, 'journal'));
    for (let count = 0; count < 5; count += 1) await recorded(journal);
    const known = someTransaction();
    await journal.record(known, noGuards);
    const ballast = fill(folder);
    const results = await Promise.all(
      Array.from({ length: 40 }, () => journal.record(someTransaction(), noGuards)),
    );
    // Pressed again on the full disk, among others that can not be stored: it is found.
    const [again] = await Promise.all([
      journal.record(known, noGuards),
      journal.record(someTransaction(), noGuards),
    ]);
    expect(again).toMatchObject({ kind: 'recorded', isRepeat: true });
    const refused = results.filter(({ kind }) => kind === 'not-stored');
    expect(refused.length).toBeGreaterThan(0);
    for (const result of refused) expect(result).toEqual({ kind: 'not-stored', reason: 'disk-full' });
    const stored = results.length - refused.length;
    expect(await journal.recent(100)).toHaveLength(6 + stored);
    rmSync(ballast);
    await recorded(journal);
    await journal.close();
    const reopened = await openedJournal(join(folder, 'journal'));
    expect(reopened.recovery).toBeUndefined();
    expect(await reopened.recent(100)).toHaveLength(7 + stored);
  });

  test('that turns read-only under a running terminal: a sale is refused before it is called stored, earlier ones stay', async () => {
    const { folder, breakDisk, mend } = failingDisk();
    const journal = await openedJournal(join(folder, 'journal'));
    const known = someTransaction();
    await journal.record(known, noGuards);
    // As a disk does that found a fault of its own: the system allows no more writing, whatever is open.
    breakDisk();
    expect(await journal.record(someTransaction(), noGuards)).toEqual({
      kind: 'not-stored',
      reason: 'read-only',
    });
    expect(await journal.record(known, noGuards)).toMatchObject({ kind: 'recorded', isRepeat: true });
    expect(await journal.recent(10)).toHaveLength(1);
    await journal.close();
    mend();
    expect(await (await openedJournal(join(folder, 'journal'))).recent(10)).toHaveLength(1);
  });

  test('read-only: the start is refused in plain words, and what was stored is there when it can be written again', async () => {
    const folder = smallDisk(16);
    const journal = await openedJournal(join(folder, 'journal'));
    await recorded(journal);
    await journal.close();
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    const opening = await openJournal({
      folder: join(folder, 'journal'),
      environment: 'training',
      reserveBytes: 0,
    });
    expect(opening).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('no sale could be stored'),
    });
    execFileSync('mount', ['-o', 'remount,rw', folder]);
    expect(await (await openedJournal(join(folder, 'journal'))).recent(10)).toHaveLength(1);
  });
});
