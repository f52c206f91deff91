import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { issueMiles } from '../../../main/checkout/issue.ts';
import type { AtCheckout } from '../../../main/operators/operators.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { createManualClock } from '../../unit/manual-clock.ts';
import { createKeptLog } from '../hosts/scripted-terminal.ts';
import { openedJournal, temporaryFolder } from '../journal/support.ts';

async function openCheckout(atCheckout: () => AtCheckout) {
  const journal = await openedJournal(temporaryFolder());
  const input = {
    saleKey: randomUUID(),
    collectorText: makeCollectorNumber(Math.random),
    entryMode: 'keyed',
    preTaxCents: 2497,
    taxes: { gst: 0, hst: 325, pst: 0, qst: 0 },
    isSecondSale: false,
  } as const;
  const dependencies = {
    journal,
    clock: createManualClock().clock,
    log: createKeptLog().log,
    atCheckout,
    rules: {
      collectorNumber: { length: 11, startsWith: '8', check: 'modulus-11' },
      amountLimitCents: 1_000_000,
      askAgainMs: 0,
      storedLimit: 1000,
      milesLimit: 10_000,
      transactionDayZone: 'EST',
      deviceId: '1100-3',
    },
  } as const;
  return { journal, issue: () => issueMiles(input, dependencies) };
}

test('a sale carries the name of whoever is signed in, in the audit chain', async () => {
  const { journal, issue } = await openCheckout(() => ({ kind: 'open', actor: 'Luc' }));
  const result = await issue();
  if (result.kind !== 'recorded') throw new Error(result.kind);
  const story = await journal.story(result.row.seq);
  expect(story?.lines).toMatchObject([{ what: 'stored', actor: 'Luc' }]);
});

test('a sale is not stored where somebody has to be signed in and nobody is', async () => {
  let at: AtCheckout = { kind: 'sign-in-needed' };
  const { journal, issue } = await openCheckout(() => at);
  expect(await issue()).toEqual({ kind: 'sign-in-needed' });
  expect(await journal.recent(10)).toEqual([]);
  at = { kind: 'open', actor: 'Luc' };
  expect(await issue()).toMatchObject({ kind: 'recorded', isRepeat: false });
  // A press that was cut off, sent again after the terminal locked: it finds its sale.
  at = { kind: 'sign-in-needed' };
  expect(await issue()).toMatchObject({ kind: 'recorded', isRepeat: true });
  expect(await journal.recent(10)).toHaveLength(1);
});
