import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createDraws } from './draws.ts';
import { drain } from './drain.ts';
import {
  anchorFile,
  journalFile,
  journalFolder,
  openReading,
  readAsFound,
  type JournalRow,
} from './journal-reading.ts';
import { press } from './life.ts';
import { setClock, type Offence, type Stage } from './stage.ts';
import { cutSynced } from './tail-damage.ts';
import { launchTerminal, sitDown } from './terminal-life.ts';

const rowsAsFound = (stage: Stage): readonly JournalRow[] =>
  readAsFound(stage.dataFolder, undefined, (journal) => journal.rows()) ?? [];

/** The damaged files, in the folder they were set aside in. */
function asideWal(stage: Stage): Buffer | undefined {
  const folder = journalFolder(stage.dataFolder);
  const [aside] = readdirSync(folder).filter((name) => name.startsWith('damaged-'));
  if (aside === undefined) return undefined;
  const file = join(folder, aside, 'journal.sqlite-wal');
  return existsSync(file) ? readFileSync(file) : undefined;
}

/**
 * What the terminal can not prevent and has to notice: a disk that takes back commits it had confirmed. SQLite finds
 * such a file whole. The terminal has to say what is missing, keep the damaged files, bring over everything that is
 * left, and double nothing. True where commits could be cut.
 */
export async function cutAndLook(stage: Stage): Promise<boolean> {
  const { cut, lives } = stage.plan;
  const life = lives.length + 1;
  const draws = createDraws(cut.seed);
  const offend = (kind: Offence['kind'], what: string, reference?: string): void =>
    void stage.offences.push({ kind, what: `After a cut: ${what}`, reference });
  const start = async () => {
    const program = launchTerminal(stage, false);
    const running = await sitDown(stage, program, life);
    if (running === undefined) offend('unexplained', `the terminal did not start\n${program.output()}`);
    return running;
  };

  setClock(stage, 0);
  const before = await start();
  if (before === undefined) return false;
  await Promise.all(cut.presses.map((each) => press(stage, before, life, each, true)));
  if (!(await drain(before, stage.patienceMs))) offend('unexplained', 'the queue did not run empty');
  await before.program.kill();
  stage.kills += 1;
  await before.window.close();

  const rows = rowsAsFound(stage);
  if (!cutSynced(stage.dataFolder, draws)) return false;
  const left = rowsAsFound(stage);
  const wal = readFileSync(`${journalFile(stage.dataFolder)}-wal`);
  for (const afterMs of cut.killsAfterMs) {
    const program = launchTerminal(stage, false);
    await Promise.race([delay(afterMs), program.ended]);
    await program.kill();
    stage.kills += 1;
  }

  const after = await start();
  if (after === undefined) return true;
  const notice = (await after.window.snapshot())?.notices.find(({ code }) => code === 'journal-damaged');
  const lost = rows.length - left.length;
  // One that was killed may have recovered before it could say so to anybody.
  const isSilenceAllowed = cut.killsAfterMs.length > 0;
  if (notice === undefined && !isSilenceAllowed)
    offend('lost', `${lost} sales and their outcomes are gone, and no screen says so`);
  if (notice !== undefined && notice.lost !== lost)
    offend('lost', `${lost} sales are gone, and the screen says ${notice.lost}`);
  const isLogged = after.program.output().includes('journal-damaged');
  if (!isLogged && !isSilenceAllowed) offend('unexplained', 'the log does not say so');
  if (!(await drain(after, stage.patienceMs))) offend('unexplained', 'the queue did not run empty');
  await after.program.stop();
  await after.window.close();

  const aside = asideWal(stage);
  if (aside === undefined || !aside.equals(wal))
    offend('unexplained', 'the damaged files were not set aside as they were');
  const journal = openReading(journalFile(stage.dataFolder));
  if (journal === undefined) {
    offend('lost', 'there is no journal any more');
    return true;
  }
  const kept = journal.rows();
  if (journal.verify(anchorFile(stage.dataFolder)).kind === 'broken')
    offend('unexplained', 'the new journal is not whole');
  if (!journal.audit().some(({ what }) => what === 'recovered'))
    offend('unexplained', 'the audit does not say so');
  journal.close();
  for (const { idempotencyKey, reference } of left) {
    const row = kept.find((each) => each.idempotencyKey === idempotencyKey && each.reference === reference);
    if (row === undefined) offend('lost', 'a sale that was left was not brought over', reference);
    else if (row.state === 'due') offend('unexplained', 'still due at the end', reference);
  }
  if (kept.length > left.length) offend('unexplained', 'the new journal holds more than was left');
  for (const [key, credits] of Map.groupBy(stage.farEnd.credits(), ({ reference }) => reference))
    if (credits.length > 1) offend('doubled', `credited ${credits.length} times`, key);
  return true;
}
