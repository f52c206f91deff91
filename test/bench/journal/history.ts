import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrations } from '../../../main/journal/migrations/migrations.ts';
import { openFile } from '../../../main/journal/open.ts';
import { makeSale } from '../../faults/power/sales.ts';
import { cacheFolder } from './folders.ts';

/** Still to be sent, on top of everything that is done. */
const PENDING = 50;
const SALES_A_COMMIT = 20_000;
const DAY_MS = 86_400_000;

/** A journal of another shape, or of another chain, is another journal. */
function shape(): string {
  const chain = readFileSync(new URL('../../../main/journal/chain.ts', import.meta.url));
  return createHash('sha256').update(migrations.join()).update(chain).digest('hex').slice(0, 8);
}

function build(folder: string, finished: number, note: (line: string) => void): void {
  const file = openFile({ folder, environment: 'training', bootId: randomUUID(), reserveBytes: 0 }, false);
  const { database, store } = file;
  // Nothing of it has to outlive a power cut before it is whole.
  database.pragma('synchronous = off');
  database.pragma('cache_size = -600000');
  const answer = new TextEncoder().encode(
    '{"responseCode":"0000","message":"Approved","transactionId":"SIM000000001","milesAmount":5,"balance":1200}',
  );
  const total = finished + PENDING;
  const nowMs = Date.now();
  const addOne = (index: number): void => {
    const recordedAtMs = nowMs - Math.round(((total - index) / total) * 400 * DAY_MS);
    const sale = { ...makeSale(Math.random), recordedAtMs };
    const result = store.record(sale, { dueLimit: total, equalSinceMs: undefined });
    if (result.kind !== 'recorded') throw new Error(`Not recorded: ${result.kind}`);
    if (index >= finished) return;
    store.settle({
      seq: result.row.seq,
      startedAtMs: recordedAtMs + 10,
      elapsedMs: 250,
      status: 200,
      code: 'credited',
      detail: undefined,
      serverDateMs: recordedAtMs,
      answer,
      next: { kind: 'credited', milesAmount: 5, balanceMiles: 1200 },
    });
  };
  for (let from = 0; from < total; from += SALES_A_COMMIT) {
    const to = Math.min(total, from + SALES_A_COMMIT);
    database.transaction(() => {
      for (let index = from; index < to; index += 1) addOne(index);
    })();
    if (to % 200_000 === 0) note(`  ${to} of ${total} sales`);
  }
  store.writeAnchor();
  database.pragma('synchronous = full');
  file.close();
}

/** A journal with so many finished sales and 50 pending, built by the journal's own code and kept for the next run. */
export function historyOf(finished: number, note: (line: string) => void): string {
  const folder = join(cacheFolder, `journal-${finished}-${shape()}`);
  if (existsSync(folder)) return folder;
  note(`building a journal of ${finished} sales, once: ${folder}`);
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  build(half, finished, note);
  // The lock of the first one, which this process keeps, is not for the programs that will open it.
  rmSync(join(half, 'lock.sqlite'), { force: true });
  renameSync(half, folder);
  return folder;
}
