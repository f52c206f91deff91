import { onTestFinished } from 'vitest';
import { createSimulator, type SimulatorOptions } from '../../../main/simulator/simulator.ts';
import { authorizationOf, callRaw, type RawAnswer } from './call.ts';

/** A simulator and ways to call it that leave every detail to the test. */
export async function createCounterRig(options: SimulatorOptions = {}) {
  const simulator = await createSimulator(options);
  onTestFinished(() => simulator.stop());
  const authorization = await authorizationOf(simulator);
  const [collectorNumber = '', otherNumber = ''] = simulator.practiceCollectors;
  const basket = (fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
    basketGSTAmount: 0,
    basketHSTAmount: 3.25,
    basketPSTAmount: 0,
    basketQSTAmount: 0,
    basketPostTaxAmount: 28.22,
    basketPreTaxAmount: 24.97,
    checkoutDateTime: '2019-05-30T14:12:59.479Z',
    checkoutTransactionId: '12340001111',
    collectorNumber,
    deviceId: 'POS1',
    ...fields,
  });
  const call = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    callRaw(simulator, {
      path: `/checkout/issuance/${path}`,
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const issue = (fields: Readonly<Record<string, unknown>> = {}, key?: string) =>
    call('issue', basket(fields), key === undefined ? {} : { 'idempotency-key': key });
  const event = (fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
    clientTransactionId: '111112314',
    collectorNumber,
    deviceId: 'POS1',
    issuances: [{ issuanceOfferCode: 'STANDARD', locationCode: '0037', milesAmount: 8, offerId: 22 }],
    ...fields,
  });
  const read = async (answer: Promise<RawAnswer>) => {
    const { status, text } = await answer;
    return { status, body: JSON.parse(text) as Record<string, unknown> };
  };
  /** A history request with every parameter; a `undefined` one is left out. */
  const history = (fields: Readonly<Record<string, string | undefined>> = {}, more = '') => {
    const query = Object.entries({
      from: '2026-01-01',
      to: '2026-12-31',
      sponsorList: 'LOY1',
      collectorNumber,
      ...fields,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return read(
      callRaw(simulator, {
        method: 'GET',
        path: `/transaction-history/sponsors?${new URLSearchParams(query).toString()}${more}`,
        headers: { authorization },
      }),
    );
  };
  const balance = (): number =>
    simulator.collectors().find((each) => each.collectorNumber === collectorNumber)?.balanceMiles ??
    Number.NaN;
  const credited = () => simulator.ledger().entries.filter(({ endpoint }) => endpoint === 'issue');
  return {
    simulator,
    collectorNumber,
    otherNumber,
    basket,
    event,
    call,
    read,
    issue,
    history,
    balance,
    credited,
  };
}
