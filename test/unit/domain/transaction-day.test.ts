import { describe, expect, test } from 'vitest';
import { transactionDayOf } from '../../../shared/domain/transaction-day.ts';

describe('the Transaction Day', () => {
  test.each([
    ['2026-01-15T04:59:59.999Z', '2026-01-14', '2026-01-14'],
    ['2026-01-15T05:00:00.000Z', '2026-01-15', '2026-01-15'],
    // In summer the wall clock in Toronto is an hour ahead of EST.
    ['2026-07-15T04:30:00.000Z', '2026-07-14', '2026-07-15'],
    ['2026-07-15T05:00:00.000Z', '2026-07-15', '2026-07-15'],
    ['2024-02-29T12:00:00.000Z', '2024-02-29', '2024-02-29'],
  ])('of %s is %s by literal EST and %s by the clock in Toronto', (instant, literal, wall) => {
    expect(transactionDayOf(Date.parse(instant), 'EST')).toBe(literal);
    expect(transactionDayOf(Date.parse(instant), 'America/Toronto')).toBe(wall);
  });
});
