import type { Closing } from '../../../shared/contract/day.ts';
import { useSnapshot, useWords } from '../../app/context.tsx';
import { OffersTable, OwedTable, TotalsTable } from './DayTables.tsx';

/** What `Print` prints: a closing, as it was signed. Not on the screen. */
export function Paper({ closing }: { readonly closing: Closing }) {
  const { text, date, time } = useWords();
  const { store } = useSnapshot();
  const { day, closedBy, closedAtMs, owed, owedCount } = closing;
  const at = { date: date(closedAtMs), time: time(closedAtMs) };
  return (
    <section className="day-paper" aria-hidden="true">
      <h1>{text('report.title', { day })}</h1>
      <p>{text('report.place', { store: store.number, lane: store.lane })}</p>
      <p>
        {closedBy === null
          ? text('day.sign.closed', at)
          : text('day.sign.closed-by', { name: closedBy, ...at })}
      </p>
      <TotalsTable figures={closing.figures} />
      {closing.offers.length === 0 ? null : <OffersTable offers={closing.offers} />}
      <h2>{text('report.carried')}</h2>
      {owedCount === 0 ? (
        <p>{text('day.sign.carried', { count: 0 })}</p>
      ) : (
        <OwedTable owed={owed} owedCount={owedCount} />
      )}
      <p className="day-signature">{text('report.signature')}</p>
    </section>
  );
}
