import { describe, expect, test } from 'vitest';
import { addSale, upsertSale } from '../../../renderer/features/sales/sale-list.ts';
import { sampleSale } from './samples.ts';

describe('the recent sales', () => {
  test('stand newest first, whatever order they arrive in', () => {
    const sales = [3, 1, 2].reduce<ReturnType<typeof upsertSale>>(
      (list, seq) => upsertSale(list, sampleSale(seq)),
      [],
    );
    expect(sales.map((sale) => sale.seq)).toEqual([3, 2, 1]);
  });

  test('hold one line for a sale whose outcome changed', () => {
    const sales = upsertSale([sampleSale(2), sampleSale(1)], sampleSale(1, { outcome: 'credited' }));
    expect(sales.map((sale) => [sale.seq, sale.outcome])).toEqual([
      [2, 'stored'],
      [1, 'credited'],
    ]);
  });

  test('keep the newest eight', () => {
    const twelve = Array.from({ length: 12 }, (_, index) => sampleSale(index + 1));
    const sales = twelve.reduce<ReturnType<typeof upsertSale>>((list, sale) => upsertSale(list, sale), []);
    expect(sales.map((sale) => sale.seq)).toEqual([12, 11, 10, 9, 8, 7, 6, 5]);
  });

  test('do not go back when an event overtook the answer to the press', () => {
    const credited = sampleSale(1, { outcome: 'credited' });
    expect(addSale([credited], sampleSale(1))).toEqual([credited]);
  });
});
