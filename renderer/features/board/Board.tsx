import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { OpenOutcome } from '../../../shared/contract/board.ts';
import { useClient, useEvent, useTerminal, useWords } from '../../app/context.tsx';
import { checkoutPage } from '../../app/page.ts';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { BoardTable } from './BoardTable.tsx';
import { filters, Filters } from './Filters.tsx';
import { createOpenRows, indexOf, rowAt, type BoardFilter } from './open-rows.ts';
import { SearchBox } from './SearchBox.tsx';
import { StoryPanel, type StoryActions } from './StoryPanel.tsx';
import { ROW_PX } from './visible.ts';

const SEARCH_AFTER_MS = 150;

/** What is owed, and what needs a person: the table, and the life of the one that is chosen. */
export function Board({ filter: firstFilter = 'all' }: { readonly filter?: OpenOutcome | 'all' }) {
  const { text } = useWords();
  const client = useClient();
  const terminal = useTerminal();
  const [rows] = useState(() => createOpenRows(client, { filter: firstFilter, search: '' }));
  const state = useSyncExternalStore(rows.subscribe, rows.getState);
  const [filter, setFilter] = useState<BoardFilter>(firstFilter);
  const [search, setSearch] = useState('');
  /** The row the keys are on, kept by its number: what comes and goes around it does not move it. */
  const [cursor, setCursor] = useState<{ readonly index: number; readonly seq?: number | undefined }>({
    index: 0,
  });
  const [openSeq, setOpenSeq] = useState<number | null>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const scrollRef = useRef<HTMLDivElement>(null);
  const actions = useRef<StoryActions>(null);

  useEffect(() => {
    rows.start();
    return () => rows.stop();
  }, [rows]);
  useEvent('transaction', () => rows.changed());
  useEvent('status', () => rows.changed());
  useEffect(() => {
    const { question } = rows.getState();
    if (question.filter === filter && question.search === search) return undefined;
    const ask = (): void => rows.ask({ filter, search });
    if (question.search === search) {
      ask();
      return undefined;
    }
    const timer = setTimeout(ask, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [rows, filter, search]);

  const lastIndex = Math.max(0, state.total - 1);
  const cursorIndex = Math.min(indexOf(state, cursor.seq, cursor.index) ?? cursor.index, lastIndex);

  function choose(index: number): void {
    const next = Math.min(Math.max(0, index), lastIndex);
    const seq = rowAt(state, next)?.seq;
    setCursor({ index: next, seq });
    if (openSeq !== null && seq !== undefined) setOpenSeq(seq);
  }
  function open(index: number): void {
    const seq = rowAt(state, index)?.seq;
    if (seq === undefined) return;
    setCursor({ index, seq });
    setOpenSeq(seq);
  }
  function ask(next: BoardFilter): void {
    setFilter(next);
    setCursor({ index: 0 });
  }
  function step(by: number): void {
    const at = filters.indexOf(filter) + by;
    ask(filters[(at + filters.length) % filters.length] ?? 'all');
  }

  function onKey(key: string): boolean {
    const isInSearch = document.activeElement === searchRef.current;
    const pageRows = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? ROW_PX) / ROW_PX) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: cursorIndex + 1,
      ArrowUp: cursorIndex - 1,
      PageDown: cursorIndex + pageRows,
      PageUp: cursorIndex - pageRows,
      ...(isInSearch ? {} : { Home: 0, End: lastIndex }),
    };
    const target = moves[key];
    if (target !== undefined) choose(target);
    else if (key === 'Enter') open(cursorIndex);
    else if (key === 'F4') searchRef.current?.select();
    else if (key === 'F6') terminal.sendNow();
    else if (!isInSearch && key === 'ArrowRight') step(1);
    else if (!isInSearch && key === 'ArrowLeft') step(-1);
    else if (/^[1-9]$/.test(key)) return actions.current?.decide(Number(key) - 1) ?? false;
    else return false;
    return true;
  }
  function back(): void {
    if (document.activeElement === searchRef.current && search !== '') setSearch('');
    else if (openSeq === null) terminal.open(checkoutPage);
    else setOpenSeq(null);
  }

  return (
    <PageFrame
      title={text('board.title')}
      onKey={onKey}
      onBack={back}
      aside={<SearchBox text={search} onChange={setSearch} inputRef={searchRef} />}
    >
      <div className="board" data-open={openSeq !== null || undefined}>
        <div className="board-tools">
          <Filters filter={filter} counts={state.counts} onChange={ask} />
          {(state.counts?.stored ?? 0) === 0 ? null : (
            <Button kind="quiet" onPress={() => terminal.sendNow()}>
              <span>{text('board.send-all')}</span>
              <Key name="f6" />
            </Button>
          )}
        </div>
        <BoardTable
          state={state}
          rows={rows}
          cursorIndex={cursorIndex}
          openSeq={openSeq}
          scrollRef={scrollRef}
          onOpen={open}
        />
        {openSeq === null ? null : (
          <StoryPanel
            seq={openSeq}
            actions={actions}
            onOpen={setOpenSeq}
            onClose={() => setOpenSeq(null)}
            onDecided={() => rows.refresh()}
          />
        )}
      </div>
    </PageFrame>
  );
}
