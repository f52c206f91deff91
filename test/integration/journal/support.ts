import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openJournal, type Journal } from '../../../main/journal/journal.ts';
import type { NewTransaction, Settlement } from '../../../main/journal/rows.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';

/** A folder of its own for one test, gone afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a journal for one test and closes it afterwards. */
export async function openedJournal(folder: string, environment = 'training'): Promise<Journal> {
  const opening = await openJournal({ folder, environment, reserveBytes: 0 });
  if (opening.kind === 'refused') throw new Error(`${opening.code}: ${opening.message}`);
  onTestFinished(() => opening.journal.close());
  return opening.journal;
}

export const noGuards = { dueLimit: 1_000_000, equalSinceMs: undefined };

/** A transaction like any other, for a Collector of its own unless one is given. */
export function someTransaction(changes: Partial<NewTransaction> = {}): NewTransaction {
  return {
    callerKey: randomUUID(),
    idempotencyKey: randomUUID(),
    reference: randomUUID(),
    kind: 'issue',
    originalSeq: undefined,
    collectorNumber: makeCollectorNumber(Math.random),
    entryMode: 'keyed',
    preTaxCents: 2497,
    postTaxCents: 2822,
    transactionDay: '2026-06-01',
    recordedAtMs: Date.parse('2026-06-01T15:00:00Z'),
    monotonicMs: 1,
    details: '{}',
    request: new TextEncoder().encode('{"basketPreTaxAmount":24.97}'),
    ...changes,
  };
}

export function settlement(
  seq: number,
  next: Settlement['next'],
  changes: Partial<Settlement> = {},
): Settlement {
  return {
    seq,
    startedAtMs: 1000,
    elapsedMs: 5,
    status: 200,
    code: next.kind === 'due' ? next.reason : 'credited',
    detail: undefined,
    serverDateMs: undefined,
    answer: undefined,
    next,
    ...changes,
  };
}

export async function recorded(journal: Journal, changes: Partial<NewTransaction> = {}): Promise<number> {
  const result = await journal.record(someTransaction(changes), noGuards);
  if (result.kind !== 'recorded') throw new Error(`Not recorded: ${result.kind}`);
  return result.row.seq;
}
