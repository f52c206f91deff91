import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../../main/simulator/random.ts';
import { makeSale } from './sales.ts';
import { digestOf, tell } from './told.ts';

/**
 * `naive-store.ts FOLDER SALES SEED`: what a terminal must not do. It keeps its sales in one JSON file, rewrites it for
 * each and never syncs: a checker that finds no fault with it finds none with anything.
 */
const [folder = '', sales = '0', seed = '0'] = process.argv.slice(2);
const random = createRandom(Number(seed));
const kept: Array<{ seq: number; digest: string; request: string }> = [];
for (let seq = 1; seq <= Number(sales); seq += 1) {
  const sale = makeSale(random);
  const digest = digestOf(sale.idempotencyKey, sale.request);
  kept.push({ seq, digest, request: new TextDecoder().decode(sale.request) });
  writeFileSync(join(folder, 'sales.json'), JSON.stringify(kept));
  tell({ fact: 'stored', seq, digest });
}
