import { createReturnsHandlers } from '../../../main/checkout/returns/handlers.ts';
import type { Earning } from '../../../main/checkout/earning.ts';
import { systemClock } from '../../../main/clock.ts';
import { createEvents } from '../../../main/events.ts';
import { createOperators } from '../../../main/operators/operators.ts';
import { createRig } from '../airmiles/rig.ts';
import { createKeptLog } from '../hosts/scripted-terminal.ts';
import { ANA_PIN, cheapPins } from '../operators/support.ts';
import { openShop } from './shop.ts';

/** The most Miles a person may move by hand in these tests. */
export const MILES_LIMIT = 500;

/** What a manager keys by hand at a real shop over HTTPS, with Ana the manager to say yes by her PIN. */
export async function openHandKeyed(earning: Earning) {
  const rig = await createRig();
  const shop = await openShop(rig.client, { earning });
  const operators = await createOperators({
    journal: shop.journal,
    clock: systemClock,
    events: createEvents(),
    log: createKeptLog().log,
    mode: 'managers',
    autoLockMinutes: 5,
    cost: cheapPins,
    peppers: () => [],
  });
  await operators.handlers['operators.setUp']({ name: 'Ana', pin: ANA_PIN, isSigningIn: false });
  const calls = createReturnsHandlers({
    ...shop.issuing,
    originals: shop.originals,
    authority: operators.authority,
    forwarder: shop.forwarder,
    correctionMilesLimit: MILES_LIMIT,
    customerView: { returning: () => undefined, leftReturn: () => undefined },
    keying: { say: () => undefined },
    show: (row) => shop.recentSales.view(row),
  });
  return {
    ...rig,
    shop,
    /** Another terminal of the store, with a journal of its own. */
    openSecondLane: () => openShop(rig.client, { earning }),
    calls,
    /** Ana's yes to one action. */
    async approve(): Promise<string> {
      const operatorId = operators.view().operators[0]?.id ?? '';
      const reply = await operators.handlers['operators.approve']({ operatorId, pin: ANA_PIN });
      if (reply.kind !== 'approved') throw new Error(reply.kind);
      return reply.approval;
    },
    /** The transaction once AIR MILES said yes to it. */
    async credited(seq: number) {
      await shop.shown(seq, ({ outcome }) => outcome === 'credited');
      return await shop.journal.row(seq);
    },
    /** Who stored it and why, from the audit chain. */
    async storedBy(seq: number): Promise<{ actor: string | null; why: unknown }> {
      const line = (await shop.journal.story(seq))?.lines.find(({ what }) => what === 'stored');
      const { why } = JSON.parse(line?.detail ?? '{}') as { why?: unknown };
      return { actor: line?.actor ?? null, why };
    },
  };
}
