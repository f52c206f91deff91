import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import {
  createIssuanceClient,
  type IssuanceClientOptions,
  type OutgoingRequest,
} from '../../../main/airmiles/client.ts';
import { buildBasketBody } from '../../../main/airmiles/requests.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import type { FaultsInput } from '../../../main/simulator/faults.ts';
import { createSimulator, type SimulatorOptions, type Simulator } from '../../../main/simulator/simulator.ts';
import type { CollectorNumber } from '../../../shared/domain/collector-number.ts';
import { cents } from '../../../shared/domain/money.ts';
import { noTaxes } from '../../../shared/domain/tax.ts';

/** The body of a sale of $102.00 before tax: 5 Miles at the simulator's usual rate. */
export function saleBody(collectorNumber: string, checkoutTransactionId: string = randomUUID()): Uint8Array {
  return buildBasketBody({
    preTaxCents: cents(10_200),
    taxes: { ...noTaxes, hst: cents(1326) },
    postTaxCents: cents(11_526),
    checkoutAtMs: Date.UTC(2026, 0, 2, 15, 4, 5, 6),
    checkoutTransactionId,
    collectorNumber: collectorNumber as CollectorNumber,
    deviceId: 'POS1',
  });
}

export function saleOf(collectorNumber: string, fields: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return {
    endpoint: 'issue',
    idempotencyKey: randomUUID(),
    body: saleBody(collectorNumber),
    totalTimeoutMs: 5000,
    ...fields,
  };
}

/** A client of this simulator, closed when the test is over. Everything it logs lands in `lines`. */
export function clientOf(simulator: Simulator, options: Partial<IssuanceClientOptions> = {}) {
  const lines: string[] = [];
  const client = createIssuanceClient({
    baseUrl: simulator.url,
    credentials: {
      tokenUrl: simulator.tokenUrl,
      clientId: simulator.clientId,
      clientSecret: () => Promise.resolve(simulator.clientSecret),
    },
    trust: { kind: 'pinned', caPem: simulator.caPem },
    log: createLog({ write: (line: string) => lines.push(line) }),
    ...options,
  });
  onTestFinished(() => client.close());
  const unhurried = new AbortController().signal;
  return {
    lines,
    send: (request: OutgoingRequest, signal: AbortSignal = unhurried) => client.send(request, signal),
    readHistory: client.readHistory,
    close: () => client.close(),
  };
}

/** A simulator and a client of it, both gone when the test is over, and the first of its Collectors. */
export async function createRig(
  options: SimulatorOptions = {},
  clientOptions: Partial<IssuanceClientOptions> = {},
) {
  const simulator = await createSimulator(options);
  onTestFinished(() => simulator.stop());
  const client = clientOf(simulator, clientOptions);
  const [collector = '', other = ''] = simulator.practiceCollectors;
  const credits = () => simulator.ledger().entries.filter(({ endpoint }) => endpoint === 'issue');
  return { simulator, client, collector, other, credits };
}

/** A rig whose client has its token and its connection already, so that a short time limit meets the fault alone. */
export async function createWarmRig(faults: FaultsInput) {
  const rig = await createRig();
  await rig.client.send(saleOf(rig.collector, { endpoint: 'calculate', idempotencyKey: undefined }));
  rig.simulator.setFaults(faults);
  return rig;
}
