import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { checkCopy } from './backup.ts';
import { migrate } from './database.ts';
import { syncFile, syncFolder } from './sync.ts';
import { archivedEnds } from './verify.ts';

export interface Archived {
  readonly file: string;
  readonly transactions: number;
}

const TABLES = [
  { name: 'transactions', number: 'seq' },
  { name: 'deliveries', number: 'seq' },
  { name: 'attempts', number: 'seq' },
  { name: 'audit', number: 'id' },
] as const;

/** At once: the writer waits while an archive is made. More goes with the next one. */
const LONGEST = 5000;

interface Range {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly lastAuditId: number;
}

/** The longest beginning of the journal that is final, older than `beforeMs`, and that nothing later builds on. */
function archivable(database: Database.Database, beforeMs: number): Range | undefined {
  const number = (sql: string, ...args: number[]): number | null =>
    database
      .prepare<number[], number | null>(sql)
      .pluck()
      .get(...args) ?? null;
  const firstSeq = number('SELECT min(seq) FROM transactions');
  const firstToStay = number(
    `SELECT min(seq) FROM (
       SELECT min(seq) AS seq FROM transactions WHERE recorded_at_ms >= ?
       UNION ALL SELECT min(seq) FROM deliveries WHERE state = 'due' OR state = 'needs-manager')`,
    beforeMs,
  );
  if (firstSeq === null) return undefined;
  const end = (firstToStay ?? (number('SELECT max(seq) FROM transactions') ?? 0) + 1) - 1;
  let lastSeq = Math.min(end, firstSeq + LONGEST - 1);
  for (;;) {
    const original = number(
      'SELECT min(original_seq) FROM transactions WHERE seq > ? AND original_seq <= ?',
      lastSeq,
      lastSeq,
    );
    if (original === null) break;
    lastSeq = original - 1;
  }
  if (lastSeq < firstSeq) return undefined;
  const firstLaterLine = number('SELECT min(id) FROM audit WHERE seq > ?', lastSeq);
  const lastAuditId = (firstLaterLine ?? (number('SELECT max(id) FROM audit') ?? 0) + 1) - 1;
  return { firstSeq, lastSeq, lastAuditId };
}

function copyRange(database: Database.Database, file: string, range: Range): void {
  const archive = new Database(file);
  try {
    migrate(archive, 0);
    archive.transaction(() => {
      const meta = archive.prepare('INSERT INTO meta VALUES (?, ?)');
      for (const name of ['environment', 'epoch', 'archived']) {
        const value = database.prepare('SELECT value FROM meta WHERE name = ?').pluck().get(name);
        if (value !== undefined) meta.run(name, value);
      }
      for (const { name, number } of TABLES) {
        const last = number === 'id' ? range.lastAuditId : range.lastSeq;
        const columns = database.prepare(`SELECT * FROM ${name} WHERE ${number} <= ? ORDER BY rowid`).raw();
        let insert: Database.Statement | undefined;
        for (const row of columns.iterate(last)) {
          if (!Array.isArray(row)) throw new TypeError('A row is a list of values');
          insert ??= archive.prepare(`INSERT INTO ${name} VALUES (${row.map(() => '?').join(', ')})`);
          insert.run(...row);
        }
      }
    })();
  } finally {
    archive.close();
  }
}

/** Takes the archived part out. The triggers that forbid it are away inside this one transaction only. */
function removeRange(database: Database.Database, range: Range, file: string): void {
  const hashAt = (table: string, number: string, at: number): string => {
    const hash = database
      .prepare<[number], Buffer>(`SELECT hash FROM ${table} WHERE ${number} = ?`)
      .pluck()
      .get(at);
    if (hash === undefined) throw new Error(`No ${number} ${at} in ${table}`);
    return hash.toString('hex');
  };
  database
    .transaction(() => {
      const earlier = archivedEnds(database);
      // The audit lines of a sale stay where later sales' lines stand between them: then only transactions go.
      const hasLines = range.lastAuditId > (earlier?.auditId ?? 0);
      const ends = {
        seq: range.lastSeq,
        hash: hashAt('transactions', 'seq', range.lastSeq),
        auditId: hasLines ? range.lastAuditId : earlier?.auditId,
        auditHash: hasLines ? hashAt('audit', 'id', range.lastAuditId) : earlier?.auditHash,
        file,
      };
      const guards = database
        .prepare<[], { name: string; sql: string }>(
          `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%'`,
        )
        .all();
      for (const guard of guards) database.exec(`DROP TRIGGER ${guard.name}`);
      for (const { name, number } of TABLES.toReversed()) {
        database
          .prepare(`DELETE FROM ${name} WHERE ${number} <= ?`)
          .run(number === 'id' ? range.lastAuditId : range.lastSeq);
      }
      for (const guard of guards) database.exec(guard.sql);
      database
        .prepare(
          `INSERT INTO meta VALUES ('archived', ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value`,
        )
        .run(JSON.stringify(ends));
    })
    .immediate();
}

/**
 * Moves what is final and older than `beforeMs` into an archive of its own. The archive is written, synced, reopened and
 * its chains followed from end to end first; only then does its part leave the journal. Undefined when nothing is due.
 */
export function archive(database: Database.Database, folder: string, beforeMs: number): Archived | undefined {
  const range = archivable(database, beforeMs);
  if (range === undefined) return undefined;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const epoch = String(database.prepare(`SELECT value FROM meta WHERE name = 'epoch'`).pluck().get());
  const file = join(folder, `archive-${epoch.slice(0, 8)}-${range.firstSeq}-${range.lastSeq}.sqlite`);
  // One left from an attempt that was cut short before its part was taken out: made again.
  if (existsSync(file)) rmSync(file);
  copyRange(database, file, range);
  syncFile(file);
  syncFolder(folder);
  const { transactions } = checkCopy(file);
  if (transactions !== range.lastSeq - range.firstSeq + 1) {
    throw new Error(
      `The archive holds ${transactions} transactions in the place of ${range.lastSeq - range.firstSeq + 1}`,
    );
  }
  removeRange(database, range, file);
  return { file, transactions };
}
