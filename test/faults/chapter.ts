import { settleAccounts, type Books } from './accounts.ts';
import { referencesOf, wasToldRecorded } from './book.ts';
import { cutAndLook } from './cut.ts';
import { drain } from './drain.ts';
import type { Totals } from './far-end.ts';
import { historyOf } from './history.ts';
import { anchorFile, journalFile, openReading, type JournalAuditLine } from './journal-reading.ts';
import { press, runLife } from './life.ts';
import type { ChapterPlan } from './plan.ts';
import { openStage, setClock, type Offence, type RunOptions, type Stage } from './stage.ts';
import { launchTerminal, sitDown } from './terminal-life.ts';

const PRESSED_AGAIN = 5;

export interface ChapterResult {
  readonly sales: number;
  readonly kills: number;
  readonly toldStored: number;
  readonly counts: Readonly<Record<Offence['kind'], number>>;
  /** What is known of the first offence, line by line. */
  readonly history: readonly string[];
  readonly others: readonly string[];
}

/** All faults off: whatever is stored is sent, a few cashiers press again, and the terminal stops in order. */
async function settle(stage: Stage): Promise<void> {
  const offend = (what: string): void => void stage.offences.push({ kind: 'unexplained', what });
  setClock(stage, 0);
  await stage.farEnd.setFaults({});
  const program = launchTerminal(stage, false);
  const life = stage.plan.lives.length;
  const running = await sitDown(stage, program, life);
  if (running === undefined) return offend(`The terminal did not start\n${program.output()}`);
  const again = stage.book.sales().filter(wasToldRecorded).slice(-PRESSED_AGAIN);
  for (const sale of again) {
    const [before] = referencesOf(sale);
    await press(stage, running, life, sale.plan, true);
    const last = sale.told.at(-1)?.reply;
    if (last?.kind !== 'recorded' || !last.isRepeat || last.sale.reference !== before)
      stage.offences.push({
        kind: 'unexplained',
        what: `Pressed again and told ${last?.kind}`,
        saleKey: sale.saleKey,
      });
  }
  if (!(await drain(running, stage.patienceMs))) offend(`The queue did not run empty\n${program.output()}`);
  const code = await program.stop();
  if (code !== 0) offend(`Asked to stop, the terminal ended with ${code}\n${program.output()}`);
  await running.window.close();
}

function readBooks(stage: Stage): { readonly books: Books; readonly audit: readonly JournalAuditLine[] } {
  const journal = openReading(journalFile(stage.dataFolder));
  const credits = stage.farEnd.credits();
  if (journal === undefined) return { books: { rows: [], attempts: [], credits }, audit: [] };
  const verification = journal.verify(anchorFile(stage.dataFolder));
  if (verification.kind === 'broken') {
    const { chain, at, problem } = verification;
    stage.offences.push({
      kind: 'unexplained',
      what: `The chain of ${chain} is broken at ${at}: ${problem}`,
    });
  }
  const read = {
    books: { rows: journal.rows(), attempts: journal.attempts(), credits },
    audit: journal.audit(),
  };
  journal.close();
  for (const [index, { seq }] of read.books.rows.entries()) {
    if (seq === index + 1) continue;
    stage.offences.push({ kind: 'unexplained', what: `Number ${index + 1} is missing in the journal` });
    break;
  }
  return read;
}

interface Finished {
  readonly totals: Readonly<Totals>;
  readonly first: Offence | undefined;
  readonly history: readonly string[];
  readonly isCut: boolean;
}

/** The lives, the settling of accounts, and the cut; early to the accounts at the first thing that must never happen. */
async function play(stage: Stage, isTimeUp: () => boolean): Promise<Finished> {
  for (const life of stage.plan.lives) {
    await runLife(stage, life);
    if (stage.offences.length > 0 || isTimeUp()) break;
  }
  await settle(stage);
  const { books, audit } = readBooks(stage);
  stage.offences.push(...settleAccounts(stage, books));
  const isCut = stage.offences.length === 0 && (await cutAndLook(stage));
  const totals = await stage.farEnd.stop();
  if (totals.keyReusedWithOtherBody > 0) {
    const what = `A key went with another body ${totals.keyReusedWithOtherBody} times`;
    stage.offences.push({ kind: 'unexplained', what });
  }
  // One about a sale says more than one about the terminal.
  const first = stage.offences.find(({ reference, saleKey }) => reference ?? saleKey) ?? stage.offences[0];
  return { totals, first, history: first === undefined ? [] : historyOf(stage, first, books, audit), isCut };
}

/** How many sales an offence of this kind happened to. */
function count({ offences }: Stage, kind: Offence['kind']): number {
  const those = offences.filter((each) => each.kind === kind);
  return new Set(those.map(({ saleKey, reference, what }) => reference ?? saleKey ?? what)).size;
}

/** Plays a chapter to its end, in a folder of its own. */
export async function runChapter(plan: ChapterPlan, options: RunOptions): Promise<ChapterResult> {
  const { say, isTimeUp, isKept } = options;
  const stage = await openStage(plan, options);
  try {
    if (plan.disk === 'small' && stage.smallDisk === undefined)
      say(
        'No right to mount a small disk: a reserve of 10 GB stands for a full one, where less than that is free',
      );
    const { totals, first, history, isCut } = await play(stage, isTimeUp);
    const sales = stage.book.sales();
    const { kills, tails, offences } = stage;
    const toldStored = sales.filter(wasToldRecorded).length;
    say(
      `chapter ${plan.number} (${plan.disk} disk): ${sales.length} sales, ${toldStored} told stored, ${kills} kills, ` +
        `${totals.requests} requests, ${totals.replays} replays, ${tails.damaged} tails damaged, ` +
        `${tails.withUnsynced} with unsynced commits${isCut ? ', synced commits cut at the end' : ''}`,
    );
    return {
      sales: sales.length,
      kills,
      toldStored,
      counts: {
        lost: count(stage, 'lost'),
        doubled: count(stage, 'doubled'),
        parallel: totals.parallelViolations,
        unexplained: count(stage, 'unexplained'),
      },
      history,
      others: offences
        .filter((each) => each !== first)
        .map(({ kind, what, reference }) => `${kind}: ${what} ${reference ?? ''}`),
    };
  } finally {
    await stage.close(isKept && stage.offences.length > 0);
  }
}
