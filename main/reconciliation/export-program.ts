import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { JournalRefused } from '../journal/database.ts';
import { openForDays } from '../journal/day-reader.ts';
import { exportDay } from './export-day.ts';
import { logFormats } from './partner-log.ts';

const USAGE = `npm run export -- --data DIR --day YYYY-MM-DD --format csv|jsonl [--out DIR]
  --data    the terminal's data folder; the terminal may be running
  --day     the Transaction Day
  --out     where the file goes; the folder 'exports' beside the journal where not given
The file holds Collector Numbers in full, and only this user may read it.
`;

const Flags = z.strictObject({
  data: z.string().min(1, 'is needed'),
  day: z.iso.date('is a day, as 2026-11-24'),
  format: z.enum(logFormats, 'is csv or jsonl'),
  out: z.string().min(1).optional(),
});

/** A command that can not be carried out: told without a stack. */
class UsageError extends Error {}

function readFlags(): z.output<typeof Flags> {
  const text = { type: 'string' } as const;
  let values: unknown;
  try {
    ({ values } = parseArgs({ options: { data: text, day: text, format: text, out: text } }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const flags = Flags.safeParse({ ...(typeof values === 'object' ? values : {}) });
  if (flags.success) return flags.data;
  throw new UsageError(
    flags.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`).join('\n'),
  );
}

/** `npm run export`: writes a day's log from the journal on the disk, and says where, how much and its hash. */
async function run(): Promise<void> {
  const { data, day, format, out } = readFlags();
  const folder = resolve(data);
  const journal = openForDays(folder);
  try {
    const exported = await exportDay(
      journal.logPage,
      day,
      format,
      resolve(out ?? join(folder, 'journal', 'exports')),
    );
    process.stdout.write(`${JSON.stringify(exported)}\n`);
  } finally {
    journal.close();
  }
}

try {
  await run();
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}`);
  else if (error instanceof JournalRefused) process.stderr.write(`${error.message}\n`);
  else throw error;
  process.exitCode = 2;
}
