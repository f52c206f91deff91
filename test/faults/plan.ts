import { makeCollectorNumber } from '../../shared/domain/collector-number.ts';
import { createDraws, type Draws } from './draws.ts';
import { weatherShares, type Weather } from './weather.ts';

/** Who stands at the counter: one of the far end's Collectors by its place, or a number nobody has, or a slip of the keys. */
export type CollectorPlan =
  | { readonly kind: 'active'; readonly place: number }
  | { readonly kind: 'closed' | 'merged' }
  | { readonly kind: 'unknown' | 'mistyped'; readonly text: string };

/** One sale of a cashier. Times are milliseconds after the terminal said that it is ready. */
export interface PressPlan {
  readonly saleKey: string;
  readonly atMs: number;
  readonly collector: CollectorPlan;
  readonly preTaxCents: number;
  readonly hstCents: number;
  /** Pressed twice in the same moment. */
  readonly isTwin: boolean;
  /** Said that it was done minutes ago: press again and mean it. */
  readonly meansSecondSale: boolean;
}

/** How one life of the terminal ends. */
export type EndPlan =
  | { readonly kind: 'while-starting'; readonly afterMs: number }
  | { readonly kind: 'after-ready'; readonly afterMs: number }
  | { readonly kind: 'after-press' | 'after-answer'; readonly press: number; readonly afterMs: number }
  /** Credited at the far end, and the terminal may not know yet. */
  | { readonly kind: 'after-credit'; readonly credits: number; readonly afterMs: number }
  /** No kill: asked to stop, in the middle of whatever it does. */
  | { readonly kind: 'orderly'; readonly afterMs: number };

/** What happens to the end of the journal's WAL between a kill and the next start, where nothing was synced. */
export const tailDamages = [
  'none',
  'truncate',
  'flip',
  'zero-sector',
  'append-garbage',
  'append-torn-frame',
] as const;
export type TailDamage = (typeof tailDamages)[number];

/** One life of the terminal, from its start to its end. */
export interface LifePlan {
  readonly number: number;
  readonly seed: number;
  readonly damage: TailDamage;
  readonly weather: Weather;
  readonly nextWeather: { readonly atMs: number; readonly weather: Weather } | undefined;
  /** The wall clock, in milliseconds beside the true one: at start, and after a jump in the middle. */
  readonly clockMs: number;
  readonly clockJump: { readonly atMs: number; readonly clockMs: number } | undefined;
  readonly farEndRestartsAtMs: number | undefined;
  /** `reserve`: the setting asks for more than there is. `full`: the disk has `leaveBytes` left for a while. */
  readonly disk:
    | { readonly kind: 'ordinary' | 'reserve' }
    | { readonly kind: 'full'; readonly fromMs: number; readonly toMs: number; readonly leaveBytes: number };
  readonly presses: readonly PressPlan[];
  /** Shares of the sales without an answer, and of those already answered, that are pressed again under the same key. */
  readonly again: { readonly unanswered: number; readonly answered: number };
  readonly end: EndPlan;
}

/** A terminal with a journal of its own, from an empty folder to the settling of accounts. */
export interface ChapterPlan {
  readonly number: number;
  readonly seed: number;
  readonly disk: 'ordinary' | 'small';
  readonly tokenSeconds: number;
  /**
   * Either Collectors whom the far end refuses, or empty answers; never both, because the simulator's `empty` says 200
   * to a refusal too, and no terminal can see through that.
   */
  readonly refusals: 'collectors' | 'empty-answers';
  readonly lives: readonly LifePlan[];
  /** Where synced commits are cut off after all, once accounts are settled: the terminal has to notice. */
  readonly cut: {
    readonly seed: number;
    readonly presses: readonly PressPlan[];
    /** When the recovering terminal is killed again, in milliseconds after its start; the last of them may go on. */
    readonly killsAfterMs: readonly number[];
  };
}

const HOUR_MS = 3_600_000;
const CHAPTER_KILLS = 40;

function planCollector(draws: Draws, areRefused: boolean): CollectorPlan {
  const refused = areRefused
    ? ([
        ['closed', 4],
        ['unknown', 2],
      ] as const)
    : [];
  const kind = draws.weighted([['active', 88], ['merged', 3], ['mistyped', 3], ...refused] as const);
  switch (kind) {
    case 'active':
      // Crowded: a queue forms behind some of them.
      return { kind, place: draws.chance(0.5) ? draws.below(2) : draws.below(8) };
    case 'unknown':
      return { kind, text: makeCollectorNumber(draws.random) };
    case 'mistyped': {
      const good = makeCollectorNumber(draws.random);
      return { kind, text: `${good.slice(0, 10)}${(Number(good[10]) + 1) % 10}` };
    }
    default:
      return { kind };
  }
}

function planPress(
  draws: Draws,
  areRefused: boolean,
  atMs: number,
  before: PressPlan | undefined,
): PressPlan {
  // Sometimes the same Collector buys the same again.
  const isEqual = before !== undefined && draws.chance(0.06);
  const preTaxCents = draws.chance(0.02) ? 0 : draws.between(100, 30_000);
  return {
    saleKey: draws.uuid(),
    atMs,
    collector: isEqual ? before.collector : planCollector(draws, areRefused),
    preTaxCents: isEqual ? before.preTaxCents : preTaxCents,
    hstCents: isEqual ? before.hstCents : Math.round(preTaxCents * 0.13),
    isTwin: draws.chance(0.2),
    meansSecondSale: draws.chance(0.5),
  };
}

function planPresses(draws: Draws, areRefused: boolean): PressPlan[] {
  const presses: PressPlan[] = [];
  let atMs = 0;
  for (
    let count = draws.weighted([
      [1, 1],
      [2, 3],
      [4, 4],
      [8, 2],
      [20, 0.3],
    ]);
    count > 0;
    count -= 1
  ) {
    presses.push(planPress(draws, areRefused, atMs, presses.at(-1)));
    if (draws.chance(0.6)) atMs += draws.between(0, 60);
  }
  return presses;
}

function planEnd(draws: Draws, presses: readonly PressPlan[]): EndPlan {
  const press = draws.below(presses.length);
  // Milliseconds after something matter most; now and then the terminal gets on with its work for longer.
  const soonMs = draws.chance(0.7) ? draws.between(0, 8) : draws.between(0, 80);
  switch (
    draws.weighted([
      ['starting', 8],
      ['ready', 22],
      ['press', 25],
      ['answer', 22],
      ['credit', 18],
      ['orderly', 5],
    ])
  ) {
    case 'starting':
      return { kind: 'while-starting', afterMs: draws.between(20, 700) };
    case 'ready':
      return { kind: 'after-ready', afterMs: draws.between(0, 600) };
    case 'press':
      return { kind: 'after-press', press, afterMs: soonMs };
    case 'answer':
      return { kind: 'after-answer', press, afterMs: soonMs };
    case 'credit':
      return { kind: 'after-credit', credits: draws.between(1, 3), afterMs: draws.between(0, 4) };
    default:
      return { kind: 'orderly', afterMs: draws.between(50, 500) };
  }
}

function planDisk(draws: Draws): LifePlan['disk'] {
  if (draws.chance(0.1)) return { kind: 'reserve' };
  if (!draws.chance(0.5)) return { kind: 'ordinary' };
  const fromMs = draws.between(0, 100);
  const leaveBytes = draws.pick([0, 0, 4096, 20_000, 60_000, 200_000]);
  return { kind: 'full', fromMs, toMs: fromMs + draws.between(50, 500), leaveBytes };
}

/** Hours to and fro; once in a while more than AIR MILES is assumed to know a key. */
function planClock(draws: Draws): number {
  if (draws.chance(0.02)) return draws.pick([-1, 1]) * 30 * HOUR_MS;
  return draws.chance(0.5) ? 0 : draws.between(-6 * HOUR_MS, 6 * HOUR_MS);
}

function planLife(draws: Draws, number: number, isDiskSmall: boolean, areRefused: boolean): LifePlan {
  const presses = planPresses(draws, areRefused);
  const disk = isDiskSmall ? planDisk(draws) : ({ kind: 'ordinary' } as const);
  const weather = draws.weighted(weatherShares);
  return {
    number,
    seed: draws.seed(),
    damage: draws.weighted([['none', 4], ['truncate', 3], ['flip', 3], ['zero-sector', 2], ['append-garbage', 2], ['append-torn-frame', 3]] as const), // prettier-ignore
    weather,
    nextWeather: draws.chance(0.3)
      ? { atMs: draws.between(20, 200), weather: draws.weighted(weatherShares) }
      : undefined,
    clockMs: planClock(draws),
    clockJump: draws.chance(0.15) ? { atMs: draws.between(5, 200), clockMs: planClock(draws) } : undefined,
    farEndRestartsAtMs: draws.chance(0.05) ? draws.between(5, 150) : undefined,
    disk,
    presses,
    // On a full disk everybody asks again: what is stored already must not be said to be lost.
    again:
      disk.kind === 'ordinary'
        ? { unanswered: draws.pick([0, 0.5, 1, 1]), answered: draws.pick([0, 0, 0.1]) }
        : { unanswered: 1, answered: 0.2 },
    end: planEnd(draws, presses),
  };
}

/** Chapter `number` of a run, with `kills` kills at the most. The same seed and number give the same chapter. */
function planChapter(seed: number, number: number, kills: number): ChapterPlan {
  const draws = createDraws(seed + number * 7919);
  const isDiskSmall = number % 3 === 1;
  const areRefused = draws.chance(0.5);
  const lives: LifePlan[] = [];
  for (let killed = 0; killed < kills;) {
    const life = planLife(createDraws(draws.seed()), lives.length, isDiskSmall, areRefused);
    lives.push(life);
    if (life.end.kind !== 'orderly') killed += 1;
  }
  return {
    number,
    seed: draws.seed(),
    disk: isDiskSmall ? 'small' : 'ordinary',
    tokenSeconds: draws.pick([1, 2, 3600]),
    refusals: areRefused ? 'collectors' : 'empty-answers',
    lives,
    cut: {
      seed: draws.seed(),
      presses: Array.from({ length: 3 }, (_, index) => planPress(draws, false, index * 20, undefined)),
      killsAfterMs: draws.chance(0.5) ? [draws.between(200, 600), draws.between(200, 600)] : [],
    },
  };
}

/** The whole run, chapter by chapter: what will be done, none of what will come of it. */
export function* planRun(seed: number, kills: number): Generator<ChapterPlan> {
  for (let number = 0; number * CHAPTER_KILLS < kills; number += 1)
    yield planChapter(seed, number, Math.min(CHAPTER_KILLS, kills - number * CHAPTER_KILLS));
}
