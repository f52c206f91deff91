import type { Sale } from '../../../shared/contract/views.ts';
import { useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { OutcomeShape } from '../../ui/Shape.tsx';
import { signedMiles } from '../board/row-text.ts';
import { lookOf, outcomeWord } from './outcome-text.ts';

interface EarlierSalesProps {
  readonly sales: readonly Sale[];
  /** How many stored sales wait for more than their turn, shown here or not. */
  readonly waitingCount: number;
}

/** The sales before the newest, one line each. Lines the window has no room for are left out whole. */
export function EarlierSales({ sales, waitingCount }: EarlierSalesProps) {
  const { text } = useWords();
  const terminal = useTerminal();
  return (
    <div className="earlier">
      <div className="earlier-head">
        <h2 className="label">{text('sales.earlier')}</h2>
        {waitingCount === 0 ? null : (
          <Button kind="quiet" onPress={() => terminal.sendNow()}>
            <span>{text('action.send-now', { count: waitingCount })}</span>
            <Key name="f6" />
          </Button>
        )}
      </div>
      {sales.length === 0 ? <p className="earlier-empty">{text('sales.earlier-empty')}</p> : null}
      <ol className="earlier-list">
        {sales.map((sale) => (
          <EarlierSale key={sale.seq} sale={sale} />
        ))}
      </ol>
    </div>
  );
}

function EarlierSale({ sale }: { readonly sale: Sale }) {
  const { text, money, time, miles } = useWords();
  return (
    <li className="earlier-sale" data-outcome={lookOf(sale)}>
      <OutcomeShape outcome={lookOf(sale)} />
      <span className="earlier-outcome">{text(outcomeWord(sale))}</span>
      <span className="earlier-miles">
        {sale.milesAmount === undefined || sale.closedAs !== undefined
          ? null
          : miles(signedMiles(sale, sale.milesAmount))}
      </span>
      <span className="earlier-collector">{sale.collectorMasked}</span>
      <span className="earlier-amount">{money(sale.preTaxCents)}</span>
      <span className="earlier-time">{time(sale.recordedAtMs)}</span>
      {sale.isSending ? <span className="progress-line earlier-progress" aria-hidden="true" /> : null}
    </li>
  );
}
