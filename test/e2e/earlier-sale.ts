import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openFile } from '../../main/journal/open.ts';
import { makeSale } from '../faults/power/sales.ts';

/** Puts a sale of an earlier Transaction Day into the journal of a terminal that has not started yet; its day. */
export function recordEarlierSale(shopFolder: string): string {
  const folder = join(shopFolder, 'earlier');
  const file = openFile({ folder, environment: 'training', bootId: randomUUID(), reserveBytes: 0 }, false);
  const sale = makeSale(Math.random);
  file.store.record(sale, { dueLimit: 1, equalSinceMs: undefined });
  file.store.writeAnchor();
  file.close();
  // Without its lock, which this process keeps.
  cpSync(folder, join(shopFolder, 'data', 'journal'), {
    recursive: true,
    filter: (path) => !path.includes('lock.sqlite'),
  });
  return sale.transactionDay;
}
