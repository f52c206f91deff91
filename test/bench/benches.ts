import { boardBench } from './board/board.ts';
import { callBench } from './call/call.ts';
import { journalBench } from './journal/journal.ts';
import { scanBench } from './scan/scan.ts';
import { reconcileBench } from './reconcile/reconcile.ts';
import { saleBench } from './sale/sale.ts';
import { screenBench } from './screen/screen.ts';

export interface BenchOptions {
  /** How often each thing is measured; figures are medians. */
  readonly rounds: number;
  /** Says how it goes, and what a figure is made of. */
  readonly note: (line: string) => void;
}

export interface Aim {
  readonly figure: string;
  readonly means: string;
  readonly aim: string;
  readonly isMet: (value: number) => boolean;
}

export interface Bench {
  readonly aims: readonly Aim[];
  run(options: BenchOptions): Promise<Readonly<Record<string, number>>>;
}

/** Every bench by the name it is asked for with. */
export const benches: Readonly<Record<string, Bench>> = {
  board: boardBench,
  call: callBench,
  journal: journalBench,
  scan: scanBench,
  reconcile: reconcileBench,
  screen: screenBench,
  sale: saleBench,
};
