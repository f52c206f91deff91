import { z } from 'zod';

/**
 * What can be made to go wrong with one call. The numbers are HTTP statuses: 202 credits, the others do not.
 * `reset` (with a TCP reset) and `dropBefore` end the connection before anything is credited, `dropAfter` after. `hang`, `slow`, `garbage`, `torn`
 * and `empty` credit, and then never answer, answer byte by byte, answer no JSON, half of it, or nothing with a 200.
 */
export const faultKinds = [
  '202', '400', '401', '403', '408', '429', '500', '503',
  'reset', 'dropBefore', 'dropAfter', 'hang', 'slow', 'garbage', 'torn', 'empty',
] as const; // prettier-ignore
export type FaultKind = (typeof faultKinds)[number];

/** The same for tokens and for Transaction History, where nothing is credited. */
export const plainFaultKinds = [
  '400',
  '401',
  '403',
  '408',
  '429',
  '500',
  '503',
  'drop',
  'hang',
  'garbage',
] as const;
export type PlainFaultKind = (typeof plainFaultKinds)[number];

/** What happens to the calls to come, one after the other, before `rates` have their turn. */
function steps<Kind extends string>(kinds: readonly [Kind, ...Kind[]]) {
  const KindName = z.enum(kinds);
  return z
    .array(z.union([KindName, z.strictObject({ fault: KindName, times: z.int().min(1).max(1_000_000) })]))
    .default([]);
}

function plan<Kind extends string>(kinds: readonly [Kind, ...Kind[]]) {
  const KindName = z.enum(kinds);
  return {
    next: steps(kinds),
    /** From 0 to 1, each fault its own share of all calls. */
    rates: z
      .partialRecord(KindName, z.number().min(0).max(1))
      .refine(
        (rates) =>
          Object.values<number | undefined>(rates).reduce<number>((sum, rate) => sum + (rate ?? 0), 0) <= 1,
        {
          error: 'The rates add up to more than 1.',
        },
      )
      .default({}),
  };
}

const Instant = z.iso.datetime({ offset: true });
const MaintenanceWindow = z
  .strictObject({ from: Instant, until: Instant })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), { error: 'It ends before it begins.' });

/** The fault panel: a file, a flag, or a live setting. What is not given is off. */
export const Faults = z.strictObject({
  /** Before a call is worked on. The Collector counts as busy meanwhile. */
  latencyMs: z.int().min(0).max(600_000).default(0),
  /** How long a `slow` answer takes in all. */
  slowMs: z.int().min(0).max(600_000).default(10_000),
  /** What 429 and 503 say in `Retry-After`. */
  retryAfterSeconds: z.int().min(0).max(86_400).default(30),
  /** Everything but the token answers 503. */
  maintenance: z.boolean().default(false),
  /** The same between two instants; `Retry-After` says when it ends. */
  maintenanceWindows: z.array(MaintenanceWindow).default([]),
  ...plan(faultKinds),
  /** For the call that only asks what a sale would earn: it uses up no step of a sale. The rates above hold for it too. */
  calculate: z.strictObject({ next: steps(faultKinds) }).prefault({}),
  token: z.strictObject(plan(plainFaultKinds)).prefault({}),
  history: z.strictObject(plan(plainFaultKinds)).prefault({}),
});
export type Faults = z.output<typeof Faults>;
export type FaultsInput = z.input<typeof Faults>;

/** Whether there is maintenance at an instant, and then the seconds until it is worth trying again. */
export function maintenanceAt(faults: Faults, nowMs: number): number | undefined {
  const ends = faults.maintenanceWindows
    .filter(({ from, until }) => Date.parse(from) <= nowMs && nowMs < Date.parse(until))
    .map(({ until }) => Math.ceil((Date.parse(until) - nowMs) / 1000));
  if (ends.length > 0) return Math.max(...ends);
  return faults.maintenance ? faults.retryAfterSeconds : undefined;
}

type Plan<Kind extends string> = {
  readonly next: readonly (Kind | { readonly fault: Kind; readonly times: number })[];
  readonly rates: Readonly<Partial<Record<Kind, number>>>;
};

/** Draws the fault of each call in turn. One random number a call whatever is set, so a seed tells the whole run. */
export function createFaultDraw<Kind extends string>(
  planned: Plan<Kind>,
  kinds: readonly Kind[],
  random: () => number,
): () => Kind | undefined {
  const queue = planned.next.map((step) =>
    typeof step === 'string' ? { fault: step, times: 1 } : { ...step },
  );
  return () => {
    let share = random();
    const [step] = queue;
    if (step !== undefined) {
      step.times -= 1;
      if (step.times === 0) queue.shift();
      return step.fault;
    }
    for (const kind of kinds) {
      share -= planned.rates[kind] ?? 0;
      if (share < 0) return kind;
    }
    return undefined;
  };
}
