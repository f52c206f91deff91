import { randomInt, randomUUID } from 'node:crypto';
import { createIssuanceClient } from '../../../main/airmiles/client.ts';
import { buildBasketBody } from '../../../main/airmiles/requests.ts';
import { makeReference } from '../../../main/checkout/reference.ts';
import { systemClock } from '../../../main/clock.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { createConnection } from '../../../main/forwarding/connection.ts';
import { createForwarder } from '../../../main/forwarding/forwarder.ts';
import { openJournal, type Journal } from '../../../main/journal/journal.ts';
import type { Settlement } from '../../../main/journal/rows.ts';
import { createReconciler, type ReconcilerOptions } from '../../../main/reconciliation/reconciler.ts';
import { createSimulator } from '../../../main/simulator/simulator.ts';
import type { Reconciliation } from '../../../shared/contract/day.ts';
import type { CollectorNumber } from '../../../shared/domain/collector-number.ts';
import { cents } from '../../../shared/domain/money.ts';
import { noTaxes } from '../../../shared/domain/tax.ts';

export const PLANTED_DAY = '2026-03-02';
const DAY_START_MS = Date.parse('2026-03-02T15:00:00Z');
const PRE_TAX_CENTS = 10_200;
const MILES = 5;
const PARALLEL = 16;

/** What was planted, by the references it must be found under. */
export interface Planted {
  readonly missingThere: readonly string[];
  readonly missingHere: readonly string[];
  readonly different: readonly string[];
  /** Accepted here, and there: they become credited. */
  readonly accepted: readonly string[];
}

async function each<Thing>(
  things: readonly Thing[],
  work: (thing: Thing, index: number) => Promise<void>,
): Promise<void> {
  const left = things.entries();
  const one = async (): Promise<void> => {
    for (const [index, thing] of left) await work(thing, index);
  };
  await Promise.all(Array.from({ length: PARALLEL }, one));
}

const nothing = (): void => undefined;

/**
 * A journal with so many sales of one day, a simulator that credited them over HTTPS, and so many differences of each
 * kind between the two.
 */
export async function plantDay(folder: string, sales: number, ofEachKind: number) {
  const simulator = await createSimulator({ collectorCount: sales, nowMs: () => DAY_START_MS + 3_600_000 });
  const log = createLog({ write: nothing });
  const client = createIssuanceClient({
    baseUrl: simulator.url,
    credentials: {
      tokenUrl: simulator.tokenUrl,
      clientId: simulator.clientId,
      clientSecret: () => Promise.resolve(simulator.clientSecret),
    },
    trust: { kind: 'pinned', caPem: simulator.caPem },
    log,
  });
  const opening = await openJournal({ folder, environment: 'training', reserveBytes: 0 });
  if (opening.kind === 'refused') throw new Error(opening.message);
  const { journal } = opening;
  const signal = new AbortController().signal;

  const send = async (request: Uint8Array, idempotencyKey: string): Promise<void> => {
    const call = { endpoint: 'issue', idempotencyKey, body: request, totalTimeoutMs: 30_000 } as const;
    const answer = await client.send(call, signal);
    if (answer.kind !== 'answered' || answer.status !== 200) throw new Error(JSON.stringify(answer));
  };
  const bodyOf = (collectorNumber: string, checkoutTransactionId: string, atMs: number): Uint8Array =>
    buildBasketBody({
      preTaxCents: cents(PRE_TAX_CENTS),
      taxes: noTaxes,
      postTaxCents: cents(PRE_TAX_CENTS),
      checkoutAtMs: atMs,
      checkoutTransactionId,
      collectorNumber: collectorNumber as CollectorNumber,
      deviceId: '1100-3',
    });
  const settle = async (seq: number, next: Settlement['next']): Promise<void> => {
    const code = next.kind === 'credited' ? 'credited' : 'accepted';
    const none = { detail: undefined, serverDateMs: undefined, answer: undefined };
    await journal.settle({ seq, startedAtMs: DAY_START_MS, elapsedMs: 5, status: 200, code, ...none, next });
  };

  const planted = {
    missingThere: [] as string[],
    missingHere: [] as string[],
    different: [] as string[],
    accepted: [] as string[],
  };
  const collectors = simulator.practiceCollectors.slice(0, sales);
  await each(collectors, async (collectorNumber, index) => {
    const reference = makeReference(randomInt);
    const idempotencyKey = randomUUID();
    const recordedAtMs = DAY_START_MS + index;
    const request = bodyOf(collectorNumber, reference, recordedAtMs);
    const result = await journal.record(
      {
        callerKey: randomUUID(),
        idempotencyKey,
        reference,
        kind: 'issue',
        originalSeq: undefined,
        collectorNumber,
        entryMode: 'scanned',
        preTaxCents: PRE_TAX_CENTS,
        postTaxCents: PRE_TAX_CENTS,
        transactionDay: PLANTED_DAY,
        recordedAtMs,
        monotonicMs: index,
        details: '{}',
        request,
      },
      { dueLimit: sales + 1, equalSinceMs: undefined },
    );
    if (result.kind !== 'recorded') throw new Error(result.kind);
    const { seq } = result.row;
    // Spread over the day, so that no kind stands in one page.
    const stride = Math.floor(sales / (4 * ofEachKind));
    const kind = index % stride === 0 && index / stride < 4 * ofEachKind ? (index / stride) % 4 : undefined;
    const credited = { kind: 'credited', milesAmount: MILES, balanceMiles: undefined } as const;
    if (kind === 0) {
      planted.missingThere.push(reference);
      await settle(seq, credited);
      return;
    }
    await send(request, idempotencyKey);
    if (kind === 1) {
      const other = makeReference(randomInt);
      planted.missingHere.push(other);
      await send(bodyOf(collectorNumber, other, recordedAtMs), randomUUID());
    }
    if (kind === 2) planted.different.push(reference);
    if (kind === 3) planted.accepted.push(reference);
    if (kind === 3) await settle(seq, { kind: 'accepted' });
    else await settle(seq, kind === 2 ? { ...credited, milesAmount: MILES + 2 } : credited);
  });
  return { simulator, client, journal, planted: planted satisfies Planted };
}

/** A reconciler over a journal as a terminal runs it, with a forwarder whose turns it borrows. */
export function reconcilerOver(
  journal: Journal,
  client: ReconcilerOptions['client'] & Parameters<typeof createForwarder>[0]['client'],
  changes: Partial<ReconcilerOptions> = {},
) {
  const shared = { clock: systemClock, random: Math.random, log: createLog({ write: nothing }) };
  const backoff = { firstMs: 20, capMs: 100 };
  const connection = createConnection({
    ...shared,
    parallel: 4,
    backoff,
    returnSpreadMs: 0,
    onChange: nothing,
  });
  const forwarder = createForwarder({
    ...shared,
    journal,
    client,
    connection,
    policy: { backoff, keyLifetimeMs: 86_400_000, requestTimeoutMs: 5000, backlogPerSecond: 1000 },
    onTransaction: nothing,
  });
  const progress: Reconciliation[] = [];
  const reconciler = createReconciler({
    ...shared,
    journal,
    client,
    forwarder,
    sponsorCodes: ['LOY1'],
    perSecond: 1_000_000,
    requestTimeoutMs: 5000,
    backoff,
    zone: 'EST',
    onProgress: (reconciliation) => progress.push(reconciliation),
    onCredited: nothing,
    ...changes,
  });
  forwarder.start();
  return { reconciler, forwarder, progress };
}
