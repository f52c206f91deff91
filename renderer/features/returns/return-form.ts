import type { Original } from '../../../shared/contract/returns.ts';
import { cents, readAmount, type AmountReading, type Cents } from '../../../shared/domain/money.ts';

export type PartName = Original['parts'][number]['part'];

/** What comes back, as keyed: each part's text, the rest of the sale to begin with. */
export type BackTexts = Readonly<Record<PartName, string>>;

export interface Back {
  readonly eligibleCents: Cents;
  readonly excludedCents: Cents;
}

const leftOf = (original: Original, name: PartName): Cents =>
  cents(original.parts.find(({ part }) => part === name)?.leftCents ?? 0);

/** All that is left of a sale: what most people bring back. */
export const everythingLeft = (original: Original, amount: (cents: number) => string): BackTexts => ({
  eligible: amount(leftOf(original, 'eligible')),
  excluded: amount(leftOf(original, 'excluded')),
});

/** One part, read: never more than is left of it. Left empty it is nothing. */
export function readPart(original: Original, name: PartName, texts: BackTexts): AmountReading {
  const text = texts[name].trim() === '' ? '0' : texts[name];
  return readAmount(text, { limitCents: leftOf(original, name), zeroAllowed: true });
}

/** What comes back; undefined while a part can not be read, or nothing comes back. */
export function readBack(original: Original, texts: BackTexts): Back | undefined {
  const eligible = readPart(original, 'eligible', texts);
  const excluded = readPart(original, 'excluded', texts);
  if (eligible.kind !== 'valid' || excluded.kind !== 'valid') return undefined;
  const back = { eligibleCents: eligible.amountCents, excludedCents: excluded.amountCents };
  return back.eligibleCents + back.excludedCents === 0 ? undefined : back;
}

/** Whether all that is left comes back. */
export const isEverything = (original: Original, back: Back): boolean =>
  back.eligibleCents === leftOf(original, 'eligible') && back.excludedCents === leftOf(original, 'excluded');
