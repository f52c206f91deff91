import type { Handlers } from '../../../shared/contract/contract.ts';
import type { returnsCalls } from '../../../shared/contract/returns.ts';
import type { Sale } from '../../../shared/contract/views.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { CustomerViewKeeper } from '../../customer/customer-view.ts';
import type { Forwarder } from '../../forwarding/forwarder.ts';
import type { TransactionRow } from '../../journal/rows.ts';
import type { Authority } from '../../operators/authority.ts';
import type { Keying } from '../../updates/keying.ts';
import { partsOf } from './returnable.ts';
import {
  readCorrection,
  readKeyedReturn,
  recordKeyed,
  type KeyedDependencies,
  type ReadKeyed,
} from './keyed.ts';
import { previewReturn, returnMiles, type ReturnDependencies } from './return-miles.ts';

export interface ReturnsHandlersDependencies extends ReturnDependencies, KeyedDependencies {
  readonly authority: Authority;
  readonly forwarder: Pick<Forwarder, 'sendFirst'>;
  readonly customerView: Pick<CustomerViewKeeper, 'returning' | 'leftReturn'>;
  readonly keying: Pick<Keying, 'say'>;
  /** Shows a transaction where recent ones are shown, and gives its view. */
  readonly show: (row: TransactionRow) => Sale;
}

/** Returns and corrections, each behind a manager. */
export function createReturnsHandlers(
  dependencies: ReturnsHandlersDependencies,
): Omit<Pick<Handlers, keyof typeof returnsCalls>, 'returns.askElsewhere'> {
  const { authority, forwarder, customerView, keying, show, originals, earning, correctionMilesLimit } =
    dependencies;

  const send = (row: TransactionRow, isRepeat: boolean): Sale => {
    if (!isRepeat) forwarder.sendFirst(row.seq);
    return show(row);
  };
  /** A form that can not be recorded says so before a manager is asked; an approval is used up by its call all the same. */
  const keyed = async (approval: string | undefined, reading: ReadKeyed | Promise<ReadKeyed>) => {
    const authorization = authority.authorize('manager', approval);
    const read = await reading;
    if (read.kind !== 'ready') return read;
    if (authorization.kind === 'approval-needed') return authorization;
    const result = await recordKeyed(read, authorization.actor, dependencies);
    if (result.kind !== 'recorded') return result;
    return { kind: 'recorded' as const, sale: send(result.row, result.isRepeat) };
  };

  return {
    'returns.find': async (input) => {
      const found =
        input.by === 'reference'
          ? await originals.byReference(input.text)
          : await originals.byCollector(input.collectorText, input.transactionDay);
      if (found === undefined) return { kind: 'unreadable' };
      return found.length === 0 ? { kind: 'not-found' } : { kind: 'found', originals: found };
    },
    'returns.preview': async ({ seq, ...back }) => {
      const milesAmount = await previewReturn(seq, partsOf(back), dependencies);
      customerView.returning(milesAmount);
      return milesAmount === undefined ? { kind: 'unknown' } : { kind: 'takes-back', milesAmount };
    },
    'returns.leave': () => {
      customerView.leftReturn();
      return {};
    },
    'returns.keying': ({ isOpen }) => {
      keying.say(isOpen);
      return {};
    },
    'returns.record': async ({ approval, returnKey, seq, ...back }) => {
      const authorization = authority.authorize('manager', approval);
      if (authorization.kind === 'approval-needed') return authorization;
      const { actor } = authorization;
      const result = await returnMiles({ returnKey, seq, ...partsOf(back), actor }, dependencies);
      switch (result.kind) {
        case 'recorded':
          return { kind: 'recorded', sale: send(result.row, result.isRepeat) };
        case 'cancelled':
          return { kind: 'cancelled', sale: show(result.row) };
        case 'refused':
          return {
            kind: 'refused',
            fault: result.fault,
            original: await originals.viewOf(result.returnable),
          };
        case 'not-stored':
          return result;
        default:
          return assertNever(result);
      }
    },
    'returns.recordKeyed': ({ approval, ...input }) => keyed(approval, readKeyedReturn(input, dependencies)),
    'corrections.options': () => ({
      offers:
        earning?.kind === 'partner-calculated'
          ? earning.table.offers.map(({ offerCode, name }) => ({ offerCode, nameByLanguage: name }))
          : [],
      milesLimit: correctionMilesLimit,
    }),
    'corrections.record': ({ approval, ...input }) => keyed(approval, readCorrection(input, dependencies)),
  };
}
