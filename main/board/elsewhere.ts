import type { Handlers } from '../../shared/contract/contract.ts';
import { readCollectorNumber, type CollectorNumberRule } from '../../shared/domain/collector-number.ts';
import { readReference } from '../../shared/domain/receipt-code.ts';
import type { Log } from '../diagnostics/log.ts';
import { checkWithHistory, type CheckDependencies } from './check.ts';

export interface ElsewhereDependencies extends CheckDependencies {
  readonly collectorNumber: CollectorNumberRule;
  readonly log: Log;
}

/** Earlier than anything Transaction History answers for: the day on the paper was not keyed. */
const SOME_DAY = '2000-01-01';

/**
 * Says of a receipt of another terminal whether AIR MILES has it. Transaction History tells it of one Collector at a time,
 * so it takes the card beside the paper. Nothing is stored.
 */
export function createElsewhereHandlers(
  dependencies: ElsewhereDependencies,
): Pick<Handlers, 'returns.askElsewhere'> {
  return {
    'returns.askElsewhere': async ({ reference: paper, collectorText, transactionDay = SOME_DAY }) => {
      const reference = readReference(paper);
      const reading = readCollectorNumber(collectorText, dependencies.collectorNumber);
      if (reference === undefined || reading.kind !== 'valid') return { kind: 'unreadable' };
      const { collectorNumber } = reading;
      const result = await checkWithHistory({ collectorNumber, reference, transactionDay }, dependencies);
      dependencies.log.info('elsewhere-asked', { kind: result.kind, reference });
      if (result.kind === 'not-found') return result;
      if (result.kind === 'found') {
        const { milesAmount } = result;
        return { kind: 'credited', ...(milesAmount === undefined ? {} : { milesAmount }) };
      }
      const { trouble, detail } = result;
      return { kind: 'unavailable', trouble, ...(detail === undefined ? {} : { detail }) };
    },
  };
}
