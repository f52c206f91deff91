import type { Snapshot } from '../../../shared/contract/views.ts';
import { useState, type PointerEvent } from 'react';
import type { Loaded } from '../../app/terminal-state.ts';
import { useTerminal, useWords } from '../../app/context.tsx';
import { CustomerLanguage } from '../customer/CustomerLanguage.tsx';
import { RecentSales } from '../sales/RecentSales.tsx';
import { CollectorField } from './CollectorField.tsx';
import { isInFlight } from './checkout-state.ts';
import { readEntry } from './entry.ts';
import { DayLine } from '../day/DayLine.tsx';
import { IssueRow } from './IssueRow.tsx';
import { Keypad } from './Keypad.tsx';
import { LineView } from './LineView.tsx';
import { lineOf } from './line.ts';
import { MoneyField } from './MoneyField.tsx';
import { knownEarns } from './preview.ts';
import { TaxField } from './TaxField.tsx';
import { Total } from './Total.tsx';
import { useCheckoutKeys } from './use-checkout-keys.ts';

interface CheckoutProps {
  readonly loaded: Loaded;
  readonly isConnected: boolean;
}

/** The only screen a cashier needs: Collector, amount, Enter; below, what became of the sales before. */
export function Checkout({ loaded, isConnected }: CheckoutProps) {
  const { text } = useWords();
  const terminal = useTerminal();
  const { snapshot, checkout } = loaded;
  const [isKeypadOpen, setKeypadOpen] = useState(false);
  const entry = readEntry(checkout.draft, snapshot);
  const earns = knownEarns(checkout, snapshot);
  const line = lineOf({ checkout, entry, earns, scanner: snapshot.status.scanner, isConnected });
  const field = { checkout, entry, isLocked: isInFlight(checkout.issue) };
  useCheckoutKeys(terminal, loaded, entry);
  const openForTouch = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' && event.target instanceof HTMLInputElement) setKeypadOpen(true);
  };
  return (
    <main className="checkout" aria-label={text('checkout.label')}>
      <h1 className="visually-hidden">{text('checkout.label')}</h1>
      <div className="entry" data-keypad={isKeypadOpen ? 'open' : 'hidden'} onPointerDown={openForTouch}>
        <div className="entry-fields">
          <CustomerLanguage />
          <CollectorField {...field} />
          <div className="entry-money">
            <MoneyField
              {...field}
              field="amount"
              label={text('amount.label')}
              text={checkout.draft.amountText}
              reading={entry.amount}
            />
            {entry.excluded === null ? null : (
              <MoneyField
                {...field}
                field="excluded"
                label={text('excluded.label')}
                text={checkout.draft.excludedText}
                reading={entry.excluded}
              />
            )}
            {entry.taxes.map((tax) => (
              <TaxField key={tax.name} {...field} tax={tax} />
            ))}
            <Total totalCents={entry.totalCents} />
          </div>
          <DayLine />
        </div>
        {isKeypadOpen ? <Keypad checkout={checkout} /> : null}
      </div>
      <LineView line={line} entry={entry} />
      <IssueRow
        issue={checkout.issue}
        isReady={(line.kind === 'ready' || line.kind === 'earns') && isConnected}
        milesAmount={earns === null || earns.milesAmount === 0 ? undefined : earns.milesAmount}
        isRecorded={earns?.isRecorded === true}
        isKeypadOpen={isKeypadOpen}
        onKeypad={() => setKeypadOpen(!isKeypadOpen)}
      />
      <RecentSales
        sales={snapshot.recentSales}
        practiceCollectors={snapshot.practiceCollectors}
        waitingCount={isWaiting(snapshot) ? snapshot.status.storedCount : 0}
      />
    </main>
  );
}

/** Whether something stored waits for more than its turn: a sale on its way is no reason to press anything. */
function isWaiting({ status, recentSales }: Snapshot): boolean {
  if (status.connection.kind === 'trouble') return true;
  return recentSales.some((sale) => sale.outcome === 'stored' && sale.attempts > 0 && !sale.isSending);
}
