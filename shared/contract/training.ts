import { z } from 'zod';
import { drills } from '../domain/drills.ts';

/** What can be practised: each is an outage that a cashier will meet, made by the simulator inside the terminal. */
export const Drill = z.enum(drills);
export type Drill = z.output<typeof Drill>;

/** What a drill looks at. Each is told in the report as met or not. */
const drillPoints = ['sold', 'sold-while-away', 'credited-once', 'went-to-manager', 'not-repeated'] as const;
const DrillPoint = z.strictObject({ point: z.enum(drillPoints), isMet: z.boolean() });
export type DrillPoint = z.output<typeof DrillPoint>;

const InstantMs = z.int().min(0);

export const DrillState = z.discriminatedUnion('kind', [
  /** Not in training, or with a simulator that is not this terminal's own. */
  z.strictObject({ kind: z.literal('not-available') }),
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({
    kind: z.literal('running'),
    drill: Drill,
    /** When the outage ends by itself; absent where a sale ends it. */
    awayUntilMs: InstantMs.optional(),
    /** Whether the outage is over and only its sales are still on their way. */
    isClearing: z.boolean(),
    saleCount: z.int().min(0),
  }),
  z.strictObject({
    kind: z.literal('ended'),
    drill: Drill,
    startedAtMs: InstantMs,
    endedAtMs: InstantMs,
    saleCount: z.int().min(0),
    points: z.array(DrillPoint),
  }),
]);
export type DrillState = z.output<typeof DrillState>;

const Nothing = z.strictObject({});

export const trainingCalls = {
  'training.state': { input: Nothing, output: DrillState },
  /** Begins a drill; one that runs is ended first. */
  'training.start': { input: z.strictObject({ drill: Drill }), output: DrillState },
  /** Ends the outage and the drill now, with its report. */
  'training.stop': { input: Nothing, output: DrillState },
} as const;

export const trainingEvents = { training: DrillState } as const;
