import type { Original, returnFaults } from '../../../shared/contract/returns.ts';
import type { notStoredReasons } from '../../../shared/contract/not-stored.ts';
import type { AmountReading } from '../../../shared/domain/money.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import type { Words } from '../../app/words.ts';
import type { PartName } from './return-form.ts';

export const partText: Readonly<Record<PartName, MessageId>> = {
  eligible: 'return.part-eligible',
  excluded: 'excluded.label',
};

export const hindranceText: Readonly<Record<NonNullable<Original['hindrance']>, MessageId>> = {
  'nothing-left': 'return.hindrance.nothing-left',
  'refused-by-airmiles': 'return.hindrance.refused',
  closed: 'return.hindrance.closed',
  'no-offer-table': 'return.hindrance.no-offer-table',
};

export const returnFaultText: Readonly<Record<(typeof returnFaults)[number], MessageId>> = {
  nothing: 'return.fault.nothing',
  'over-left': 'return.fault.over-left',
  hindered: 'return.fault.hindered',
};

export const returnNotStoredText: Readonly<Record<(typeof notStoredReasons)[number], MessageId>> = {
  'disk-full': 'not-stored.disk-full',
  'read-only': 'not-stored.read-only',
  'disk-error': 'not-stored.disk-error',
  'queue-full': 'not-stored.queue-full',
  stopping: 'not-stored.stopping',
};

/** What is wrong with an amount that comes back; nothing where it is right. */
export function backFaultText(reading: AmountReading, { text, money, amount }: Words): string | undefined {
  if (reading.kind === 'valid') return undefined;
  if (reading.fault.kind !== 'over-limit')
    return text('fault.amount.not-an-amount', { example: amount(2497) });
  return text('return.fault.over', { left: money(reading.fault.limitCents) });
}

/** What the press will do, in a sentence. */
export function returnLine(
  original: Original,
  milesBack: number | undefined,
  isCancelling: boolean,
  { text }: Words,
): string {
  if (isCancelling) return text('return.line.cancels');
  if (milesBack === undefined) return text('return.line.airmiles-computes');
  if (milesBack === 0) return text('return.line.takes-nothing');
  if (original.sale.outcome === 'stored') return text('return.line.follows', { count: milesBack });
  return text('return.line.takes', { count: milesBack });
}

/** What stands on the button: exactly what it does. */
export function pressText(milesBack: number | undefined, isCancelling: boolean, { text }: Words): string {
  if (isCancelling) return text('return.press.cancel');
  if (milesBack === undefined || milesBack === 0) return text('return.press.return');
  return text('return.press.take-back', { count: milesBack });
}
