import { settleAccounts, type Books } from './accounts.ts';
import { referencesOf, wasToldRecorded } from './book.ts';
import { cutAndLook } from './cut.ts';
import { drain } from './drain.ts';
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
  readonly requests: number;
  readonly replays: number;
  readonly tailsWithUnsynced: number;
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

/** Plays a chapter to its end and settles accounts. Stops early at the first thing that must never happen. */
export async function runChapter(plan: ChapterPlan, options: RunOptions): Promise<ChapterResult> {
  const { say, isTimeUp, isKept } = options;
  const stage = await openStage(plan, options);
  if (plan.disk === 'small' && stage.smallDisk === undefined)
    say(
      'no right to mount a small disk: a reserve of 10 GB stands for a full one, where there is no more than that',
    );
  for (const life of plan.lives) {
    await runLife(stage, life);
    if (stage.offences.length > 0 || isTimeUp()) break;
  }
  await settle(stage);
  const { books, audit } = readBooks(stage);
  stage.offences.push(...settleAccounts(stage, books));
  const first = stage.offences.find(({ reference, saleKey }) => reference ?? saleKey) ?? stage.offences[0];
  const history = first === undefined ? [] : historyOf(stage, first, books, audit);
  const isCut = stage.offences.length === 0 && (await cutAndLook(stage));
  const sales = stage.book.sales();
  const totals = await stage.close(isKept && stage.offences.length > 0);
  const count = (kind: Offence['kind']): number =>
    new Set(
      stage.offences
        .filter((each) => each.kind === kind)
        .map(({ saleKey, reference, what }) => reference ?? saleKey ?? what),
    ).size;
  if (totals.keyReusedWithOtherBody > 0)
    stage.offences.push({
      kind: 'unexplained',
      what: `A key went with another body ${totals.keyReusedWithOtherBody} times`,
    });
  const result: ChapterResult = {
    sales: sales.length,
    kills: stage.kills,
    toldStored: sales.filter(wasToldRecorded).length,
    requests: totals.requests,
    replays: totals.replays,
    tailsWithUnsynced: stage.tails.withUnsynced,
    counts: {
      lost: count('lost'),
      doubled: count('doubled'),
      parallel: totals.parallelViolations,
      unexplained: count('unexplained'),
    },
    history:
      history.length > 0 ? history : stage.offences.slice(0, 1).map(({ kind, what }) => `${kind}: ${what}`),
    others: stage.offences
      .filter((each) => each !== first)
      .map(({ kind, what, reference }) => `${kind}: ${what} ${reference ?? ''}`),
  };
  say(
    `chapter ${plan.number} (${plan.disk} disk): ${result.sales} sales, ${result.toldStored} told stored, ${result.kills} kills, ` +
      `${result.requests} requests, ${result.replays} replays, ${stage.tails.damaged} tails damaged, ${result.tailsWithUnsynced} with unsynced commits${isCut ? ', synced commits cut at the end' : ''}`,
  );
  return result;
}
