import type Database from 'better-sqlite3';
import type { OpenPage, OpenQuery, OpenState, TransactionRow } from './rows.ts';
import { ROW } from './statements.ts';

/** The index and condition under which each open state is found without walking what is final. */
const OPEN = {
  due: { index: 'deliveries_open', condition: `d.state = 'due'` },
  'needs-manager': { index: 'deliveries_open', condition: `d.state = 'needs-manager'` },
  accepted: { index: 'deliveries_accepted', condition: `d.state = 'accepted'` },
} as const satisfies Record<OpenState, object>;

const states = Object.keys(OPEN) as readonly OpenState[];

const MATCHES = `(t.reference LIKE @search || '%' OR t.collector_number LIKE '%' || @search)`;

/**
 * Windows of what is not final, oldest first. Skipping to a window walks an index only: whole rows are read for the
 * window alone. A search has to look at each open transaction, and at nothing that is final.
 */
export function createOpenPages(database: Database.Database): (query: OpenQuery) => OpenPage {
  const numbers = (state: OpenState, isSearch: boolean): string => {
    const { index, condition } = OPEN[state];
    const join = isSearch ? 'JOIN transactions t ON t.seq = d.seq' : '';
    const matches = isSearch ? `AND ${MATCHES}` : '';
    return `SELECT d.seq FROM deliveries d INDEXED BY ${index} ${join} WHERE ${condition} ${matches}`;
  };
  const value = (sql: string) => database.prepare<unknown[], number>(sql).pluck();
  const row = database.prepare<[number], TransactionRow>(`${ROW} WHERE t.seq = +?`);
  const windows = new Map<string, Database.Statement<unknown[], number>>();
  const windowOf = (asked: readonly OpenState[], isSearch: boolean) => {
    const sql = `${asked.map((state) => numbers(state, isSearch)).join(' UNION ALL ')}
      ORDER BY 1 LIMIT @limit OFFSET @offset`;
    const window = windows.get(sql) ?? value(sql);
    windows.set(sql, window);
    return window;
  };
  const counts = (isSearch: boolean) =>
    states.map((state) => ({
      state,
      statement: value(`SELECT count(*) FROM (${numbers(state, isSearch)})`),
    }));
  const allCounts = counts(false);
  const foundCounts = counts(true);

  return ({ states: asked, search: text, offset, limit }) => {
    // The two signs that LIKE understands stand for nothing anybody searches.
    const search = text?.replaceAll(/[%_]/g, '') ?? '';
    const isSearch = search !== '';
    const given = isSearch ? { search } : {};
    const found = { due: 0, 'needs-manager': 0, accepted: 0 };
    for (const { state, statement } of isSearch ? foundCounts : allCounts)
      found[state] = statement.get(given) ?? 0;
    const total = asked.reduce((sum, state) => sum + found[state], 0);
    if (asked.length === 0) return { rows: [], counts: found, total };
    const seqs = windowOf(asked, isSearch).all({ ...given, offset, limit });
    const rows = seqs.map((seq) => row.get(seq)).filter((one) => one !== undefined);
    return { rows, counts: found, total };
  };
}
