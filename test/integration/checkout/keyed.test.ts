import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { recordKeyedReturn } from '../../../main/checkout/returns/keyed.ts';
import { isWithoutOriginal } from '../../../main/checkout/sale-view.ts';
import { createRig } from '../airmiles/rig.ts';
import { openShop } from './shop.ts';

test('a return without its sale is recorded once with its reason, sent, and marked', async () => {
  const rig = await createRig();
  const shop = await openShop(rig.client);
  const sold = await shop.issue(rig.collector, 6000);
  await shop.shown(sold, (sale) => sale.outcome === 'credited');
  const input = {
    returnKey: randomUUID(),
    collectorText: rig.collector,
    entryMode: 'keyed',
    preTaxCents: 2000,
    taxes: { gst: 0, hst: 260, pst: 0, qst: 0 },
    paperReference: '',
    reason: 'Bought at another store',
  } as const;
  const keyed = { ...shop.issuing, correctionMilesLimit: 500 };
  expect(await recordKeyedReturn({ ...input, reason: ' ' }, 'Ana', keyed)).toMatchObject({ fault: 'reason' });
  const first = await recordKeyedReturn(input, 'Ana', keyed);
  const again = await recordKeyedReturn(input, 'Ana', keyed);
  expect([first, again]).toMatchObject([{ isRepeat: false }, { isRepeat: true }]);
  if (first.kind !== 'recorded') throw new Error(first.kind);
  await shop.sendNow();
  await expect.poll(async () => (await shop.journal.row(first.row.seq)).state).toBe('credited');
  expect(isWithoutOriginal(first.row)).toBe(true);
  expect(rig.simulator.ledger().entries.map(({ milesAmount }) => milesAmount)).toEqual([3, -1]);
  const story = await shop.journal.story(first.row.seq);
  expect(story?.lines[0]).toMatchObject({
    what: 'stored',
    actor: 'Ana',
    detail: '{"why":"Bought at another store"}',
  });
});
