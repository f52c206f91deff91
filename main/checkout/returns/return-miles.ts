import { randomInt, randomUUID } from 'node:crypto';
import type { returnFaults } from '../../../shared/contract/returns.ts';
import { postTaxTotal } from '../../../shared/domain/tax.ts';
import { transactionDayOf } from '../../../shared/domain/transaction-day.ts';
import type { CollectorNumber } from '../../../shared/domain/collector-number.ts';
import { buildBasketBody } from '../../airmiles/requests.ts';
import type { NotStoredReason } from '../../journal/protocol.ts';
import type { NewTransaction, TransactionRow } from '../../journal/rows.ts';
import type { IssueDependencies } from '../issue.ts';
import { makeReference } from '../reference.ts';
import { milesBack, offersOf } from './miles-back.ts';
import type { Originals } from './originals.ts';
import { taxesOf, totalOf, type Parts, type Returnable, type ReturnDetails } from './returnable.ts';

export interface ReturnDependencies extends IssueDependencies {
  readonly originals: Originals;
}

export interface ReturnInput extends Parts {
  readonly returnKey: string;
  readonly seq: number;
  /** The manager behind it; null where the store works without operators. */
  readonly actor: string | null;
}

export type ReturnResult =
  | { readonly kind: 'recorded'; readonly row: TransactionRow; readonly isRepeat: boolean }
  | { readonly kind: 'cancelled'; readonly row: TransactionRow }
  | {
      readonly kind: 'refused';
      readonly fault: (typeof returnFaults)[number];
      readonly returnable: Returnable;
    }
  | { readonly kind: 'not-stored'; readonly reason: NotStoredReason };

/** Other windows may return the same sale meanwhile: computed again this often, and each time another return was stored. */
const MOST_ROUNDS = 20;

const isAll = (back: Parts, { left }: Returnable): boolean =>
  back.eligibleCents === left.eligibleCents && back.excludedCents === left.excludedCents;

/** What keeps these parts from coming back. */
function faultOf(back: Parts, { left, row }: Returnable): (typeof returnFaults)[number] | undefined {
  if (row.closedAs !== null) return 'hindered';
  if (totalOf(back) === 0) return 'nothing';
  const isOver = back.eligibleCents > left.eligibleCents || back.excludedCents > left.excludedCents;
  return isOver ? 'over-left' : undefined;
}

/** The offers' Miles for what comes back; undefined where AIR MILES calculates, `hindered` where nobody can. */
async function issuancesFor(returnable: Returnable, back: Parts, dependencies: ReturnDependencies) {
  if (returnable.row.kind !== 'post') return undefined;
  const { journal, earning } = dependencies;
  if (earning?.kind !== 'partner-calculated') return 'hindered';
  const table = await offersOf(returnable, journal, earning);
  if (table === undefined) return 'hindered';
  return milesBack(returnable, back, table, returnable.details.locationCode ?? earning.locationCode);
}

/**
 * The return as it is recorded and sent. A partner's return that takes no Miles back (what is kept earns as much) has
 * nothing to reverse: RECORD is the call for transactions that do not qualify for the others.
 */
function transactionOf(
  input: ReturnInput,
  returnable: Returnable,
  issuances: Exclude<Awaited<ReturnType<typeof issuancesFor>>, 'hindered'>,
  { clock, rules, earning }: ReturnDependencies,
): NewTransaction {
  const { row } = returnable;
  const { eligibleCents, excludedCents } = input;
  const taxes = taxesOf(returnable, input);
  const preTaxCents = totalOf(input);
  const recordedAtMs = clock.nowMs();
  const reference = makeReference(randomInt);
  const milesAmount = issuances?.reduce((total, each) => total + each.milesAmount, 0);
  const details: ReturnDetails = {
    taxes,
    eligibleCents,
    excludedCents,
    ...(milesAmount === undefined ? {} : { milesAmount }),
    issuances: (issuances ?? []).map(({ offerCode, milesAmount: miles }) => ({
      offerCode,
      milesAmount: miles,
    })),
  };
  const request = buildBasketBody(
    {
      collectorNumber: row.collectorNumber as CollectorNumber,
      deviceId: rules.deviceId,
      originalTransactionId: row.reference,
      preTaxCents,
      taxes,
      postTaxCents: postTaxTotal(preTaxCents, taxes),
      checkoutAtMs: recordedAtMs,
      checkoutTransactionId: reference,
      issuances: milesAmount === 0 ? undefined : issuances,
    },
    earning?.kind === 'partner-calculated' ? earning.offerIdForm : undefined,
  );
  const kindOfPartner = milesAmount === 0 ? 'record' : 'reverse';
  return {
    callerKey: input.returnKey,
    idempotencyKey: randomUUID(),
    reference,
    kind: milesAmount === undefined ? 'return' : kindOfPartner,
    originalSeq: row.seq,
    collectorNumber: row.collectorNumber,
    entryMode: row.entryMode,
    preTaxCents,
    postTaxCents: postTaxTotal(preTaxCents, taxes),
    transactionDay: transactionDayOf(recordedAtMs, rules.transactionDayZone),
    recordedAtMs,
    monotonicMs: Math.round(clock.monotonicMs()),
    details: JSON.stringify(details),
    request,
  };
}

/** The Miles a return would take back; undefined where AIR MILES computes them or it can not be made. */
export async function previewReturn(
  seq: number,
  back: Parts,
  dependencies: ReturnDependencies,
): Promise<number | undefined> {
  const returnable = await dependencies.originals.bySeq(seq);
  if (returnable === undefined || faultOf(back, returnable) !== undefined) return undefined;
  const issuances = await issuancesFor(returnable, back, dependencies);
  if (issuances === 'hindered') return undefined;
  if (issuances !== undefined) return issuances.reduce((total, each) => total + each.milesAmount, 0);
  const { row, milesReturned } = returnable;
  const isKnown = row.milesAmount !== null && isAll(back, returnable);
  return isKnown ? Math.max(0, row.milesAmount - milesReturned) : undefined;
}

/**
 * Returns a sale or part of it: computed from the sale as it was, capped by what is left over all earlier returns. A sale
 * that never reached AIR MILES and comes back whole is cancelled here; any other return is recorded behind its sale and
 * follows it. Recording the same `returnKey` again finds the first. Throws on a number that is no sale's.
 */
export async function returnMiles(
  input: ReturnInput,
  dependencies: ReturnDependencies,
): Promise<ReturnResult> {
  const { journal, clock, log, rules, originals } = dependencies;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = await journal.find(input.returnKey);
    if (before !== undefined) return { kind: 'recorded', row: before, isRepeat: true };
    const returnable = await originals.bySeq(input.seq);
    if (returnable === undefined) throw new Error(`No sale ${input.seq} to return`);
    const { row, returns } = returnable;
    // Pressed twice: the first press took the whole sale back.
    if (row.closedAs === 'returned-unsent') return { kind: 'cancelled', row };
    const fault = faultOf(input, returnable);
    if (fault !== undefined) return { kind: 'refused', fault, returnable };

    const isWhole = returns.length === 0 && isAll(input, returnable);
    const decision = { atMs: clock.nowMs(), actor: input.actor, why: 'returned whole' };
    if (isWhole) {
      const cancelled = await journal.cancel(row.seq, 'returned-unsent', decision);
      if (cancelled.kind === 'done') {
        log.info('sale-cancelled', { seq: row.seq, reference: row.reference });
        return { kind: 'cancelled', row: cancelled.row };
      }
    }
    // AIR MILES refused the sale: there is nothing there to take part of. It is corrected or given up first.
    if (row.state === 'needs-manager' && row.reason === 'rejected')
      return { kind: 'refused', fault: 'hindered', returnable };

    const issuances = await issuancesFor(returnable, input, dependencies);
    if (issuances === 'hindered') return { kind: 'refused', fault: 'hindered', returnable };
    const transaction = transactionOf(input, returnable, issuances, dependencies);
    const guards = {
      dueLimit: rules.storedLimit,
      equalSinceMs: undefined,
      by: { actor: input.actor },
    };
    const result = await journal.recordReturn(transaction, guards, returns.length);
    if (result.kind === 'not-stored') return result;
    if (result.kind !== 'recorded') continue;
    log.info('return-recorded', { seq: result.row.seq, reference: result.row.reference });
    return result;
  }
  return { kind: 'not-stored', reason: 'queue-full' };
}
