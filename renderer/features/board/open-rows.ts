import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { OpenOutcome } from '../../../shared/contract/board.ts';
import type { Sale } from '../../../shared/contract/views.ts';
import type { Client } from '../../client.ts';
import type { Visible } from './visible.ts';

export type BoardFilter = 'all' | OpenOutcome;

export interface Question {
  readonly filter: BoardFilter;
  readonly search: string;
}

export interface OpenRowsState {
  readonly question: Question;
  /** The question that what is shown answers: the one before, until the first window of a new one is here. */
  readonly answered: Question | null;
  readonly pages: ReadonlyMap<number, readonly Sale[]>;
  readonly counts: CallOutput<'board.page'>['counts'] | null;
  readonly total: number;
  readonly hasFailed: boolean;
}

export interface OpenRows {
  getState(): OpenRowsState;
  subscribe(listener: () => void): () => void;
  ask(question: Question): void;
  /** These rows are in the window: what is not known of them is fetched. */
  show(visible: Visible): void;
  /** Something changed: what is in the window is fetched again, soon, however often this is said. */
  changed(): void;
  /** The same at once. */
  refresh(): void;
  /** Fetches what is in the window; again after `stop`. */
  start(): void;
  stop(): void;
}

const PAGE_ROWS = 100;
/** Some thousand rows around the window: scrolling back finds them. */
const KEPT_PAGES = 40;
const REFRESH_MS = 300;
const RETRY_MS = 1000;

/** The row at a place; undefined while its window is on its way. */
export const rowAt = ({ pages }: OpenRowsState, index: number): Sale | undefined =>
  pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];

/** Where a row is by now, looking around where it was; undefined where it is not open any more, or far away. */
export function indexOf({ pages }: OpenRowsState, seq: number | undefined, near: number): number | undefined {
  if (seq === undefined) return undefined;
  const page = Math.floor(near / PAGE_ROWS);
  for (const number of [page, page - 1, page + 1]) {
    const at = pages.get(number)?.findIndex((sale) => sale.seq === seq) ?? -1;
    if (at >= 0) return number * PAGE_ROWS + at;
  }
  return undefined;
}

/**
 * What is not final, by windows fetched from main as they come into sight: one question on its way at a time, and the
 * newest first. However many rows there are, no more than some thousand are held here and some dozen drawn.
 */
export function createOpenRows(client: Client, first: Question): OpenRows {
  const listeners = new Set<() => void>();
  let state: OpenRowsState = {
    question: first,
    answered: null,
    pages: new Map(),
    counts: null,
    total: 0,
    hasFailed: false,
  };
  let visible: Visible = { first: 0, end: 1 };
  /** What was fetched in an earlier round is shown, and fetched again. */
  let round = 0;
  let rounds = new Map<number, number>();
  let isAsking = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function set(next: Partial<OpenRowsState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function wanted(): number | undefined {
    const last = Math.floor(Math.max(visible.first, visible.end - 1) / PAGE_ROWS);
    for (let page = Math.floor(visible.first / PAGE_ROWS); page <= last; page += 1)
      if (rounds.get(page) !== round) return page;
    return undefined;
  }

  function take(page: number, askedRound: number, reply: CallOutput<'board.page'>): void {
    const isNew = state.answered !== state.question;
    if (isNew) rounds = new Map();
    rounds.set(page, askedRound);
    const pages = new Map(isNew ? [] : state.pages).set(page, reply.rows);
    for (const number of [...pages.keys()].toSorted((a, b) => Math.abs(b - page) - Math.abs(a - page))) {
      if (pages.size <= KEPT_PAGES) break;
      pages.delete(number);
      rounds.delete(number);
    }
    const { counts, total } = reply;
    set({ pages, counts, total, answered: state.question, hasFailed: false });
  }

  async function fetchWanted(): Promise<void> {
    if (isAsking || isStopped) return;
    const page = wanted();
    if (page === undefined) return;
    isAsking = true;
    const { question } = state;
    const askedRound = round;
    const result = await client.call('board.page', {
      outcomes: question.filter === 'all' ? [] : [question.filter],
      search: question.search,
      offset: page * PAGE_ROWS,
      limit: PAGE_ROWS,
    });
    isAsking = false;
    if (isStopped) return;
    if (result.kind === 'failure') {
      set({ hasFailed: true });
      later(RETRY_MS, () => undefined);
      return;
    }
    if (question === state.question) take(page, askedRound, result.output);
    run();
  }

  /** Deliberately not awaited: the client never rejects, and what comes changes the state by itself. */
  function run(): void {
    void fetchWanted();
  }

  function later(delayMs: number, before: () => void): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      before();
      run();
    }, delayMs);
  }

  const refresh = (): void => {
    round += 1;
    run();
  };

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask(question) {
      visible = { first: 0, end: Math.max(1, visible.end - visible.first) };
      rounds = new Map();
      set({ question });
      run();
    },
    show(next) {
      visible = next;
      run();
    },
    changed: () => later(REFRESH_MS, () => (round += 1)),
    refresh,
    start() {
      isStopped = false;
      refresh();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
