import { pathToFileURL } from 'node:url';
import type * as JournalModule from '../../../main/journal/journal.ts';
import type { Claim } from '../../../main/journal/rows.ts';
import { createRandom } from '../../../main/simulator/random.ts';
import { makeSale } from './sales.ts';
import { digestOf, tell } from './told.ts';

/**
 * `terminal-under-test.ts FOLDER JOURNAL.TS SALES SEED`: records sales, alone and several at once, takes turns and
 * settles them, through the terminal's own journal and its worker thread, and tells each fact once the journal says it
 * is safe. Half-way it closes the journal and opens it again.
 */
const [folder = '', journalModule = '', sales = '0', seed = '0'] = process.argv.slice(2);
const { openJournal }: typeof JournalModule = await import(pathToFileURL(journalModule).href);
type Journal = JournalModule.Journal;
const random = createRandom(Number(seed));

async function open(): Promise<Journal> {
  const opening = await openJournal({ folder, environment: 'training', reserveBytes: 0 });
  if (opening.kind === 'refused') throw new Error(`${opening.code}: ${opening.message}`);
  return opening.journal;
}

async function record(journal: Journal): Promise<void> {
  const sale = makeSale(random);
  const result = await journal.record(sale, { dueLimit: 1_000_000, equalSinceMs: undefined });
  if (result.kind !== 'recorded') throw new Error(`Not recorded: ${result.kind}`);
  tell({ fact: 'stored', seq: result.row.seq, digest: digestOf(sale.idempotencyKey, sale.request) });
}

async function settle(journal: Journal, claim: Claim): Promise<void> {
  const answer = new TextEncoder().encode('{"responseCode":"0000","message":"Approved","milesAmount":5}');
  const isAccepted = random() < 0.2;
  const row = await journal.settle({
    seq: claim.seq,
    startedAtMs: Date.now(),
    elapsedMs: 40,
    status: isAccepted ? 202 : 200,
    code: isAccepted ? 'accepted' : 'credited',
    detail: undefined,
    serverDateMs: undefined,
    answer,
    next: isAccepted ? { kind: 'accepted' } : { kind: 'credited', milesAmount: 5, balanceMiles: 1200 },
  });
  tell({ fact: 'settled', seq: claim.seq, state: row.state });
}

/** Takes up to two turns, and settles them while another sale is recorded. */
async function takeTurns(journal: Journal): Promise<number> {
  const claims = await journal.claim({
    nowMs: Date.now(),
    limit: 2,
    busyCollectors: [],
    first: undefined,
    mode: 'due',
  });
  for (const { seq } of claims) tell({ fact: 'claimed', seq });
  await Promise.all([...claims.map((claim) => settle(journal, claim)), record(journal)]);
  return 1;
}

let journal = await open();
let isReopened = false;
for (let done = 0; done < Number(sales);) {
  const draw = random();
  if (draw < 0.3) {
    done += await takeTurns(journal);
  } else {
    const together = draw < 0.45 ? 3 : 1;
    await Promise.all(Array.from({ length: together }, () => record(journal)));
    done += together;
  }
  if (!isReopened && done * 2 >= Number(sales)) {
    isReopened = true;
    await journal.close();
    journal = await open();
  }
}
await journal.close();
