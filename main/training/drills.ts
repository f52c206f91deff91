import type { Handlers } from '../../shared/contract/contract.ts';
import type { Drill, DrillPoint, DrillState } from '../../shared/contract/training.ts';
import type { Sale } from '../../shared/contract/views.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { Clock } from '../clock.ts';
import type { Events } from '../events.ts';
import type { FaultsInput } from '../simulator/faults.ts';
import type { Simulator } from '../simulator/simulator.ts';

const AWAY_MS = 120_000;
/** After the outage its sales get this long to go out; then the report says what it sees. */
const CLEARING_MS = 60_000;

/** Nothing gets through, not even a token: what a pulled cable looks like from the terminal. */
const networkAway: FaultsInput = { rates: { reset: 1 }, token: { rates: { drop: 1 } } };

function faultsOf(drill: Drill): FaultsInput {
  switch (drill) {
    case 'network-away':
      return networkAway;
    case 'lost-answer':
      return { next: ['dropAfter'] };
    case 'refused-collector':
      return { next: ['400'] };
    default:
      return assertNever(drill);
  }
}

export interface DrillDependencies {
  /** The one inside this terminal; without it there are no drills. */
  readonly simulator: Pick<Simulator, 'setFaults' | 'ledger'> | undefined;
  readonly clock: Clock;
  readonly events: Events;
  /** The way is open again: what waits is sent without its backoff. */
  readonly networkChanged: () => void;
}

interface Running {
  readonly drill: Drill;
  readonly startedAtMs: number;
  readonly awayUntilMs: number | undefined;
  isClearing: boolean;
  /** Sales of this drill as they stand, by their number; in which order they came. */
  readonly sales: Map<number, { readonly sale: Sale; readonly wasAway: boolean }>;
}

/** Guided outages over the simulator inside a terminal in training: each ends in a short report. */
export function createDrills({ simulator, clock, events, networkChanged }: DrillDependencies) {
  let running: Running | undefined;
  let ended: Extract<DrillState, { kind: 'ended' }> | undefined;
  let cancel: (() => void) | undefined;

  function state(): DrillState {
    if (simulator === undefined) return { kind: 'not-available' };
    if (running === undefined) return ended ?? { kind: 'idle' };
    const { drill, awayUntilMs, isClearing, sales } = running;
    return {
      kind: 'running',
      drill,
      ...(awayUntilMs === undefined ? {} : { awayUntilMs }),
      isClearing,
      saleCount: sales.size,
    };
  }
  const announce = (): void => events.emit('training', state());

  function pointsOf({ drill, sales }: Running): DrillPoint[] {
    const all = [...sales.values()];
    const entries = simulator?.ledger().entries ?? [];
    const creditsOf = ({ reference }: Sale): number =>
      entries.filter((entry) => entry.checkoutTransactionId === reference).length;
    const looks = all.map(({ sale }) => `${sale.collectorMasked} ${sale.preTaxCents}`);
    const notRepeated: DrillPoint = {
      point: 'not-repeated',
      isMet: all.length > 0 && new Set(looks).size === looks.length,
    };
    const creditedOnce: DrillPoint = {
      point: 'credited-once',
      isMet: all.length > 0 && all.every(({ sale }) => creditsOf(sale) === 1 && sale.outcome === 'credited'),
    };
    const sold: DrillPoint = { point: 'sold', isMet: all.length > 0 };
    switch (drill) {
      case 'network-away':
        return [
          { point: 'sold-while-away', isMet: all.some(({ wasAway }) => wasAway) },
          creditedOnce,
          notRepeated,
        ];
      case 'lost-answer':
        return [sold, creditedOnce, notRepeated];
      case 'refused-collector':
        return [
          sold,
          { point: 'went-to-manager', isMet: all.some(({ sale }) => sale.outcome === 'needs-manager') },
          notRepeated,
        ];
      default:
        return assertNever(drill);
    }
  }

  function end(): void {
    if (running === undefined || simulator === undefined) return;
    cancel?.();
    cancel = undefined;
    simulator.setFaults({});
    const { drill, startedAtMs, sales } = running;
    const points = pointsOf(running);
    running = undefined;
    ended = { kind: 'ended', drill, startedAtMs, endedAtMs: clock.nowMs(), saleCount: sales.size, points };
    networkChanged();
    announce();
  }

  /** The outage is over: its sales go out, and the report waits for them. */
  function clear(): void {
    if (running === undefined || simulator === undefined) return;
    simulator.setFaults({});
    running.isClearing = true;
    cancel?.();
    cancel = clock.after(CLEARING_MS, end);
    announce();
    networkChanged();
    endWhenSettled();
  }

  function endWhenSettled(): void {
    if (running === undefined || !running.isClearing) return;
    if ([...running.sales.values()].every(({ sale }) => sale.outcome !== 'stored')) end();
  }

  function start(drill: Drill): DrillState {
    if (simulator === undefined) return state();
    if (running !== undefined) end();
    ended = undefined;
    const startedAtMs = clock.nowMs();
    const isTimed = drill === 'network-away';
    const awayUntilMs = isTimed ? startedAtMs + AWAY_MS : undefined;
    running = { drill, startedAtMs, awayUntilMs, isClearing: false, sales: new Map() };
    simulator.setFaults(faultsOf(drill));
    if (isTimed) cancel = clock.after(AWAY_MS, clear);
    announce();
    return state();
  }

  return {
    handlers: {
      'training.state': () => state(),
      'training.start': ({ drill }) => start(drill),
      'training.stop': () => {
        end();
        return state();
      },
    } satisfies Pick<Handlers, 'training.state' | 'training.start' | 'training.stop'>,
    /** A sale was recorded, or its outcome changed. */
    sale(sale: Sale): void {
      if (running === undefined || sale.recordedAtMs < running.startedAtMs) return;
      const known = running.sales.get(sale.seq);
      const wasAway = known?.wasAway ?? (running.drill === 'network-away' && !running.isClearing);
      running.sales.set(sale.seq, { sale, wasAway });
      if (known === undefined) announce();
      // A drill without a clock is over when its first sale is decided; a repeat of it by then is in the report.
      if (running.drill !== 'network-away' && sale.outcome !== 'stored') running.isClearing = true;
      endWhenSettled();
    },
    close: () => cancel?.(),
  };
}
export type Drills = ReturnType<typeof createDrills>;
