import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { readAnchor } from './anchor.ts';
import { journalFiles } from './open.ts';
import { lastSeqOf, verifyChains, type Verification } from './verify.ts';

export type Inspection =
  | { readonly kind: 'none' }
  | (Extract<Verification, { kind: 'whole' }> & {
      readonly environment: string;
      readonly lastSeq: number;
      readonly due: number;
      readonly needsManager: number;
      readonly oldestDueAtMs: number | null;
      /** When the first and the last line of the audit chain were written; null where there is none. */
      readonly firstAtMs: number | null;
      readonly lastAtMs: number | null;
    })
  | Extract<Verification, { kind: 'broken' }>
  | { readonly kind: 'unreadable'; readonly code: string };

/** SQLite needs to write beside a journal in use, even to read it. Where it may not, a copy is read. */
function openOrCopy(file: string): { readonly database: Database.Database; readonly close: () => void } {
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    database.pragma('schema_version');
    return { database, close: () => database.close() };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^SQLITE_(CANTOPEN|READONLY)/.test(code)) throw error;
  }
  const folder = mkdtempSync(join(tmpdir(), 'milepost-inspect-'));
  for (const name of [file, `${file}-wal`])
    if (existsSync(name)) copyFileSync(name, join(folder, basename(name)));
  const database = new Database(join(folder, basename(file)));
  return {
    database,
    close: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function inspectNow(folder: string): Inspection {
  const files = journalFiles(folder);
  if (!existsSync(files.database)) return { kind: 'none' };
  let close = (): void => undefined;
  try {
    // The anchor is read first: a running terminal may commit in between, and the file may only be ahead.
    const anchor = readAnchor(files.anchor);
    const opened = openOrCopy(files.database);
    close = opened.close;
    const { database } = opened;
    const metaOf = (name: string): string | undefined =>
      database.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck().get(name);
    const epoch = metaOf('epoch');
    if (epoch === undefined) return { kind: 'unreadable', code: 'no-epoch' };
    const verification = verifyChains(database, epoch, anchor, undefined);
    if (verification.kind === 'broken') return verification;
    const row = database
      .prepare<[], { due: number; needsManager: number; oldestDueAtMs: number | null }>(
        `SELECT count(*) FILTER (WHERE d.state = 'due') AS due,
          count(*) FILTER (WHERE d.state = 'needs-manager') AS needsManager,
          min(CASE WHEN d.state = 'due' THEN t.recorded_at_ms END) AS oldestDueAtMs
        FROM deliveries d JOIN transactions t ON t.seq = d.seq`,
      )
      .get();
    const ages = database
      .prepare<[], { firstAtMs: number | null; lastAtMs: number | null }>(
        'SELECT min(at_ms) AS firstAtMs, max(at_ms) AS lastAtMs FROM audit',
      )
      .get() ?? { firstAtMs: null, lastAtMs: null };
    const counts = row ?? { due: 0, needsManager: 0, oldestDueAtMs: null };
    const environment = metaOf('environment') ?? '';
    return { ...verification, ...counts, ...ages, environment, lastSeq: lastSeqOf(database) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { kind: 'unreadable', code: String(error.code) };
  } finally {
    close();
  }
}

const WORKER = `./inspect${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;

/**
 * Reads a journal from end to end and follows every link, in a thread and a connection of its own: a running terminal
 * sells on. Nothing is changed or mended.
 */
export function inspectJournal(folder: string): Promise<Inspection> {
  const worker = new Worker(new URL(WORKER, import.meta.url), { workerData: { inspect: folder } });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** What the thread runs; where this file is only imported, nothing. */
const order: unknown = isMainThread ? undefined : workerData;
if (typeof order === 'object' && order !== null && 'inspect' in order && typeof order.inspect === 'string') {
  parentPort?.postMessage(inspectNow(order.inspect));
}
