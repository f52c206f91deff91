import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { endpoints } from '../airmiles/endpoints.ts';

/** One transaction that was taken. RECORD moves no Miles and has 0. */
const LedgerEntry = z.strictObject({
  seq: z.int().min(1),
  collectorNumber: z.string().optional(),
  /** Whose balance moved: another account than the one named where that was merged. */
  creditedTo: z.string().optional(),
  endpoint: z.enum(endpoints),
  /** AIR MILES' own id of it. */
  transactionId: z.string(),
  /** The partner's id; of an event, its `clientTransactionId`. */
  checkoutTransactionId: z.string(),
  /** In a return or reversal that says so: the partner's id of what it takes back. */
  originalTransactionId: z.string().optional(),
  idempotencyKey: z.string().optional(),
  /** Before tax, as stated, positive in returns too; 0 for an event. */
  preTaxCents: z.int(),
  /** Positive where Miles were credited, negative where they were taken back. */
  milesAmount: z.int(),
  /** The Miles by offer, signed like their total. */
  offers: z.array(
    z.strictObject({ offerCode: z.string(), locationCode: z.string().optional(), milesAmount: z.int() }),
  ),
  /** Answered with 202. */
  isPending: z.boolean(),
  /** The day (EST) of the stated checkout; of an event, the day it came in. */
  transactionDay: z.iso.date(),
  atMs: z.int(),
});
export type LedgerEntry = Readonly<z.output<typeof LedgerEntry>>;

/** The first answer to a key (or, without one, to a content), to be given again. */
const Remembered = z.strictObject({
  name: z.string(),
  digest: z.string(),
  status: z.int(),
  answer: z.string(),
});
export type Remembered = Readonly<z.output<typeof Remembered>>;

const LedgerLine = z.strictObject({ entry: LedgerEntry, remembered: Remembered.optional() });

export interface LedgerStats {
  /** Calls to the eight issuance paths, refused ones included. */
  requests: number;
  tokensIssued: number;
  /** Same key, same bytes: the first answer again, nothing credited. */
  replays: number;
  /** No key, same content: likewise. */
  duplicates: number;
  keyReusedWithOtherBody: number;
  /** Two calls for one Collector while the first caller still waited: a fault of the client. */
  parallelViolations: number;
  /** A call while the last one, whose caller had gone, was still being worked on. No fault of anybody. */
  busyAfterClientLeft: number;
  plainHttpRefused: number;
}

export interface Ledger {
  readonly stats: LedgerStats;
  entries(): readonly LedgerEntry[];
  recall(name: string): Remembered | undefined;
  add(entry: Omit<LedgerEntry, 'seq'>, remembered: Remembered | undefined): LedgerEntry;
  clear(): void;
  close(): void;
}

const noStats = (): LedgerStats => ({
  requests: 0,
  tokensIssued: 0,
  replays: 0,
  duplicates: 0,
  keyReusedWithOtherBody: 0,
  parallelViolations: 0,
  busyAfterClientLeft: 0,
  plainHttpRefused: 0,
});

/** Reads a ledger file and cuts off a torn last line, where the program was killed while writing it. */
function readLedgerFile(file: string): z.output<typeof LedgerLine>[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
  if (whole.length < bytes.length) truncateSync(file, whole.length);
  const lines = whole
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => LedgerLine.parse(JSON.parse(line)));
}

/**
 * What was credited, and the answers given for it. `file` keeps it over a restart, a JSON line an entry, written
 * before the answer leaves. The oldest answers are forgotten beyond `rememberedLimit`; entries are kept.
 */
export function createLedger(file: string | undefined, rememberedLimit: number): Ledger {
  const stats = noStats();
  let entries: LedgerEntry[] = [];
  const remembered = new Map<string, Remembered>();
  const remember = (answer: Remembered): void => {
    remembered.set(answer.name, answer);
    if (remembered.size <= rememberedLimit) return;
    const [oldest] = remembered.keys();
    if (oldest !== undefined) remembered.delete(oldest);
  };
  for (const line of file === undefined ? [] : readLedgerFile(file)) {
    entries.push(line.entry);
    if (line.remembered !== undefined) remember(line.remembered);
  }
  const descriptor = file === undefined ? undefined : openSync(file, 'a');

  return {
    stats,
    entries: () => entries,
    recall: (name) => remembered.get(name),
    add(fields, answer) {
      const entry = { seq: entries.length + 1, ...fields };
      if (descriptor !== undefined) {
        writeSync(
          descriptor,
          `${JSON.stringify({ entry, ...(answer === undefined ? {} : { remembered: answer }) })}\n`,
        );
      }
      entries.push(entry);
      if (answer !== undefined) remember(answer);
      return entry;
    },
    clear() {
      entries = [];
      remembered.clear();
      if (descriptor !== undefined) ftruncateSync(descriptor);
      Object.assign(stats, noStats());
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
}
