import { join } from 'node:path';
import type { LoggedRow } from '../journal/day-rows.ts';
import { partnerLog, type LogFormat } from './partner-log.ts';
import { statedIn } from './stated.ts';
import { writeWhole, type Written } from './write-file.ts';

/** Small enough that nobody at the counter waits for it. */
const PAGE = 200;
/** Collector Numbers are in full in a log: it is for the user alone under whom this program runs. */
const OWNER_ONLY = 0o600;

/** Reads a day in pages: from the journal's worker, or from its file. */
export type ReadLogPage = (
  day: string,
  afterSeq: number,
  limit: number,
) => Promise<LoggedRow[]> | LoggedRow[];

export type Exported = Written & { readonly file: string; readonly count: number };

async function* rowsOf(readPage: ReadLogPage, day: string): AsyncGenerator<LoggedRow> {
  for (let afterSeq = 0; ;) {
    const page = await readPage(day, afterSeq, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    afterSeq = last.seq;
  }
}

/** Which terminal a day is of, for the file's name: several may write into one folder. */
async function terminalOf(readPage: ReadLogPage, day: string): Promise<string> {
  const [first] = await readPage(day, 0, 1);
  const deviceId = first === undefined ? undefined : statedIn(first.request).deviceId;
  return (deviceId ?? 'terminal').replaceAll(/[^\w.-]/g, '_');
}

/** Writes the partner's log of a day, whole or not at all; the same file again is left as it lies. */
export async function exportDay(
  readPage: ReadLogPage,
  day: string,
  format: LogFormat,
  folder: string,
): Promise<Exported> {
  const file = join(folder, `transactions-${await terminalOf(readPage, day)}-${day}.${format}`);
  let count = 0;
  async function* lines(): AsyncGenerator<string> {
    const log = partnerLog(day, format, rowsOf(readPage, day));
    for (;;) {
      const next = await log.next();
      if (next.done === true) {
        ({ count } = next.value);
        return;
      }
      yield next.value;
    }
  }
  const written = await writeWhole(file, lines(), OWNER_ONLY);
  return { ...written, file, count };
}
