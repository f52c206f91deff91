import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { createLog } from '../../../main/diagnostics/log.ts';
import { exportDay } from '../../../main/reconciliation/export-day.ts';
import { createExportSchedule, untilTime } from '../../../main/reconciliation/schedule.ts';
import { writeWhole } from '../../../main/reconciliation/write-file.ts';
import { systemClock } from '../../../main/clock.ts';
import { openedJournal, recorded, settlement, temporaryFolder } from '../journal/support.ts';
import { credited, DAY, dayTransaction } from './day-support.ts';

async function filledJournal() {
  const data = temporaryFolder();
  mkdirSync(join(data, 'journal'));
  const journal = await openedJournal(join(data, 'journal'));
  const sale = await dayTransaction(
    journal,
    { STANDARD: 10, 'A,B': 5 },
    { preTaxCents: 20_050 },
    credited(15),
  );
  const back = { kind: 'reverse', originalSeq: sale, preTaxCents: 5000, postTaxCents: 5650 } as const;
  await dayTransaction(journal, { STANDARD: 3 }, back, credited(3));
  const stored = await dayTransaction(journal, { STANDARD: 2 }, { preTaxCents: 4000 });
  await recorded(journal, {
    transactionDay: '2026-05-31',
    request: new TextEncoder().encode('{"deviceId":"1100-3"}'),
  });
  const [first] = await journal.logPage(DAY, 0, 1);
  return {
    data,
    journal,
    stored,
    collector: first?.collectorNumber ?? '',
    reference: first?.reference ?? '',
  };
}

const run = (...args: string[]): { file: string; sha256: string; count: number; isNew: boolean } =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        fileURLToPath(new URL('../../../main/reconciliation/export-program.ts', import.meta.url)),
        ...args,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    ),
  );

/** The bytes before the last line, and what that line says of them. */
function hashed(bytes: Buffer): { actual: string; stated: string } {
  const start = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
  const actual = createHash('sha256').update(bytes.subarray(0, start)).digest('hex');
  return { actual, stated: /[0-9a-f]{64}/.exec(bytes.subarray(start).toString())?.[0] ?? '' };
}

describe('the partner’s log', () => {
  test('holds a day in order, with its totals and its hash, beside a running terminal', async () => {
    const { data, journal, collector, reference } = await filledJournal();
    const csv = run('--data', data, '--day', DAY, '--format', 'csv');
    expect(csv).toMatchObject({
      count: 3,
      isNew: true,
      file: join(data, 'journal', 'exports', `transactions-1100-3-${DAY}.csv`),
    });
    const bytes = readFileSync(csv.file);
    const [heading, first, second, third, total, hash] = bytes.toString().split('\r\n');
    expect(heading).toBe(
      'record,day,seq,reference,original_reference,kind,collector_number,entry_mode,checkout_at,device_id,location_code,pre_tax,post_tax,miles,status,offers,without_original',
    );
    expect(first).toBe(
      `transaction,${DAY},1,${reference},,post,${collector},keyed,2026-06-01T15:00:00.000Z,1100-3,1100,200.50,28.22,15,credited,"STANDARD=10;A,B=5",`,
    );
    expect(second).toContain(`,${reference},reverse,`);
    expect(second).toContain(',-50.00,-56.50,-3,credited,STANDARD=-3,');
    expect(third).toContain(',40.00,28.22,2,stored,STANDARD=2');
    expect(total).toBe(`total,${DAY},3,,,,,,,,,150.50,-28.28,12,,,`);
    expect(hash).toMatch(/^sha256,[0-9a-f]{64}$/);
    expect(hashed(bytes).stated).toBe(hashed(bytes).actual);
    expect(statSync(csv.file).mode & 0o777).toBe(0o600);
    const jsonl = run('--data', data, '--day', DAY, '--format', 'jsonl');
    const lines = readFileSync(jsonl.file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      record: 'transaction',
      seq: 1,
      miles: 15,
      offers: [
        { code: 'STANDARD', miles: 10 },
        { code: 'A,B', miles: 5 },
      ],
    });
    expect(lines[3]).toEqual({
      record: 'total',
      day: DAY,
      transactions: 3,
      pre_tax: '150.50',
      post_tax: '-28.28',
      miles: 12,
    });
    expect(hashed(readFileSync(jsonl.file)).stated).toBe(hashed(readFileSync(jsonl.file)).actual);
    // The same from inside the terminal.
    const inside = await exportDay(journal.logPage, DAY, 'csv', temporaryFolder());
    expect(readFileSync(inside.file)).toEqual(bytes);
  });

  test('marks a return that was keyed without its sale, and no other', async () => {
    const { data, journal } = await filledJournal();
    const keyed = { kind: 'reverse', preTaxCents: 2000, postTaxCents: 2260 } as const;
    await dayTransaction(journal, { STANDARD: 1 }, keyed, credited(1));
    await dayTransaction(journal, { STANDARD: 4 }, { kind: 'reverse-event', preTaxCents: 0 }, credited(4));
    const csv = run('--data', data, '--day', DAY, '--format', 'csv');
    const lines = readFileSync(csv.file, 'utf8').split('\r\n').slice(1, 6);
    expect(lines.map((line) => `${line.split(',')[5]} ${line.split(',').at(-1)}`)).toEqual([
      'post ',
      'reverse ',
      'post ',
      'reverse yes',
      'reverse-event ',
    ]);
    const jsonl = run('--data', data, '--day', DAY, '--format', 'jsonl');
    const marks = readFileSync(jsonl.file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { without_original?: string }).without_original);
    expect(marks).toEqual([undefined, undefined, undefined, 'yes', undefined, undefined, undefined]);
  });

  test('is the same byte for byte again, and another once a sale was credited later', async () => {
    const { data, journal, stored } = await filledJournal();
    const first = run('--data', data, '--day', DAY, '--format', 'csv');
    const before = readFileSync(first.file);
    const { mtimeMs, ino } = statSync(first.file);
    expect(run('--data', data, '--day', DAY, '--format', 'csv')).toEqual({ ...first, isNew: false });
    expect(statSync(first.file)).toMatchObject({ mtimeMs, ino });
    await journal.settle(settlement(stored, credited(2)));
    expect(run('--data', data, '--day', DAY, '--format', 'csv')).toMatchObject({ isNew: true });
    expect(readFileSync(first.file)).not.toEqual(before);
  });

  test('that is torn while it is written leaves the old file', async () => {
    const { journal, stored } = await filledJournal();
    const folder = temporaryFolder();
    const { file } = await exportDay(journal.logPage, DAY, 'csv', folder);
    const before = readFileSync(file);
    await journal.settle(settlement(stored, credited(2)));
    let pages = 0;
    const tearing: typeof journal.logPage = async (...args) => {
      pages += 1;
      if (pages === 3) throw new Error('torn');
      return await journal.logPage(...args);
    };
    await expect(exportDay(tearing, DAY, 'csv', folder)).rejects.toThrow('torn');
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(folder)).toHaveLength(1);
    // What a kill left half is written over, and is nobody else's to read.
    writeFileSync(`${file}.half`, 'half', { mode: 0o644 });
    await exportDay(journal.logPage, DAY, 'csv', folder);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}.half`)).toBe(false);
  });

  test('of a wrong day or folder is refused in plain words', () => {
    const bad = (...args: string[]): string => {
      try {
        run(...args);
        return '';
      } catch (error) {
        return error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
      }
    };
    expect(bad('--data', temporaryFolder(), '--day', DAY, '--format', 'csv')).toContain(
      'There is no journal in',
    );
    expect(bad('--data', '.', '--day', 'yesterday', '--format', 'csv')).toContain(
      '--day is a day, as 2026-11-24',
    );
  });

  test('is written by itself for the days that are over, and left alone when nothing changed', async () => {
    const { journal } = await filledJournal();
    const folder = temporaryFolder();
    const waits: { delayMs: number; action: () => void }[] = [];
    const clock = {
      ...systemClock,
      nowMs: () => Date.parse('2026-06-01T18:00:00Z'),
      after: (delayMs: number, action: () => void) => {
        waits.push({ delayMs, action });
        return () => undefined;
      },
    };
    const lines: string[] = [];
    const log = createLog({ write: (line: string) => lines.push(line) });
    const schedule = createExportSchedule({
      journal,
      clock,
      log,
      at: '02:30',
      formats: ['csv', 'jsonl'],
      days: 7,
      folder,
      zone: 'EST',
    });
    schedule.start();
    waits.shift()?.action();
    await vi.waitFor(() => expect(waits).toHaveLength(1), { timeout: 10_000 });
    // Today is not over.
    expect(readdirSync(folder).toSorted()).toEqual([
      'transactions-1100-3-2026-05-31.csv',
      'transactions-1100-3-2026-05-31.jsonl',
    ]);
    expect(waits[0]?.delayMs).toBe(untilTime('02:30', clock.nowMs()));
    waits.shift()?.action();
    await vi.waitFor(() => expect(waits).toHaveLength(1), { timeout: 10_000 });
    expect(lines.filter((line) => line.includes('day-exported'))).toHaveLength(2);
    await schedule.stop();
  });
});

test('a file whose disk refuses it leaves no half behind', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'report.csv');
  mkdirSync(file);
  await expect(writeWhole(file, ['text'], 0o600)).rejects.toThrow(/EISDIR/);
  expect(readdirSync(folder)).toEqual(['report.csv']);
});
