import type { DayOverview, Owed } from '../../../shared/contract/day.ts';
import { groupText, owedReason, owedState, stateText } from '../../../shared/day/day-text.ts';
import { dayGroups, type DayFigure, type DayGroup } from '../../../shared/domain/day-totals.ts';
import { useWords } from '../../app/context.tsx';

type Facts = Pick<DayOverview, 'figures' | 'offers'>;

/** What a day came to, by what it was for and where it stands. */
export function TotalsTable({ figures }: Pick<Facts, 'figures'>) {
  const { text } = useWords();
  return (
    <table className="day-table">
      <thead>
        <tr>
          <th scope="col">{text('day.column.what')}</th>
          <th scope="col" className="figure">
            {text('day.column.count')}
          </th>
          <th scope="col" className="figure">
            {text('sale.miles-unit', { count: 2 })}
          </th>
          <th scope="col" className="figure">
            {text('day.column.amount')}
          </th>
        </tr>
      </thead>
      {dayGroups.map((group) => (
        <GroupRows key={group} group={group} figures={figures.filter((figure) => figure.group === group)} />
      ))}
    </table>
  );
}

function GroupRows({ group, figures }: { readonly group: DayGroup; readonly figures: readonly DayFigure[] }) {
  const { text, number, money } = useWords();
  if (figures.length === 0) return null;
  const sum = (value: (figure: DayFigure) => number): number =>
    figures.reduce((total, figure) => total + value(figure), 0);
  return (
    <tbody>
      <tr className="day-total">
        <th scope="rowgroup">{text(groupText[group])}</th>
        <td className="figure">{number(sum(({ count }) => count))}</td>
        <td className="figure">{number(sum(({ milesAmount }) => milesAmount))}</td>
        <td className="figure">{money(sum(({ preTaxCents }) => preTaxCents))}</td>
      </tr>
      {figures.map(({ state, count, milesAmount, milesUnknown, preTaxCents }) => (
        <tr key={state}>
          <th scope="row" className="day-part">
            {text(stateText[state])}
            {milesUnknown === 0 ? null : (
              <span className="quiet"> {text('day.unknown', { count: milesUnknown })}</span>
            )}
          </th>
          <td className="figure">{number(count)}</td>
          <td className="figure">{milesUnknown === count ? '–' : number(milesAmount)}</td>
          <td className="figure">{money(preTaxCents)}</td>
        </tr>
      ))}
    </tbody>
  );
}

export function OffersTable({ offers }: Pick<Facts, 'offers'>) {
  const { text, number } = useWords();
  return (
    <table className="day-table">
      <caption>{text('day.by-offer')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('day.column.offer')}</th>
          <th scope="col" className="figure">
            {text('day.column.count')}
          </th>
          <th scope="col" className="figure">
            {text('day.column.issued')}
          </th>
          <th scope="col" className="figure">
            {text('day.column.returned')}
          </th>
        </tr>
      </thead>
      <tbody>
        {offers.map(({ offerCode, count, issuedMiles, returnedMiles }) => (
          <tr key={offerCode}>
            <th scope="row">{offerCode}</th>
            <td className="figure">{number(count)}</td>
            <td className="figure">{number(issuedMiles)}</td>
            <td className="figure">{number(returnedMiles)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is not final, each by its reference, and why. */
export function OwedTable({
  owed,
  owedCount,
}: {
  readonly owed: readonly Owed[];
  readonly owedCount: number;
}) {
  const { text, number, money } = useWords();
  const more = owedCount - owed.length;
  return (
    <>
      <table className="day-table">
        <thead>
          <tr>
            <th scope="col">{text('day.column.reference')}</th>
            <th scope="col">{text('day.column.collector')}</th>
            <th scope="col" className="figure">
              {text('day.column.amount')}
            </th>
            <th scope="col" className="figure">
              {text('sale.miles-unit', { count: 2 })}
            </th>
            <th scope="col">{text('day.column.why')}</th>
          </tr>
        </thead>
        <tbody>
          {owed.map((one) => (
            <tr key={one.reference}>
              <th scope="row">{one.reference}</th>
              <td>{one.collectorMasked}</td>
              <td className="figure">{money(one.preTaxCents)}</td>
              <td className="figure">{one.milesAmount === undefined ? '' : number(one.milesAmount)}</td>
              <td>
                <strong>{text(owedState[one.outcome])}</strong> {text(owedReason(one))}
                {one.isWithoutOriginal ? (
                  <span className="day-mark quiet">{text('sale.without-original')}</span>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className="quiet">{text('day.owed.more', { count: more })}</p> : null}
    </>
  );
}
