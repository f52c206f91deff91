import { z } from 'zod';

/** Why nothing newer is installed at this moment: the first thing in the way. */
export const updateStates = [
  'off',
  'it-tool',
  'sources',
  'no-feed',
  'needs-it',
  'not-looked-yet',
  'unreachable',
  'nothing-newer',
  'rollout',
  'failed-before',
  'not-installed',
  'stopping',
  'outside-window',
  'signed-in',
  'sale-open',
  'queue-too-old',
  'copy-failed',
  'installing',
] as const;
export type UpdateState = (typeof updateStates)[number];

const FailingVersion = z.strictObject({
  version: z.string(),
  previous: z.string(),
  why: z.enum(['needs-it', 'nothing-kept', 'recorded-since', 'journal-unreadable', 'did-not-work']),
  /** What IT runs to put the version before back; left out where only a newer version helps. */
  command: z.string().optional(),
});

export const UpdatesView = z.strictObject({
  state: z.enum(updateStates),
  /** The newest version that was offered and is newer than this one. */
  offered: z.string().optional(),
  lookedAtMs: z.int().optional(),
  /** Local time, `02:30`. */
  windowFrom: z.string(),
  windowTo: z.string(),
  /** A version that did not start here; this one was put back in its place. */
  putBack: z.string().optional(),
  /** This version did not start several times, and the one before could not be put back. */
  failing: FailingVersion.optional(),
});
export type UpdatesView = z.output<typeof UpdatesView>;

export const updateCalls = {
  'updates.read': { input: z.strictObject({}), output: UpdatesView },
} as const;
