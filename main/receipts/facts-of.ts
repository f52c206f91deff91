import { z } from 'zod';
import type { Language } from '../../shared/contract/views.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { maskCollectorNumber } from '../../shared/domain/collector-number.ts';
import { receiptCodeOf } from '../../shared/domain/receipt-code.ts';
import { takesBack } from '../../shared/domain/transaction-kind.ts';
import type { ReceiptFacts } from '../../shared/receipts/facts.ts';
import type { Earning } from '../checkout/earning.ts';
import { isWithoutOriginal } from '../checkout/sale-view.ts';
import type { DeliveryState, TransactionRow } from '../journal/rows.ts';
import type { Settings } from '../settings/schema.ts';
import { drawCode } from './codes.ts';

/** The part of a transaction's details that a receipt shows. Everything else in them is left alone. */
const Details = z.object({
  lines: z.array(z.object({ offerCode: z.string(), milesAmount: z.int() })).optional(),
});

function stateOf(state: DeliveryState): ReceiptFacts['state'] {
  switch (state) {
    case 'credited':
    case 'accepted':
    case 'needs-manager':
    case 'cancelled':
    case 'written-off':
      return state;
    case 'due':
      return 'stored';
    default:
      return assertNever(state);
  }
}

/** Miles by offer, named as the offer table in force now names them; a code alone where it knows it no more. */
function offersOf(row: TransactionRow, earning: Earning, language: Language): ReceiptFacts['offers'] {
  const { lines = [] } = Details.parse(JSON.parse(row.details));
  const offers = earning.kind === 'partner-calculated' ? earning.table.offers : [];
  return lines
    .filter(({ milesAmount }) => milesAmount !== 0)
    .map(({ offerCode, milesAmount }) => ({
      code: offerCode,
      milesAmount,
      name: offers.find((offer) => offer.offerCode === offerCode)?.name[language],
    }));
}

/** What a receipt of a recorded transaction says now. `original` is the sale a return belongs to. */
export function factsOf(
  row: TransactionRow,
  original: TransactionRow | undefined,
  context: { readonly settings: Settings; readonly earning: Earning; readonly language: Language },
): Omit<ReceiptFacts, 'copiedAtMs'> {
  const { settings, earning, language } = context;
  const { heading, collectorNumber } = settings.receipts;
  const { number, lane } = settings.store;
  return {
    environment: settings.environment,
    heading,
    store: { number, lane },
    kind: takesBack(row.kind) ? 'return' : 'sale',
    state: stateOf(row.state),
    recordedAtMs: row.recordedAtMs,
    transactionDay: row.transactionDay,
    collector: collectorNumber === 'full' ? row.collectorNumber : maskCollectorNumber(row.collectorNumber),
    preTaxCents: row.preTaxCents,
    postTaxCents: row.postTaxCents,
    milesAmount: row.milesAmount ?? undefined,
    offers: offersOf(row, earning, language),
    balanceMiles: row.balanceMiles ?? undefined,
    reference: row.reference,
    originalReference: original?.reference,
    isWithoutOriginal: isWithoutOriginal(row),
    code: drawCode(receiptCodeOf(row.reference)),
  };
}
