import { useWords } from '../../app/context.tsx';
import type { Cents } from '../../../shared/domain/money.ts';

/** What the Collector pays. Never typed, so that it cannot disagree with its parts. */
export function Total({ totalCents }: { readonly totalCents: Cents | null }) {
  const { text, money } = useWords();
  return (
    <div className="field field-total">
      <p className="label">{text('total.label')}</p>
      <p className="total" data-empty={totalCents === null || undefined}>
        {money(totalCents ?? 0)}
      </p>
    </div>
  );
}
