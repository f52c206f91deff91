import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { AnchorMark } from './anchor.ts';
import { auditHash, chainStart, transactionHash } from './chain.ts';
import { STORED_AUDIT, STORED_TRANSACTION, type StoredAudit, type StoredTransaction } from './stored-rows.ts';

export type Verification =
  | { readonly kind: 'whole'; readonly transactions: number; readonly auditLines: number }
  | {
      readonly kind: 'broken';
      readonly chain: 'transactions' | 'audit';
      /** The first line that is missing or does not fit: a transaction's seq or an audit line's id. */
      readonly at: number;
      readonly problem: 'missing' | 'changed' | 'cut-off';
    };

const PAGE = 500;

interface Link {
  readonly number: number;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
}

interface Chain<Row> {
  readonly name: 'transactions' | 'audit';
  readonly page: (after: number) => Row[];
  readonly number: (row: Row) => number;
  readonly hashOf: (row: Row, previousHash: Buffer) => Buffer;
}

/** Follows one chain from after `start`; the first line that is missing or changed ends it. */
function follow<Row extends { previousHash: Buffer; hash: Buffer }>(
  chain: Chain<Row>,
  start: { readonly number: number; readonly hash: Buffer | undefined },
): { readonly last: Link | undefined; readonly count: number } | Extract<Verification, { kind: 'broken' }> {
  let { number } = start;
  let previous = start.hash;
  let last: Link | undefined;
  let count = 0;
  const broken = (at: number, problem: 'missing' | 'changed') =>
    ({ kind: 'broken', chain: chain.name, at, problem }) as const;
  for (;;) {
    const rows = chain.page(number);
    if (rows.length === 0) return { last, count };
    for (const row of rows) {
      if (chain.number(row) !== number + 1) return broken(number + 1, 'missing');
      number += 1;
      // The line before may carry the fault, but this is where it shows.
      if (previous !== undefined && !previous.equals(row.previousHash)) return broken(number, 'changed');
      if (!chain.hashOf(row, row.previousHash).equals(row.hash)) return broken(number, 'changed');
      previous = row.hash;
      last = { number, previousHash: row.previousHash, hash: row.hash };
      count += 1;
    }
  }
}

const ArchivedEnds = z.object({ seq: z.int(), hash: z.string(), auditId: z.int(), auditHash: z.string() });

/** Where the chains begin after a part of the journal was archived; undefined where nothing was. */
export function archivedEnds(database: Database.Database): z.output<typeof ArchivedEnds> | undefined {
  const text = database.prepare<[], string>(`SELECT value FROM meta WHERE name = 'archived'`).pluck().get();
  return text === undefined ? undefined : ArchivedEnds.parse(JSON.parse(text));
}

/** The number of the last transaction, whether it is still here or went into an archive; 0 in an empty journal. */
export function lastSeqOf(database: Database.Database): number {
  const last = database.prepare<[], number | null>('SELECT max(seq) FROM transactions').pluck().get();
  return last ?? archivedEnds(database)?.seq ?? 0;
}

/**
 * Recomputes the hash chains and holds them against the anchor. `lastLinks` looks at the ends only (at start, where a
 * million links would take a quarter of a minute); undefined looks at everything. Pages, so that memory stays flat.
 */
export function verifyChains(
  database: Database.Database,
  epoch: string,
  anchor: AnchorMark | undefined,
  lastLinks: number | undefined,
): Verification {
  const transactionPage = database.prepare<[number, number], StoredTransaction>(
    `SELECT ${STORED_TRANSACTION} FROM transactions WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  const auditPage = database.prepare<[number, number], StoredAudit>(
    `SELECT ${STORED_AUDIT} FROM audit WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const highest = (sql: string): number => Number(database.prepare(sql).pluck().get() ?? 0);
  const archived = archivedEnds(database);
  const beginning = {
    transactions: archived
      ? { number: archived.seq, hash: Buffer.from(archived.hash, 'hex') }
      : { number: 0, hash: chainStart(epoch, 'transactions') },
    audit: archived
      ? { number: archived.auditId, hash: Buffer.from(archived.auditHash, 'hex') }
      : { number: 0, hash: chainStart(epoch, 'audit') },
  };
  const startOf = (chain: 'transactions' | 'audit', end: number) =>
    lastLinks === undefined || end - lastLinks <= beginning[chain].number
      ? beginning[chain]
      : { number: end - lastLinks, hash: undefined };

  const transactions = follow<StoredTransaction>(
    {
      name: 'transactions',
      page: (after) => transactionPage.all(after, PAGE),
      number: (row) => row.seq,
      hashOf: (row, previousHash) =>
        transactionHash(previousHash, row.seq, row.bootId, {
          ...row,
          originalSeq: row.originalSeq ?? undefined,
        }),
    },
    startOf('transactions', highest('SELECT max(seq) FROM transactions')),
  );
  if ('kind' in transactions) return transactions;
  const audit = follow<StoredAudit>(
    {
      name: 'audit',
      page: (after) => auditPage.all(after, PAGE),
      number: (row) => row.id,
      hashOf: (row, previousHash) => auditHash(previousHash, row),
    },
    startOf('audit', highest('SELECT max(id) FROM audit')),
  );
  if ('kind' in audit) return audit;

  if (anchor !== undefined && anchor.epoch === epoch) {
    const ends = [
      { chain: 'transactions', last: transactions.last, seen: anchor.lastSeq },
      { chain: 'audit', last: audit.last, seen: anchor.lastAuditId },
    ] as const;
    for (const { chain, last, seen } of ends) {
      const end = last?.number ?? beginning[chain].number;
      if (seen > end) return { kind: 'broken', chain, at: end + 1, problem: 'cut-off' };
    }
  }
  return { kind: 'whole', transactions: transactions.count, auditLines: audit.count };
}
