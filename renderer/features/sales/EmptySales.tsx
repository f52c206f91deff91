import { maskCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';

/** Before the first sale: what will be here, and what to do first. In training, Collectors to practise with. */
export function EmptySales({ practiceCollectors }: { readonly practiceCollectors: readonly string[] }) {
  const { text } = useWords();
  const terminal = useTerminal();
  return (
    <section className="sales sales-empty">
      <div className="empty-words">
        <h2 className="empty-title">{text('sales.empty.title')}</h2>
        <p className="empty-detail">{text('sales.empty.detail')}</p>
      </div>
      {practiceCollectors.length === 0 ? null : (
        <div className="practice">
          <h2 className="label">{text('sales.empty.practice')}</h2>
          <div className="practice-list">
            {practiceCollectors.map((number, index) => (
              <Button
                key={number}
                kind="secondary"
                onPress={() => terminal.act({ kind: 'typed', field: 'collector', text: number })}
              >
                <span>{text('sales.practice', { number: index + 1 })}</span>
                <span className="practice-digits">{maskCollectorNumber(number)}</span>
              </Button>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}
