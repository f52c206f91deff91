import Database from 'better-sqlite3';
import { transactionHash } from './chain.ts';
import {
  STORED_ATTEMPT,
  STORED_AUDIT,
  STORED_DELIVERY,
  STORED_TRANSACTION,
  type StoredAttempt,
  type StoredAudit,
  type StoredDelivery,
  type StoredTransaction,
} from './stored-rows.ts';
import { archivedEnds } from './verify.ts';

/** A journal file that may be damaged anywhere: each row is there, or it is not. */
export interface DamagedFile {
  readonly epoch: string | undefined;
  readonly environment: string | undefined;
  /** The last transaction that went into an archive; 0 where none did. */
  readonly archivedSeq: number;
  readonly lastSeq: number;
  readonly lastAuditId: number;
  /** Only where its own hash fits: other bytes can not be trusted. */
  transaction(seq: number): StoredTransaction | undefined;
  delivery(seq: number): StoredDelivery | undefined;
  attempts(seq: number): readonly StoredAttempt[];
  audit(id: number): StoredAudit | undefined;
  close(): void;
}

/** Reads one row, or nothing where the page it lies on can not be read. */
function readable<Row>(read: () => Row): Row | undefined {
  try {
    return read();
  } catch (error) {
    // A damaged page: that row is lost and counted, the next one may lie on a whole page.
    if (error instanceof Database.SqliteError) return undefined;
    throw error;
  }
}

function isIntact(row: StoredTransaction): boolean {
  const { seq, bootId, previousHash, originalSeq } = row;
  return transactionHash(previousHash, seq, bootId, { ...row, originalSeq: originalSeq ?? undefined }).equals(
    row.hash,
  );
}

/** Opens a file for reading what is left of it, without changing a byte; undefined where it is no database any more. */
export function openDamaged(path: string): DamagedFile | undefined {
  const file = readable(() => new Database(path, { readonly: true, fileMustExist: true }));
  if (file === undefined) return undefined;
  if (readable(() => file.prepare('SELECT count(*) FROM sqlite_master').get()) === undefined) {
    file.close();
    return undefined;
  }
  const one = <Row>(sql: string) => readable(() => file.prepare<[number], Row>(sql));
  const highest = (sql: string): number =>
    readable(() => file.prepare<[], number | null>(sql).pluck().get()) ?? 0;
  const meta = (name: string): string | undefined =>
    readable(() => file.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck().get(name));
  const transaction = one<StoredTransaction>(`SELECT ${STORED_TRANSACTION} FROM transactions WHERE seq = ?`);
  const delivery = one<StoredDelivery>(`SELECT ${STORED_DELIVERY} FROM deliveries WHERE seq = ?`);
  const attempts = one<StoredAttempt>(`SELECT ${STORED_ATTEMPT} FROM attempts WHERE seq = ? ORDER BY id`);
  const audit = one<StoredAudit>(`SELECT ${STORED_AUDIT} FROM audit WHERE id = ?`);
  return {
    epoch: meta('epoch'),
    environment: meta('environment'),
    archivedSeq: readable(() => archivedEnds(file))?.seq ?? 0,
    lastSeq: Math.max(
      highest('SELECT max(seq) FROM transactions'),
      highest('SELECT max(seq) FROM deliveries'),
    ),
    lastAuditId: highest('SELECT max(id) FROM audit'),
    transaction: (seq) => {
      const row = readable(() => transaction?.get(seq));
      return row !== undefined && isIntact(row) ? row : undefined;
    },
    delivery: (seq) => readable(() => delivery?.get(seq)),
    attempts: (seq) => readable(() => attempts?.all(seq)) ?? [],
    audit: (id) => readable(() => audit?.get(id)),
    close: () => file.close(),
  };
}
