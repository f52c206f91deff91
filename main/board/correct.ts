import type { CallInput } from '../../shared/contract/contract.ts';
import type { TransactionDay } from '../../shared/domain/transaction-day.ts';
import { prepareSale, type IssueDependencies, type PreparedSale } from '../checkout/issue.ts';
import type { TransactionRow } from '../journal/rows.ts';

/**
 * A corrected sale to be recorded in the place of a refused one: of the same purchase, so its day and its hour are
 * those, with a key, a reference and bytes of its own. The Collector Number stays in main where it is kept.
 */
export function prepareCorrection(
  row: TransactionRow,
  input: CallInput<'board.correct'>,
  dependencies: IssueDependencies,
): PreparedSale {
  const isKept = input.collectorText === undefined;
  return prepareSale(
    {
      saleKey: input.saleKey,
      collectorText: input.collectorText ?? row.collectorNumber,
      entryMode: isKept ? row.entryMode : 'keyed',
      preTaxCents: input.preTaxCents,
      excludedCents: input.excludedCents,
      taxes: input.taxes,
    },
    dependencies,
    {
      atMs: row.recordedAtMs,
      transactionDay: row.transactionDay as TransactionDay,
      details: { correctsSeq: row.seq, correctsReference: row.reference },
    },
  );
}
