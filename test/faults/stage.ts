import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBook, type Book } from './book.ts';
import { startFarEnd, type Collectors, type FarEnd } from './far-end.ts';
import type { ChapterPlan, CollectorPlan } from './plan.ts';
import { makeSmallDisk, type SmallDisk } from './small-disk.ts';

export const offenceKinds = ['lost', 'doubled', 'parallel', 'unexplained'] as const;

/** Something that must never happen, and the sale it happened to where it was one. */
export interface Offence {
  readonly kind: (typeof offenceKinds)[number];
  readonly what: string;
  readonly saleKey?: string | undefined;
  readonly reference?: string | undefined;
}

export interface RunOptions {
  /** The folder that holds the program's main/ and shared/. */
  readonly source: string;
  /** How long the queue may take to run empty once all is well. */
  readonly patienceMs: number;
  /** Leaves the folder of a chapter that found something. */
  readonly isKept: boolean;
  readonly say: (line: string) => void;
  readonly isTimeUp: () => boolean;
}

/** Everything one chapter is played on: folders, the far end, the book, and what was found so far. */
export interface Stage {
  readonly plan: ChapterPlan;
  readonly source: string;
  readonly patienceMs: number;
  readonly dataFolder: string;
  readonly settingsFile: string;
  readonly clockFile: string;
  readonly farEnd: FarEnd;
  readonly collectors: Collectors;
  readonly book: Book;
  readonly smallDisk: SmallDisk | undefined;
  readonly offences: Offence[];
  /** How many credits were held against the journal already. */
  checkedCredits: number;
  /** Sales that an earlier life left in the journal, by sale key, and which one. */
  readonly keptSince: Map<string, number>;
  kills: number;
  /** Bytes at the end of a WAL that were open to damage, and how often there were any. */
  readonly tails: { damaged: number; withUnsynced: number };
  /** Stops the far end, and takes the folder away unless it is to be looked at. */
  close(isKept: boolean): Promise<void>;
  readonly folder: string;
}

export async function openStage(plan: ChapterPlan, { source, patienceMs }: RunOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-faults-'));
  const smallDisk = plan.disk === 'small' ? makeSmallDisk(join(folder, 'disk')) : undefined;
  const dataFolder = join(smallDisk?.folder ?? folder, 'data');
  mkdirSync(dataFolder, { recursive: true });
  const clockFile = join(folder, 'clock');
  writeFileSync(clockFile, '0\n');
  const farEnd = await startFarEnd(folder, plan.seed, plan.tokenSeconds);
  return {
    plan,
    source,
    patienceMs,
    dataFolder,
    settingsFile: join(folder, 'settings.json'),
    clockFile,
    farEnd,
    collectors: await farEnd.collectors(),
    book: createBook(),
    smallDisk,
    offences: [],
    checkedCredits: 0,
    keptSince: new Map(),
    kills: 0,
    tails: { damaged: 0, withUnsynced: 0 },
    folder,
    async close(isKept) {
      await farEnd.stop();
      if (isKept && smallDisk !== undefined) cpSync(dataFolder, join(folder, 'data'), { recursive: true });
      smallDisk?.remove();
      if (!isKept) rmSync(folder, { recursive: true, force: true });
      else process.stderr.write(`Left to be looked at: ${folder}\n`);
    },
  };
}

/** What a cashier keys for a planned Collector. */
export function collectorText({ collectors }: Stage, planned: CollectorPlan): string {
  if (planned.kind === 'unknown' || planned.kind === 'mistyped') return planned.text;
  const those = collectors.filter(({ state }) => state === planned.kind);
  const chosen = those[planned.kind === 'active' ? planned.place % those.length : 0];
  if (chosen === undefined) throw new Error(`The simulator has no ${planned.kind} Collector`);
  return chosen.collectorNumber;
}

/** Sets the terminal's wall clock, running or not, to the true time and `shiftMs`. */
export function setClock(stage: Stage, shiftMs: number): void {
  writeFileSync(stage.clockFile, `${shiftMs}\n`);
}
