import { buildEventBody } from '../../../main/airmiles/event-requests.ts';
import type { Endpoint } from '../../../main/airmiles/endpoints.ts';
import { buildBasketBody, type BasketRequest } from '../../../main/airmiles/requests.ts';
import type { CollectorNumber } from '../../../shared/domain/collector-number.ts';
import { cents } from '../../../shared/domain/money.ts';
import { noTaxes } from '../../../shared/domain/tax.ts';

const issuances = [{ offerCode: 'STANDARD', locationCode: '0037', milesAmount: 1, offerId: '22' }];

const common = (collectorNumber: string) => ({
  collectorNumber: collectorNumber as CollectorNumber,
  deviceId: 'POS1',
});

/** A sale or a return of $20.00 before tax: 1 Mile. */
function basket(collectorNumber: string, id: string, fields: Partial<BasketRequest> = {}): Uint8Array {
  return buildBasketBody({
    ...common(collectorNumber),
    preTaxCents: cents(2000),
    taxes: { ...noTaxes, hst: cents(260) },
    postTaxCents: cents(2260),
    checkoutAtMs: Date.UTC(2026, 0, 2, 15, 4, 5, 6),
    checkoutTransactionId: id,
    ...fields,
  });
}

function event(collectorNumber: string, clientTransactionId: string): Uint8Array {
  return buildEventBody({ ...common(collectorNumber), clientTransactionId, issuances }, 'number');
}

/** A small right body for each endpoint. */
export const requestBodies: Readonly<Record<Endpoint, (collectorNumber: string, id?: string) => Uint8Array>> =
  {
    calculate: (collectorNumber, id = 'T1') => basket(collectorNumber, id),
    issue: (collectorNumber, id = 'T1') => basket(collectorNumber, id),
    return: (collectorNumber, id = 'T1') => basket(collectorNumber, id),
    record: (collectorNumber, id = 'T1') => basket(collectorNumber, id, { issuances }),
    post: (collectorNumber, id = 'T1') => basket(collectorNumber, id, { issuances }),
    'post-event': (collectorNumber, id = 'T1') => event(collectorNumber, id),
    reverse: (collectorNumber, id = 'T1') => basket(collectorNumber, id, { issuances }),
    'reverse-event': (collectorNumber, id = 'T1') => event(collectorNumber, id),
  };
