import { z } from 'zod';

/** An installer (or an AppImage) that puts a version back, with the checksum it had when it was kept. */
export const KeptInstaller = z.strictObject({
  version: z.string(),
  file: z.string(),
  sha512: z.string(),
  /** Of an AppImage: the file it ran as, which it replaces again. */
  program: z.string().optional(),
});
export type KeptInstaller = z.output<typeof KeptInstaller>;

/** What is remembered from before an installation until the new version has proved itself. */
export const Attempt = z.strictObject({
  from: z.string(),
  to: z.string(),
  startedAtMs: z.int(),
  /** The checked copy of the journal from before the new version, and its last transaction. */
  copy: z.string().optional(),
  lastSeq: z.int().min(0),
  /** The new version has brought a copy of the journal over, and counted. */
  isRehearsed: z.boolean(),
  /** Starts of the new version so far that did not come up, and how many are one too many. */
  starts: z.int().min(0),
  startsAllowed: z.int().min(1),
  kept: KeptInstaller.optional(),
  /** The version before was put back once already, and yet this one starts again. */
  wasPutBack: z.boolean().optional(),
});
export type Attempt = z.output<typeof Attempt>;

/** What a start makes of what is remembered. */
export type StartVerdict =
  /** The version that was up before, or the very first. */
  | { readonly kind: 'known' }
  /** A version nobody announced: IT's tool or a person installed it. */
  | { readonly kind: 'unannounced'; readonly from: string }
  /** The new version is on its way up; it is believed when it stands. */
  | { readonly kind: 'trial'; readonly attempt: Attempt }
  /** The installer did not do its work: the version before starts again. */
  | { readonly kind: 'not-installed'; readonly attempt: Attempt }
  /** The new version was started here and the version before is back. */
  | { readonly kind: 'is-back'; readonly attempt: Attempt }
  /** It came up too often without getting anywhere: the version before has to come back. */
  | { readonly kind: 'roll-back'; readonly attempt: Attempt };

/**
 * Pure: what to make of the start of `version`, where `confirmed` is the version that last stood here. A start that a
 * power cut ended says nothing about a version, so several are believed.
 */
export function judgeStart(
  attempt: Attempt | undefined,
  confirmed: string | undefined,
  version: string,
): StartVerdict {
  if (attempt === undefined) {
    if (confirmed === undefined || confirmed === version) return { kind: 'known' };
    return { kind: 'unannounced', from: confirmed };
  }
  if (attempt.to === version)
    return { kind: attempt.starts >= attempt.startsAllowed ? 'roll-back' : 'trial', attempt };
  if (attempt.from !== version) return { kind: 'unannounced', from: attempt.from };
  return { kind: attempt.starts === 0 ? 'not-installed' : 'is-back', attempt };
}
