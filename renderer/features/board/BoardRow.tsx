import { memo } from 'react';
import type { Sale } from '../../../shared/contract/views.ts';
import { useWords } from '../../app/context.tsx';
import { OutcomeShape } from '../../ui/Shape.tsx';
import { ageText, nextText, reasonText, signedMiles } from './row-text.ts';
import { ROW_PX } from './visible.ts';

interface BoardRowProps {
  readonly index: number;
  /** Undefined while its window is on its way. */
  readonly sale: Sale | undefined;
  readonly nowMs: number;
  readonly isCursor: boolean;
  readonly isOpen: boolean;
}

export const rowId = (seq: number): string => `board-row-${seq}`;

/** One line. It is drawn again only where something in it changed. */
export const BoardRow = memo(
  function BoardRow({ index, sale, nowMs, isCursor, isOpen }: BoardRowProps) {
    const words = useWords();
    const place = { transform: `translateY(${index * ROW_PX}px)` };
    if (sale === undefined) return <div className="board-row" role="row" style={place} data-empty />;
    const { milesAmount } = sale;
    return (
      <div
        id={rowId(sale.seq)}
        className="board-row"
        role="row"
        aria-rowindex={index + 2}
        aria-selected={isOpen}
        data-cursor={isCursor || undefined}
        data-open={isOpen || undefined}
        data-index={index}
        data-outcome={sale.outcome}
        style={place}
      >
        <span role="gridcell">
          <OutcomeShape outcome={sale.outcome} />
        </span>
        <span role="gridcell">{sale.collectorMasked}</span>
        <span role="gridcell" className="figure">
          {milesAmount === undefined ? '–' : words.number(signedMiles(sale, milesAmount))}
        </span>
        <span role="gridcell" className="figure board-wide">
          {sale.preTaxCents === 0 ? '–' : words.money(sale.preTaxCents)}
        </span>
        <span role="gridcell" className="figure">
          {ageText(sale.recordedAtMs, nowMs, words)}
        </span>
        <span role="gridcell" className="board-wide">
          {sale.transactionDay}
        </span>
        <span role="gridcell" className="board-reason">
          {reasonText(sale, words)}
        </span>
        <span role="gridcell" className="board-wide board-next">
          {nextText(sale, words)}
        </span>
      </div>
    );
  },
  (before, after) =>
    before.sale === after.sale &&
    before.index === after.index &&
    before.nowMs === after.nowMs &&
    before.isCursor === after.isCursor &&
    before.isOpen === after.isOpen,
);
