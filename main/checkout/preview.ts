import { randomInt } from 'node:crypto';
import type { CallInput, CallOutput } from '../../shared/contract/contract.ts';
import { transactionDayOf } from '../../shared/domain/transaction-day.ts';
import type { IssuanceClient } from '../airmiles/client.ts';
import { buildBasketBody } from '../airmiles/requests.ts';
import type { Connection } from '../forwarding/connection.ts';
import type { Forwarder } from '../forwarding/forwarder.ts';
import { JournalUnavailable } from '../journal/journal.ts';
import { earnOn, type PartnerEarning } from './earning.ts';
import type { IssueDependencies } from './issue.ts';
import { readSale, type ReadSale } from './read-sale.ts';
import { makeReference } from './reference.ts';

export interface PreviewDependencies extends IssueDependencies {
  readonly client: IssuanceClient;
  readonly connection: Connection;
  readonly forwarder: Pick<Forwarder, 'withTurn'>;
}

type Preview = CallOutput<'checkout.preview'>;

const TOTAL_MS = 1000;
/** After one that was too slow: where answers take that long, a question only stands in the way of the sale behind it. */
const REST_MS = 60_000;
/** As many as a Collector's sales are looked for in; where more are due, nothing is asked. */
const LOOKED_AT = 50;

const unknown: Preview = { kind: 'unknown' };

function previewBy(earning: PartnerEarning, sale: ReadSale, day: Parameters<typeof earnOn>[1]): Preview {
  const { milesAmount, eligibleCents, preTaxCents, lines } = earnOn(sale, day, earning);
  return {
    kind: 'earns',
    milesAmount,
    eligibleCents,
    preTaxCents,
    ...(milesAmount === 0 && earning.recordsNonQualifying === true ? { isRecorded: true } : {}),
    lines: lines.map((line) => {
      const offer = earning.table.offers.find(({ offerCode }) => offerCode === line.offerCode);
      const { offerCode } = line;
      return {
        offerCode,
        ...(offer === undefined ? {} : { nameByLanguage: offer.name }),
        milesAmount: line.milesAmount,
      };
    }),
  };
}

/**
 * Says what a sale would earn before it is issued: by the offer table at once, or, where AIR MILES calculates, by
 * CALCULATE within a second. Whatever stands in the way makes it unknown, and it stands in the way of nothing: it asks
 * only on a way that works, for a Collector with nothing due, and in that Collector's own turn.
 */
export function createPreview(dependencies: PreviewDependencies) {
  const { journal, clock, log, rules, earning, client, connection, forwarder } = dependencies;
  let restsUntilMs = Number.NEGATIVE_INFINITY;

  async function hasNothingDue(collectorNumber: string): Promise<boolean> {
    const [counts, rows] = await Promise.all([journal.counts(), journal.recent(LOOKED_AT)]);
    const due = rows.filter(({ state }) => state === 'due');
    return due.length === counts.due && due.every((row) => row.collectorNumber !== collectorNumber);
  }

  async function calculate(sale: ReadSale, signal: AbortSignal): Promise<Preview> {
    if (!(await hasNothingDue(sale.collectorNumber))) return unknown;
    const body = buildBasketBody({
      ...sale,
      checkoutAtMs: clock.nowMs(),
      checkoutTransactionId: makeReference(randomInt),
      deviceId: rules.deviceId,
    });
    const answer = await client.send(
      { endpoint: 'calculate', idempotencyKey: undefined, body, totalTimeoutMs: TOTAL_MS },
      signal,
    );
    const code = answer.kind === 'answered' ? `HTTP ${answer.status}` : answer.failure.kind;
    log.info('preview-ended', { code, elapsedMs: answer.elapsedMs });
    if (answer.kind === 'unanswered') {
      restsUntilMs = clock.monotonicMs() + REST_MS;
      return unknown;
    }
    const { milesAmount } = answer.reading;
    if (answer.status !== 200 || milesAmount === undefined || milesAmount < 0) return unknown;
    dependencies.expectedMiles?.learn(sale, milesAmount);
    const { preTaxCents } = sale;
    return { kind: 'earns', milesAmount, eligibleCents: preTaxCents, preTaxCents, lines: [] };
  }

  return async (input: CallInput<'checkout.preview'>): Promise<Preview> => {
    const reading = readSale(input, rules);
    if (reading.kind === 'refused' || earning?.kind === 'no-offer-table') return unknown;
    const { sale } = reading;
    if (earning?.kind === 'partner-calculated') {
      return previewBy(earning, sale, transactionDayOf(clock.nowMs(), rules.transactionDayZone));
    }
    const isWayClear = connection.state().kind !== 'trouble' && connection.allowed() > 0;
    if (!isWayClear || clock.monotonicMs() < restsUntilMs) return unknown;
    try {
      const turn = await forwarder.withTurn(sale.collectorNumber, (signal) => calculate(sale, signal));
      return turn.kind === 'had' ? turn.result : unknown;
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      return unknown;
    }
  };
}
