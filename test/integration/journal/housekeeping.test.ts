import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../../../main/diagnostics/log.ts';
import { createHousekeeping } from '../../../main/journal/housekeeping.ts';
import { createManualClock } from '../../unit/manual-clock.ts';
import { openedJournal, recorded, settlement, temporaryFolder } from './support.ts';

const DAY_MS = 86_400_000;

async function createRig(backupFolder: string) {
  const folder = temporaryFolder();
  const journal = await openedJournal(folder);
  // The age of a backup is that of its file, so this clock starts with the machine's.
  const time = createManualClock(Date.now());
  const lines: string[] = [];
  const archiveFolder = join(folder, 'archives');
  const housekeeping = createHousekeeping({
    journal,
    clock: time.clock,
    log: createLog({ write: (line) => lines.push(line) }),
    backupFolder,
    backupEveryMs: DAY_MS,
    backupsKept: 2,
    archiveFolder,
    retentionMs: 400 * DAY_MS,
  });
  onTestFinished(() => housekeeping.stop());
  housekeeping.start();
  return { journal, time, lines, archiveFolder };
}

const sqliteFiles = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.sqlite'));

test('a backup is made a minute after the start and then once a day; what is old and final is archived', async () => {
  const backups = temporaryFolder();
  const { journal, time, archiveFolder } = await createRig(backups);
  await recorded(journal, { recordedAtMs: time.clock.nowMs() - 401 * DAY_MS });
  await journal.settle(settlement(1, { kind: 'accepted' }));
  await recorded(journal, { recordedAtMs: time.clock.nowMs() });
  expect(sqliteFiles(backups)).toHaveLength(0);
  time.advance(60_000);
  await vi.waitFor(() => expect(time.pendingTimers()).toBe(1), { timeout: 10_000 });
  expect(sqliteFiles(backups)).toHaveLength(1);
  expect(sqliteFiles(archiveFolder)).toHaveLength(1);
  expect(await journal.recent(10)).toHaveLength(1);
  time.advance(900_000);
  await vi.waitFor(() => expect(time.pendingTimers()).toBe(1), { timeout: 10_000 });
  expect(sqliteFiles(backups)).toHaveLength(1);
  time.advance(DAY_MS);
  await vi.waitFor(() => expect(sqliteFiles(backups)).toHaveLength(2), { timeout: 10_000 });
});

test('a place that can not be written is logged and tried again, and disturbs nothing', async () => {
  const { journal, time, lines } = await createRig('/dev/null/backups');
  await recorded(journal);
  time.advance(60_000);
  await vi.waitFor(() => expect(time.pendingTimers()).toBe(1), { timeout: 10_000 });
  expect(lines.join('')).toContain('housekeeping-failed');
  expect(await recorded(journal)).toBe(2);
});
