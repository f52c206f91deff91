import { checkDigitOf, makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import type { Draws } from '../../faults/draws.ts';

/** Something to scan or to swipe, and what must become of it. */
export interface Code {
  readonly text: string;
  readonly becomes:
    | { readonly kind: 'collector'; readonly collector: string; readonly isSwiped: boolean }
    | { readonly kind: 'refused'; readonly sentence: MessageId };
}

/** Payment cards that the networks published for tests. */
const paymentCards = ['4111111111111111', '5555555555554444', '378282246310005'];

const refused = (text: string, sentence: MessageId): Code => ({
  text,
  becomes: { kind: 'refused', sentence },
});

/** A card's number as it may come, by a barcode or by a swipe. */
export function drawCollector({ random, chance }: Draws, maySwipe = true): Code {
  const collector = makeCollectorNumber(random);
  const isSwiped = maySwipe && chance(0.5);
  return {
    text: isSwiped ? `;${collector}?` : collector,
    becomes: { kind: 'collector', collector, isSwiped },
  };
}

/** A Collector's card most of the time, else something that a customer or a cashier holds under the beam. */
export function drawCode(draws: Draws): Code {
  const kind = draws.weighted([
    ['collector', 12],
    ['product', 2],
    ['payment', 3],
    ['misprint', 2],
    ['no-read', 1],
  ] as const);
  switch (kind) {
    case 'collector':
      return drawCollector(draws);
    case 'product':
      return refused(draws.pick(['036000291452', '4006381333931']), 'scan.product');
    case 'payment': {
      const card = draws.pick(paymentCards);
      const track2 = `;${card}=49121011000012300000?`;
      return refused(
        draws.pick([track2, `%B${card}^DOE/JANE^49121011000000000123?${track2}`]),
        'scan.payment-card',
      );
    }
    case 'misprint': {
      const digits = makeCollectorNumber(draws.random).slice(0, 10);
      return refused(`${digits}${(checkDigitOf(digits) + 1) % 10}`, 'scan.check-digit');
    }
    case 'no-read':
      // As long as a burst must be to be told from typing.
      return refused(`NOTACARD${draws.between(100, 999)}`, 'scan.not-a-collector');
    default:
      return kind satisfies never;
  }
}
