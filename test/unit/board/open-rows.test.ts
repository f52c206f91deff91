import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../../../renderer/client.ts';
import { createOpenRows, indexOf, rowAt } from '../../../renderer/features/board/open-rows.ts';
import { ROW_PX, scrollTo, visibleRows } from '../../../renderer/features/board/visible.ts';
import { createFakeMain } from '../renderer/fake-main.ts';
import { sampleSale } from '../renderer/samples.ts';

const TOTAL = 50_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A main with so many rows, the first of them gone once they are final. */
function openRows() {
  let gone = 0;
  const main = createFakeMain({
    'board.page': ({ offset, limit, outcomes }) => {
      const total = outcomes.length === 0 ? TOTAL - gone : 3;
      const count = Math.max(0, Math.min(limit, total - offset));
      return {
        rows: Array.from({ length: count }, (_, at) => sampleSale(gone + offset + at + 1)),
        counts: { stored: total, 'needs-manager': 3, accepted: 0 },
        total,
      };
    },
  });
  const client = createClient(main.wire, { timeoutMs: 1000 });
  const rows = createOpenRows(client, { filter: 'all', search: '' });
  const offsets = () => main.inputsOf('board.page').map((input) => (input as { offset: number }).offset);
  return { main, rows, offsets, finish: (count: number) => (gone += count) };
}
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('the rows of the board', () => {
  test('are fetched where the window is, and nowhere else', async () => {
    const { rows, offsets } = openRows();
    rows.start();
    rows.show({ first: 0, end: 30 });
    await settle();
    rows.show({ first: 40_090, end: 40_120 });
    await settle();
    expect(offsets()).toEqual([0, 40_000, 40_100]);
    expect(rowAt(rows.getState(), 40_095)?.seq).toBe(40_096);
    expect(rowAt(rows.getState(), 20_000)).toBeUndefined();
    rows.stop();
  });

  test('skip what was scrolled past while an answer was on its way', async () => {
    const { rows, offsets } = openRows();
    rows.start();
    for (let first = 0; first < 49_000; first += 1000) rows.show({ first, end: first + 30 });
    await settle();
    expect(offsets()).toEqual([0, 48_000]);
    rows.stop();
  });

  test('are fetched once for a burst of changes, and only those in the window', async () => {
    const { rows, offsets, finish } = openRows();
    rows.start();
    await settle();
    rows.show({ first: 300, end: 330 });
    await settle();
    const before = offsets().length;
    const { seq } = rowAt(rows.getState(), 320) ?? { seq: 0 };
    finish(5);
    for (let change = 0; change < 500; change += 1) rows.changed();
    await vi.advanceTimersByTimeAsync(299);
    expect(offsets().length).toBe(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(offsets().slice(before)).toEqual([300]);
    expect(rows.getState().total).toBe(TOTAL - 5);
    // The one the keys are on is found where it is by now.
    expect(indexOf(rows.getState(), seq, 320)).toBe(315);
    rows.stop();
  });

  test('of another question replace the others at once, and a late answer to the last one changes nothing', async () => {
    const { rows } = openRows();
    rows.start();
    await settle();
    rows.changed();
    vi.advanceTimersByTime(300);
    rows.ask({ filter: 'needs-manager', search: '' });
    await settle();
    expect(rows.getState()).toMatchObject({ total: 3, answered: { filter: 'needs-manager' } });
    expect(rows.getState().pages.size).toBe(1);
    rows.stop();
  });

  test('are asked for again, slowly, while main does not answer', async () => {
    const { rows, main, offsets } = openRows();
    main.disconnect();
    rows.start();
    await settle();
    expect(rows.getState().hasFailed).toBe(true);
    main.connect();
    await vi.advanceTimersByTimeAsync(1000);
    expect(rows.getState()).toMatchObject({ hasFailed: false, total: TOTAL });
    expect(offsets()).toEqual([0]);
    rows.stop();
  });
});

describe('the window', () => {
  test('draws some dozen rows, wherever it is and however many there are', () => {
    for (const scrollTop of [0, 1234, 25_000 * ROW_PX, TOTAL * ROW_PX - 600]) {
      const { first, end } = visibleRows(scrollTop, 600, TOTAL);
      expect(end - first).toBeLessThanOrEqual(27);
      expect(first * ROW_PX).toBeLessThanOrEqual(scrollTop);
      expect(end * ROW_PX).toBeGreaterThanOrEqual(Math.min(scrollTop + 600, TOTAL * ROW_PX));
    }
    expect(visibleRows(9000, 600, 0)).toEqual({ first: 0, end: 0 });
    expect(visibleRows(9000, 600, 5)).toEqual({ first: 4, end: 5 });
  });

  test('scrolls no further than it takes to see a row whole', () => {
    expect(scrollTo(5, 0, 480)).toBe(0);
    expect(scrollTo(10, 0, 480)).toBe(ROW_PX);
    expect(scrollTo(2, 480, 480)).toBe(2 * ROW_PX);
  });
});
