import type { Sale } from '../../../shared/contract/views.ts';
import { useSnapshot, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { useFirstFocus } from '../../ui/use-first-focus.ts';
import { LastSale } from '../sales/LastSale.tsx';

interface ReturnDoneProps {
  readonly sale: Sale;
  readonly line: string;
  readonly onCheckout: () => void;
  readonly onNext?: () => void;
}

/** What became of it, kept current: the same outcome in the same words as at the checkout. */
export function ReturnDone({ sale, line, onCheckout, onNext }: ReturnDoneProps) {
  const { text } = useWords();
  const { recentSales } = useSnapshot();
  const part = useFirstFocus<HTMLDivElement>('.button-main');
  const current = recentSales.find(({ seq }) => seq === sale.seq) ?? sale;
  return (
    <div ref={part} className="return-done">
      <p className="return-done-line" role="status">
        {line}
      </p>
      <LastSale sale={current} />
      <div className="actions">
        <Button kind="main" onPress={onCheckout}>
          <span>{text('return.to-checkout')}</span>
          <Key name="enter" />
        </Button>
        {onNext === undefined ? null : (
          <Button kind="secondary" onPress={onNext}>
            {text('return.another')}
          </Button>
        )}
      </div>
    </div>
  );
}
