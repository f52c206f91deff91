import type { Sale } from '../../../shared/contract/views.ts';
import { useWords } from '../../app/context.tsx';
import { EarlierSales } from './EarlierSales.tsx';
import { EmptySales } from './EmptySales.tsx';
import { LastSale } from './LastSale.tsx';
import { signedMiles } from '../board/row-text.ts';
import { detailText, outcomeWord } from './outcome-text.ts';

interface RecentSalesProps {
  /** Newest first. */
  readonly sales: readonly Sale[];
  readonly practiceCollectors: readonly string[];
  readonly waitingCount: number;
}

/** What became of the sales: the newest large, the ones before it small, as many as the window has room for. */
export function RecentSales({ sales, practiceCollectors, waitingCount }: RecentSalesProps) {
  const [last, ...earlier] = sales;
  return (
    <>
      {last === undefined ? (
        <EmptySales practiceCollectors={practiceCollectors} />
      ) : (
        <section className="sales">
          <LastSale key={last.seq} sale={last} />
          <EarlierSales sales={earlier} waitingCount={waitingCount} />
        </section>
      )}
      {/* There before the first sale too: what comes with its region is not read out. */}
      <p className="visually-hidden" role="status" aria-live="polite">
        {last === undefined ? null : <Announcement sale={last} />}
      </p>
    </>
  );
}

function Announcement({ sale }: { readonly sale: Sale }) {
  const { text, miles } = useWords();
  const outcome = text(outcomeWord(sale));
  const isCounted = sale.milesAmount !== undefined && sale.closedAs === undefined;
  const count = isCounted ? [outcome, miles(signedMiles(sale, sale.milesAmount ?? 0))].join(' ') : outcome;
  const collector = sale.collectorMasked.replaceAll(/\D/g, '');
  return text('sale.announcement', { outcome: count, collector, detail: text(detailText(sale)) });
}
