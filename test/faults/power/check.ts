import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type * as JournalModule from '../../../main/journal/journal.ts';
import type * as OpenModule from '../../../main/journal/open.ts';
import { digestOf, type Told } from './told.ts';

/** What one image still holds of what was told. */
export interface Checked {
  /** Each with the fact that is not there, or not as it was. */
  readonly lost: readonly string[];
  /** Why the image is not whole. */
  readonly corrupt: string | undefined;
}

/**
 * Looks at an image on the disk; `told` is what had been told when the power went, `isFull` asks for the slower way that
 * goes through everything. It may change the image.
 */
export type Check = (folder: string, told: readonly Told[], isFull: boolean) => Promise<Checked>;

const Kept = z.object({
  seq: z.int(),
  key: z.string(),
  request: z.instanceof(Uint8Array),
  state: z.string(),
  maybeSentAtMs: z.int().nullable(),
});

const ALL_KEPT = `SELECT t.seq, t.idempotency_key AS key, t.request, d.state, d.maybe_sent_at_ms AS maybeSentAtMs
  FROM transactions t JOIN deliveries d ON d.seq = t.seq ORDER BY t.seq`;

function describe(told: Told): string {
  return `${told.fact} ${told.seq}`;
}

/**
 * Checks an image of a journal with the function the journal's worker opens it with, taken from `source`; in full, with
 * the worker first. An image that has to be mended is not whole: the power went, nothing was damaged.
 */
export async function createJournalCheck(source: string, journalFolder: string): Promise<Check> {
  const module = (file: string): string => pathToFileURL(join(source, 'main/journal', file)).href;
  const { openJournal }: typeof JournalModule = await import(module('journal.ts'));
  const { openFile }: typeof OpenModule = await import(module('open.ts'));
  const optionsFor = (folder: string) => ({
    folder: join(folder, journalFolder),
    environment: 'training',
    reserveBytes: 0,
  });

  const openThroughWorker = async (folder: string): Promise<void> => {
    const opening = await openJournal(optionsFor(folder));
    if (opening.kind === 'refused') throw new Error(`${opening.code}: ${opening.message}`);
    await opening.journal.close();
    if (opening.journal.recovery !== undefined) throw new Error('it was taken for damaged');
  };
  const readAll = (folder: string) => {
    const file = openFile({ ...optionsFor(folder), bootId: randomUUID() }, false);
    try {
      const integrity = z.string().parse(file.database.pragma('integrity_check', { simple: true }));
      return { integrity, rows: z.array(Kept).parse(file.database.prepare(ALL_KEPT).all()) };
    } finally {
      file.close();
    }
  };

  return async (folder, told, isFull) => {
    let read: ReturnType<typeof readAll>;
    try {
      if (isFull) await openThroughWorker(folder);
      read = readAll(folder);
    } catch (error) {
      return { lost: told.map(describe), corrupt: `it does not open: ${String(error)}` };
    }
    const bySeq = new Map(read.rows.map((row) => [row.seq, row]));
    const isKept = (fact: Told): boolean => {
      const row = bySeq.get(fact.seq);
      if (row === undefined) return false;
      if (fact.fact === 'stored') return digestOf(row.key, row.request) === fact.digest;
      return fact.fact === 'claimed' ? row.maybeSentAtMs !== null : row.state === fact.state;
    };
    const lost = told.filter((fact) => !isKept(fact)).map(describe);
    const problems = [
      ...(read.integrity === 'ok' ? [] : [`integrity_check says ${read.integrity}`]),
      ...((read.rows.at(-1)?.seq ?? 0) === read.rows.length ? [] : ['a number is missing in the sequence']),
    ];
    return { lost, corrupt: problems.length === 0 ? undefined : problems.join(', ') };
  };
}

const NaiveFile = z.array(z.object({ seq: z.int(), digest: z.string() }));

/** Checks an image of the naive store. */
export const checkNaive: Check = (folder, told) => Promise.resolve(lookAtNaive(folder, told));

function lookAtNaive(folder: string, told: readonly Told[]): Checked {
  const file = join(folder, 'sales.json');
  if (!existsSync(file)) return { lost: told.map(describe), corrupt: undefined };
  let kept: z.output<typeof NaiveFile>;
  try {
    kept = NaiveFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return { lost: told.map(describe), corrupt: `it does not parse: ${String(error)}` };
  }
  const digests = new Map(kept.map(({ seq, digest }) => [seq, digest]));
  const lost = told.filter((fact) => fact.fact === 'stored' && digests.get(fact.seq) !== fact.digest);
  return { lost: lost.map(describe), corrupt: undefined };
}
