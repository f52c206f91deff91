import type { Sale } from '../../../shared/contract/views.ts';
import { useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { OutcomeShape } from '../../ui/Shape.tsx';
import { signedMiles } from '../board/row-text.ts';
import { canComeBack, detailText, lookOf, outcomeWord } from './outcome-text.ts';

/** The newest sale: the one loud thing on the screen. */
export function LastSale({ sale }: { readonly sale: Sale }) {
  const { text, money, time } = useWords();
  const terminal = useTerminal();
  return (
    <article className="last-sale" data-outcome={lookOf(sale)} aria-label={text('sales.last')}>
      <div className="last-story">
        <OutcomeShape outcome={lookOf(sale)} />
        <h2 className="last-outcome">{text(outcomeWord(sale))}</h2>
        <SaleMiles sale={sale} />
        <p className="last-detail">{text(detailText(sale))}</p>
        <SaleBalance sale={sale} />
        <SaleReason sale={sale} />
      </div>
      <ul className="last-facts">
        <li>{sale.collectorMasked}</li>
        {sale.preTaxCents === 0 ? null : <li className="last-amount">{money(sale.preTaxCents)}</li>}
        <li className="last-time">{time(sale.recordedAtMs)}</li>
        {sale.isWithoutOriginal ? <li>{text('sale.without-original')}</li> : null}
        <li className="last-reference" aria-label={text('sale.reference', { reference: sale.reference })}>
          {sale.reference}
        </li>
        {canComeBack(sale) ? (
          <li className="last-action">
            <Button kind="quiet" onPress={() => terminal.open({ name: 'return' })}>
              <span>{text('return.title')}</span>
              <Key name="f2" />
            </Button>
          </li>
        ) : null}
        <li className="last-action">
          <Button kind="quiet" onPress={() => terminal.open({ name: 'receipts', reference: sale.reference })}>
            <span>{text('receipts.open')}</span>
            <Key name="f7" />
          </Button>
        </li>
      </ul>
      {sale.isSending ? <div className="progress-line last-progress" aria-hidden="true" /> : null}
    </article>
  );
}

function SaleMiles({ sale }: { readonly sale: Sale }) {
  const { text, number } = useWords();
  // What was closed here counts for nothing.
  if (sale.milesAmount === undefined || sale.closedAs !== undefined) return null;
  const count = signedMiles(sale, sale.milesAmount);
  return (
    <p className="last-miles">
      <span className="last-count">{number(count)}</span>{' '}
      <span className="last-unit">{text('sale.miles-unit', { count })}</span>
    </p>
  );
}

/** The far end's own words, and when it is tried again. */
function SaleReason({ sale }: { readonly sale: Sale }) {
  const { text, time } = useWords();
  const { closedAs } = sale;
  const nextMs = sale.isSending || closedAs !== undefined ? undefined : sale.nextAttemptAtMs;
  if (sale.reasonDetail === undefined && nextMs === undefined) return null;
  return (
    <p className="last-reason">
      {sale.reasonDetail === undefined ? null : <span className="last-words">{sale.reasonDetail}</span>}
      {nextMs === undefined ? null : (
        <span className="last-next">{text('sale.next-attempt', { time: time(nextMs) })}</span>
      )}
    </p>
  );
}

function SaleBalance({ sale }: { readonly sale: Sale }) {
  const { text, number } = useWords();
  if (sale.balanceMiles === undefined) return null;
  return <p className="last-balance">{text('sale.balance', { balance: number(sale.balanceMiles) })}</p>;
}
