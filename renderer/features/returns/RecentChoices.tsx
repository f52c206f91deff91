import type { Sale } from '../../../shared/contract/views.ts';
import { useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { canComeBack } from '../sales/outcome-text.ts';

interface RecentChoicesProps {
  readonly sales: readonly Sale[];
  readonly onChoose: (reference: string) => void;
}

const MOST = 6;

/** Before anything was asked: the last sales of this terminal, one press away. */
export function RecentChoices({ sales, onChoose }: RecentChoicesProps) {
  const { text, money, time } = useWords();
  const returnable = sales.filter(canComeBack);
  if (returnable.length === 0) return <p className="quiet">{text('return.nothing-recent')}</p>;
  return (
    <>
      <h2 className="field-label">{text('return.recent')}</h2>
      <ul className="choices">
        {returnable.slice(0, MOST).map((sale) => (
          <li key={sale.seq}>
            <Button kind="choice" onPress={() => onChoose(sale.reference)}>
              <span className="choice-amount figure">{money(sale.preTaxCents)}</span>
              <span>{sale.collectorMasked}</span>
              <span className="quiet">{time(sale.recordedAtMs)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
