import type { Journal } from '../../../main/journal/journal.ts';
import { inRounds, median } from '../statistics.ts';
import { withJournal } from './folders.ts';

/**
 * `queries-process.ts ROUNDS FOLDER…`: asks each journal what a terminal asks all day, and says on one line, for each
 * folder and each question, the milliseconds by round, and the memory of this process at the end.
 */
const [rounds = '1', ...folders] = process.argv.slice(2);
const ASKED = 8;

const questions: Readonly<Record<string, (journal: Journal) => Promise<unknown>>> = {
  recent: (journal) => journal.recent(50),
  counts: (journal) => journal.counts(),
  nextDue: (journal) => journal.nextDueAtMs(),
  claim: async (journal) => {
    const claims = await journal.claim({
      nowMs: Date.now(),
      limit: 4,
      busyCollectors: [],
      first: undefined,
      mode: 'due',
    });
    if (claims.length !== 4) throw new Error(`${claims.length} claims in the place of 4`);
    await journal.release(claims);
  },
};

async function medianMsOf(journal: Journal, ask: (journal: Journal) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let asked = 0; asked < ASKED; asked += 1) {
    const startedMs = performance.now();
    await ask(journal);
    times.push(performance.now() - startedMs);
  }
  return median(times);
}

async function askEach(journals: readonly Journal[]): Promise<Record<string, number[][]>> {
  const answers: Record<string, number[][]> = {};
  for (const [name, ask] of Object.entries(questions)) {
    for (const journal of journals) await medianMsOf(journal, ask);
    const byIndex = journals.map(
      (journal, index) => [String(index), () => medianMsOf(journal, ask)] as const,
    );
    answers[name] = Object.values(await inRounds(Number(rounds), Object.fromEntries(byIndex)));
  }
  return answers;
}

async function withJournals<Result>(
  left: readonly string[],
  opened: readonly Journal[],
  work: (journals: readonly Journal[]) => Promise<Result>,
): Promise<Result> {
  const [folder, ...rest] = left;
  if (folder === undefined) return await work(opened);
  return await withJournal(folder, (journal) => withJournals(rest, [...opened, journal], work));
}

await withJournals(folders, [], async (journals) => {
  const answers = await askEach(journals);
  process.stdout.write(`${JSON.stringify({ answers, rssMb: process.memoryUsage().rss / 1e6 })}\n`);
});
