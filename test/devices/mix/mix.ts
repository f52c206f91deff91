import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import Database from 'better-sqlite3';
import { settingsFor, startSimulator, startTerminal } from '../../e2e/programs.ts';
import { createDraws } from '../../faults/draws.ts';
import type { Desk } from '../../rig/hands.ts';
import { startRig } from '../../rig/rig.ts';
import { arrivalsOn } from './arrivals.ts';
import { runLane, type LaneFigures, type Sold, type Wedge } from './lane.ts';

const IDLE_MS = 500;

/** A counter with its own board, keyboard scanner and language. */
export interface Counter {
  readonly desk: Desk;
  readonly wedge: Wedge & { readonly layout: string };
  readonly language: 'en-CA' | 'fr-CA';
}

const counterOf = (
  [system, scanner]: readonly [Desk['system'], Desk['scanner']],
  [mode, prefix, layout]: readonly [Wedge['mode'], string, string],
  language: Counter['language'],
): Counter => ({ desk: { system, scanner }, wedge: { mode, prefix, layout }, language });

/** Each board with a scanner that knows it and with one that believes in another; told by prefix and by timing. */
export const counters: readonly Counter[] = [
  counterOf(['us', 'us'], ['timing', '~', 'system'], 'en-CA'),
  counterOf(['us', 'canadian-french'], ['prefix', '#', 'canadian-french'], 'en-CA'),
  counterOf(['canadian-french', 'canadian-french'], ['timing', '~', 'system'], 'fr-CA'),
  counterOf(['canadian-french', 'us'], ['prefix', '~', 'us'], 'fr-CA'),
  counterOf(['canadian-multilingual', 'canadian-multilingual'], ['prefix', '\\', 'system'], 'fr-CA'),
  counterOf(['canadian-multilingual', 'us'], ['timing', '~', 'us'], 'en-CA'),
];

/** What came of one counter; no fault is a pass. */
export interface MixFigures extends LaneFigures {
  readonly counter: Counter;
}

interface Row {
  readonly collector_number: string;
  readonly entry_mode: string;
  readonly pre_tax_cents: number;
}

/** Runs a counter: a terminal, a window of the browser, two serial scanners and a keyboard scanner. */
export async function runCounter(
  browser: Browser,
  counter: Counter,
  { actions, seed }: { readonly actions: number; readonly seed: number },
): Promise<MixFigures> {
  const { desk, wedge, language } = counter;
  const folder = mkdtempSync(join(tmpdir(), 'milepost-mix-'));
  const simulator = await startSimulator(folder, ['--seed', '7']);
  const rigs = [await startRig(folder), await startRig(folder, 'second')];
  // The pseudo-terminals of a busy machine pause longer than a scanner does.
  const devices = { scanners: rigs.map(({ path }) => ({ path, idleMs: IDLE_MS })), wedge };
  const terminal = await startTerminal(folder, settingsFor(simulator, { devices, language }));
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 } });
  try {
    const page = await context.newPage();
    const arrivals = arrivalsOn(page);
    await page.goto(terminal.ready.url);
    await page.locator('.light[data-health="well"]', { hasText: /Scanner|Lecteur/ }).waitFor();
    const draws = createDraws(seed);
    const isFrench = language === 'fr-CA';
    const figures = await runLane({ page, desk, wedge, rigs, arrivals, draws, isFrench, actions });
    // Main tells what it counted a moment after the last read.
    await sleep(500);
    const counted = arrivals.counted();
    await terminal.stop();
    const faults = [...figures.faults, ...faultsOfJournal(folder, figures.sold)];
    for (const by of ['serial', 'wedge'] as const) {
      if (counted[by] !== figures.sent[by])
        faults.push(`main counted ${counted[by]} of ${figures.sent[by]} reads (${by})`);
    }
    return { ...figures, faults, counter };
  } finally {
    await context.close();
    await terminal.stop();
    await simulator.stop();
    await Promise.all(rigs.map((rig) => rig.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every sale must stand in the journal once, with the number, the amount and the way it was read. */
function faultsOfJournal(folder: string, sold: readonly Sold[]): readonly string[] {
  const file = new Database(join(folder, 'data', 'journal', 'journal.sqlite'), { readonly: true });
  const rows = file
    .prepare<[], Row>('SELECT collector_number, entry_mode, pre_tax_cents FROM transactions ORDER BY seq')
    .all();
  file.close();
  const faults = rows.length === sold.length ? [] : [`${rows.length} sales were recorded of ${sold.length}`];
  for (const [index, sale] of sold.entries()) {
    const row = rows[index];
    if (row?.collector_number !== sale.collector) faults.push(`sale ${index + 1} has another Collector`);
    if (row?.entry_mode !== sale.entryMode)
      faults.push(`sale ${index + 1} counts as ${row?.entry_mode}, and was ${sale.entryMode}`);
    if (row?.pre_tax_cents !== sale.amountCents)
      faults.push(`sale ${index + 1} is not of ${sale.amountCents} cents`);
  }
  return faults;
}
