import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Endpoint } from '../airmiles/endpoints.ts';
import { answer, refusal, type CounterAnswer } from './answers.ts';
import type { ReadCall } from './counter.ts';
import type { CounterCall } from './read-call.ts';
import { isSpoiling, paused, spoil } from './delivery.ts';
import { maintenanceAt, type FaultKind, type Faults } from './faults.ts';
import type { LedgerStats } from './ledger.ts';
import type { TokenOffice } from './tokens.ts';

export interface CallDependencies {
  readonly readCall: (call: CounterCall) => ReadCall;
  readonly tokens: TokenOffice;
  readonly stats: LedgerStats;
  readonly faults: () => Faults;
  readonly drawFault: (endpoint: Endpoint) => FaultKind | undefined;
  readonly resetConnection: (socket: Socket | null) => void;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
}

/** What goes back over the wire; undefined where the connection was dealt with already. */
export type Delivery = (CounterAnswer & { readonly retryAfterSeconds?: number }) | undefined;

const MAX_KEY_LENGTH = 255;

/** The issuance paths: token first, then faults, one call at a time for a Collector, then the counter's own rules. */
export function createIssuanceCalls(dependencies: CallDependencies) {
  const { readCall, tokens, stats, faults, drawFault, resetConnection, nowMs, signal } = dependencies;
  /** Collectors whose call is being worked on, and whether its caller still waits. */
  const busy = new Map<string, () => boolean>();

  const workOn = async (
    call: CounterCall,
    fault: FaultKind | undefined,
    isWaiting: () => boolean,
  ): Promise<Delivery> => {
    const { latencyMs, retryAfterSeconds } = faults();
    const read = readCall(call);
    const collectorNumber = read.kind === 'readable' ? read.collectorNumber : undefined;
    if (collectorNumber !== undefined) {
      const isFirstStillWaiting = busy.get(collectorNumber);
      if (isFirstStillWaiting !== undefined) {
        if (isFirstStillWaiting()) stats.parallelViolations += 1;
        else stats.busyAfterClientLeft += 1;
        return refusal('collectorBusy', 'A transaction of this Collector is being processed.');
      }
      busy.set(collectorNumber, isWaiting);
    }
    try {
      if (latencyMs > 0 && !(await paused(latencyMs, signal))) return undefined;
      if (fault !== undefined && fault !== '202' && !isSpoiling(fault))
        return failing(fault, retryAfterSeconds);
      if (read.kind === 'refused') return read.answer;
      if (fault === 'dropBefore' || fault === 'reset') return refusal('invalidDetails', 'Dropped.');
      return read.work(fault === '202');
    } finally {
      if (collectorNumber !== undefined) busy.delete(collectorNumber);
    }
  };

  return async (
    endpoint: Endpoint,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    body: Uint8Array,
  ) => {
    stats.requests += 1;
    if (!tokens.isValid(incoming.headers.authorization)) return refusal('unauthorized', 'No valid token.');
    const retryAfterSeconds = maintenanceAt(faults(), nowMs());
    if (retryAfterSeconds !== undefined) {
      return { ...refusal('maintenance', 'Scheduled maintenance.'), retryAfterSeconds };
    }
    const key = incoming.headers['idempotency-key'];
    if (Array.isArray(key) || key === '' || (key !== undefined && key.length > MAX_KEY_LENGTH)) {
      return refusal('invalidDetails', 'The Idempotency-Key is empty, too long or given twice.');
    }
    const fault = drawFault(endpoint);
    const isWaiting = (): boolean => !incoming.socket.destroyed;
    const delivery = await workOn({ endpoint, idempotencyKey: key, body }, fault, isWaiting);
    if (delivery === undefined || fault === undefined || !isSpoiling(fault)) return delivery;
    await spoil(outgoing, fault, delivery, { slowMs: faults().slowMs, resetConnection, signal });
    return undefined;
  };
}

/** A status that was asked for by a fault. Nothing was credited. */
export function failing(status: string, retryAfterSeconds: number): Delivery {
  const failed = answer(Number(status), {
    responseCode: `SIMULATED_${status}`,
    message: 'A simulated fault.',
  });
  return status === '429' || status === '503' ? { ...failed, retryAfterSeconds } : failed;
}
