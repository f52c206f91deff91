import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { readAnchor } from './anchor.ts';
import { backUp, checkCopy } from './backup.ts';
import { JournalRefused } from './database.ts';
import { journalFiles, openFile } from './open.ts';
import { verifyChains, type Verification } from './verify.ts';

const USAGE = `npm run journal -- verify DIR            follows every link; DIR is the terminal's data folder
npm run journal -- backup DIR FOLDER     copies the journal into FOLDER and checks the copy
npm run journal -- restore DIR BACKUP    puts a backup in the place of the journal; the terminal must be stopped
`;

/** A command that can not be carried out: told in one line, without a stack. */
class UsageError extends Error {}

/** Both the data folder and the journal folder inside it are taken. */
function journalFolder(folder: string): string {
  const inside = join(folder, 'journal');
  return existsSync(journalFiles(inside).database) ? inside : folder;
}

function epochOf(database: Database.Database): string {
  const epoch = database.prepare<[], string>(`SELECT value FROM meta WHERE name = 'epoch'`).pluck().get();
  if (epoch === undefined) throw new UsageError('This journal has no epoch: it can not be verified.');
  return epoch;
}

function openForReading(folder: string): Database.Database {
  const { database } = journalFiles(folder);
  if (!existsSync(database)) throw new UsageError(`There is no journal in ${folder}`);
  return new Database(database, { readonly: true });
}

function verify(folder: string): Verification {
  const database = openForReading(folder);
  try {
    // The anchor is read first: a running terminal may commit in between, and the file may only be ahead.
    const anchor = readAnchor(journalFiles(folder).anchor);
    return verifyChains(database, epochOf(database), anchor, undefined);
  } finally {
    database.close();
  }
}

function restore(folder: string, backup: string): object {
  checkCopy(backup);
  const copy = new Database(backup, { readonly: true });
  const environment = copy
    .prepare<[], string>(`SELECT value FROM meta WHERE name = 'environment'`)
    .pluck()
    .get();
  copy.close();
  if (environment === undefined) throw new UsageError(`The backup does not say which environment it is from`);
  const options = { folder, environment, bootId: 'restore', reserveBytes: 0 };
  if (existsSync(journalFiles(folder).note)) {
    throw new UsageError('A recovery is unfinished here: start the terminal once first.');
  }
  const opened = openFile(options, true, resolve(backup));
  opened.close();
  return { restored: opened.recovery, from: backup };
}

async function run(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const [command, first, second] = positionals;
  if (first === undefined) throw new UsageError(USAGE);
  const folder = journalFolder(resolve(first));
  const print = (result: object): void => void process.stdout.write(`${JSON.stringify(result)}\n`);
  if (command === 'verify') {
    const result = verify(folder);
    print(result);
    return result.kind === 'whole' ? 0 : 1;
  }
  if (second === undefined) throw new UsageError(USAGE);
  if (command === 'backup') {
    const database = openForReading(folder);
    print(await backUp(database, resolve(second), Number.MAX_SAFE_INTEGER, Date.now()));
    database.close();
    return 0;
  }
  if (command !== 'restore') throw new UsageError(USAGE);
  print(restore(folder, second));
  return 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof UsageError || error instanceof JournalRefused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
