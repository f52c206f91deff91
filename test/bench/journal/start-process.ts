import { withJournal } from './folders.ts';

/**
 * `start-process.ts FOLDER`: what a terminal reads before it can show itself. Says the milliseconds since this process
 * began, and those since it began to open the journal.
 */
const beganMs = performance.now();
await withJournal(process.argv[2] ?? '', async (journal) => {
  await Promise.all([journal.counts(), journal.recent(50)]);
  const nowMs = performance.now();
  process.stdout.write(`${JSON.stringify({ sinceStartMs: nowMs, sinceOpenMs: nowMs - beganMs })}\n`);
});
