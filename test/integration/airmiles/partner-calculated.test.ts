import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Endpoint } from '../../../main/airmiles/endpoints.ts';
import { buildBasketBody } from '../../../main/airmiles/requests.ts';
import type { CollectorNumber } from '../../../shared/domain/collector-number.ts';
import { readOfferTable } from '../../../shared/domain/earn/check.ts';
import { earn } from '../../../shared/domain/earn/engine.ts';
import { issuancesOf } from '../../../shared/domain/earn/issuances.ts';
import { cents } from '../../../shared/domain/money.ts';
import { noTaxes } from '../../../shared/domain/tax.ts';
import { transactionDayOf } from '../../../shared/domain/transaction-day.ts';
import { createRig } from './rig.ts';

const name = { 'en-CA': 'Offer', 'fr-CA': 'Offre' };
const offerTable = JSON.stringify({
  format: 1,
  version: '2026-11-22',
  exclusions: { departmentIds: ['LOTTERY'] },
  offers: [
    { kind: 'base', offerCode: 'STANDARD', offerId: '123454', name, tiers: [{ centsPerStep: 2000 }] },
    { kind: 'multiplier', offerCode: 'SEVENX', offerId: '22', name, baseOfferCode: 'STANDARD', times: 7 },
  ],
});

const items = [
  { id: 'DOG', name: 'Dog Food', totalCents: cents(8950), departmentId: 'PET' },
  { id: 'TICKET', name: 'Ticket', totalCents: cents(1250), departmentId: 'LOTTERY' },
];

test('what a partner earned by its offer table is posted, and what is brought back is reversed', async () => {
  const rig = await createRig({ offerCodes: ['STANDARD', 'SEVENX'], locationCodes: ['0037'] });
  const reading = readOfferTable(offerTable, { offerIdForm: 'number' });
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.problems));
  const { table } = reading;
  const checkoutAtMs = Date.UTC(2026, 10, 22, 15);
  const earned = earn(
    {
      transactionDay: transactionDayOf(checkoutAtMs, 'EST'),
      locationCode: '0037',
      couponCodes: [],
      lines: items.map(({ id, ...line }) => ({ itemId: id, ...line })),
    },
    table,
  );
  expect(earned).toMatchObject({ milesAmount: 28, eligibleCents: 8950, preTaxCents: 10_200 });

  const send = (endpoint: Endpoint, id: string, originalTransactionId?: string) =>
    rig.client.send({
      endpoint,
      idempotencyKey: randomUUID(),
      totalTimeoutMs: 5000,
      body: buildBasketBody(
        {
          preTaxCents: earned.preTaxCents,
          taxes: noTaxes,
          postTaxCents: earned.preTaxCents,
          checkoutAtMs,
          checkoutTransactionId: id,
          collectorNumber: rig.collector as CollectorNumber,
          deviceId: 'POS1',
          items: items.map((item, index) => ({
            ...item,
            number: index + 1,
            quantity: 1,
            unitCents: item.totalCents,
          })),
          issuances: issuancesOf(earned, table),
          originalTransactionId,
        },
        'number',
      ),
    });
  const before = rig.simulator.collectors()[0]?.balanceMiles;
  expect(await send('post', 'sale')).toMatchObject({ status: 200, reading: { milesAmount: 28 } });
  expect(rig.simulator.ledger().entries).toMatchObject([
    {
      milesAmount: 28,
      transactionDay: '2026-11-22',
      offers: [
        { offerCode: 'STANDARD', locationCode: '0037', milesAmount: 4 },
        { offerCode: 'SEVENX', milesAmount: 24 },
      ],
    },
  ]);
  expect(await send('reverse', 'return', 'sale')).toMatchObject({
    status: 200,
    reading: { milesAmount: 28, balanceMiles: before },
  });
  expect(await send('reverse', 'once more', 'sale')).toMatchObject({
    status: 400,
    reading: { code: 'EXCEEDS_ORIGINAL' },
  });
});
