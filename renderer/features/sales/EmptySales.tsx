import { useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { groupCollector } from '../checkout/collector-text.ts';

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
                aria-label={text('sales.practice', { number: index + 1 })}
                onPress={() => terminal.act({ kind: 'typed', field: 'collector', text: number })}
              >
                {groupCollector(number)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}
