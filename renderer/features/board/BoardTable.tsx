import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useWords } from '../../app/context.tsx';
import { useMinute } from '../../app/use-now.ts';
import { BoardRow, rowId } from './BoardRow.tsx';
import { rowAt, type OpenRows, type OpenRowsState } from './open-rows.ts';
import { ROW_PX, scrollTo, visibleRows } from './visible.ts';

interface BoardTableProps {
  readonly state: OpenRowsState;
  readonly rows: OpenRows;
  readonly cursorIndex: number;
  readonly openSeq: number | null;
  readonly tableRef: RefObject<HTMLDivElement | null>;
  readonly scrollRef: RefObject<HTMLDivElement | null>;
  readonly onOpen: (index: number) => void;
}

/**
 * The rows in sight and a few around them, wherever in 50,000 they stand. Thirty lines of our own: every row has one
 * height, and React Aria's Virtualizer would first build its collection of all rows, which main has and this window not.
 */
export function BoardTable({
  state,
  rows,
  cursorIndex,
  openSeq,
  tableRef,
  scrollRef,
  onOpen,
}: BoardTableProps) {
  const { text } = useWords();
  const nowMs = useMinute();
  const [sight, setSight] = useState({ top: 0, heightPx: 0 });
  const { total, answered, question } = state;
  const visible = visibleRows(sight.top, sight.heightPx, total);

  const look = useCallback((): void => {
    const element = scrollRef.current;
    if (element === null) return;
    // In whole rows: what is drawn changes with them only.
    const top = Math.floor(element.scrollTop / ROW_PX) * ROW_PX;
    const heightPx = element.clientHeight + ROW_PX;
    setSight((before) => (before.top === top && before.heightPx === heightPx ? before : { top, heightPx }));
  }, [scrollRef]);
  useLayoutEffect(() => {
    const element = scrollRef.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, [scrollRef, look]);
  const press = useRef(onOpen);
  useEffect(() => {
    press.current = onOpen;
  });
  // One listener for all rows; by keys the page opens the one they are on.
  useEffect(() => {
    const element = scrollRef.current;
    const onClick = ({ target }: MouseEvent): void => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
      if (row !== null) press.current(Number(row.dataset['index']));
    };
    element?.addEventListener('click', onClick);
    return () => element?.removeEventListener('click', onClick);
  }, [scrollRef]);
  useEffect(() => tableRef.current?.focus({ preventScroll: true }), [tableRef]);
  useEffect(() => rows.show({ first: visible.first, end: visible.end }), [rows, visible.first, visible.end]);
  // A new question begins at its top; the keys take the row they are on into sight.
  const shownAnswer = useRef(answered);
  useLayoutEffect(() => {
    if (shownAnswer.current === answered) return;
    shownAnswer.current = answered;
    if (scrollRef.current !== null) scrollRef.current.scrollTop = 0;
  }, [answered, scrollRef]);
  useLayoutEffect(() => {
    const element = scrollRef.current;
    if (element === null) return;
    const top = scrollTo(cursorIndex, element.scrollTop, element.clientHeight);
    if (top !== element.scrollTop) element.scrollTop = top;
  }, [cursorIndex, scrollRef]);

  const cursorSale = rowAt(state, cursorIndex);
  const shown = Array.from({ length: visible.end - visible.first }, (_, at) => visible.first + at);
  return (
    <div
      ref={tableRef}
      className="board-table"
      role="grid"
      aria-label={text('board.title')}
      aria-rowcount={total + 1}
      aria-busy={answered !== question}
      tabIndex={0}
      {...(cursorSale === undefined ? {} : { 'aria-activedescendant': rowId(cursorSale.seq) })}
    >
      <div className="board-row board-head" role="row" aria-rowindex={1}>
        <span role="columnheader" aria-label={text('board.column.state')} />
        <span role="columnheader">{text('board.column.collector')}</span>
        <span role="columnheader" className="figure">
          {text('board.column.miles')}
        </span>
        <span role="columnheader" className="figure board-wide">
          {text('board.column.amount')}
        </span>
        <span role="columnheader" className="figure">
          {text('board.column.age')}
        </span>
        <span role="columnheader" className="board-wide">
          {text('board.column.day')}
        </span>
        <span role="columnheader">{text('board.column.reason')}</span>
        <span role="columnheader" className="board-wide">
          {text('board.column.next')}
        </span>
      </div>
      <div
        className="board-scroll"
        role={total === 0 ? undefined : 'rowgroup'}
        ref={scrollRef}
        onScroll={look}
      >
        {total === 0 ? (
          <Nothing state={state} />
        ) : (
          <div className="board-rows" style={{ height: total * ROW_PX }}>
            {shown.map((index) => (
              <BoardRow
                key={index}
                index={index}
                sale={rowAt(state, index)}
                nowMs={nowMs}
                isCursor={index === cursorIndex}
                isOpen={openSeq !== null && rowAt(state, index)?.seq === openSeq}
              />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** An empty board says whether that is because all is well. */
function Nothing({ state }: { readonly state: OpenRowsState }) {
  const { text } = useWords();
  if (state.answered === null)
    return <p className="empty">{state.hasFailed ? text('line.not-answering') : null}</p>;
  const { filter, search } = state.answered;
  const isFiltered = filter !== 'all' || search !== '';
  return (
    <div className="empty">
      <strong>{text(isFiltered ? 'board.empty-found' : 'board.empty')}</strong>
      <span>{text(isFiltered ? 'board.empty-found.detail' : 'board.empty.detail')}</span>
    </div>
  );
}
