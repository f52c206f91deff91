import { ListBox, ListBoxItem } from 'react-aria-components';
import type { Original } from '../../../shared/contract/returns.ts';
import { useWords } from '../../app/context.tsx';
import { outcomeWord } from '../sales/outcome-text.ts';

interface OriginalListProps {
  readonly originals: readonly Original[];
  readonly chosenSeq: number | undefined;
  readonly onChoose: (seq: number) => void;
}

/** The sales that were found, newest first; arrows move, the chosen one stands on the right. */
export function OriginalList({ originals, chosenSeq, onChoose }: OriginalListProps) {
  const { text, money, time } = useWords();
  return (
    <ListBox
      className="choices"
      aria-label={text('return.found')}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={chosenSeq === undefined ? [] : [chosenSeq]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (typeof key === 'number') onChoose(key);
      }}
    >
      {originals.map(({ sale }) => (
        <ListBoxItem key={sale.seq} id={sale.seq} className="choice" textValue={sale.reference}>
          <span className="choice-amount figure">{money(sale.preTaxCents)}</span>
          <span>{`${sale.transactionDay} ${time(sale.recordedAtMs)}`}</span>
          <span className="quiet">{text(outcomeWord(sale))}</span>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}
