import type { EntryMode } from '../collector-number.ts';

/** Why something that was read is of no use here. */
export const scanRefusals = [
  'no-read',
  'incomplete',
  'too-long',
  'bad-bytes',
  'line-settings',
  'two-codes',
  'product',
  'payment-card',
  'card-unread',
  'not-a-collector',
  'check-digit',
] as const;
export type ScanRefusal = (typeof scanRefusals)[number];

/** What a frame turned out to be, by its content alone. No digit of a refused frame is in it. */
export type Scan =
  | { readonly kind: 'collector'; readonly collectorNumber: string; readonly entryMode: EntryMode }
  /** A receipt of ours. */
  | { readonly kind: 'receipt'; readonly reference: string }
  | { readonly kind: 'coupon'; readonly couponCode: string }
  | { readonly kind: 'refused'; readonly code: ScanRefusal };

export const frameForms = ['barcode', 'stripe', 'scale', 'sensor', 'fault'] as const;
export type FrameForm = (typeof frameForms)[number];
export const readOutcomes = ['collector', 'receipt', 'coupon', 'ignored', ...scanRefusals] as const;
export type ReadOutcome = (typeof readOutcomes)[number];

/** What may be told of any frame: its form, its lengths, what became of it. Never a character of it. */
export interface Observation {
  readonly form: FrameForm;
  /** The AIM identifier's letter and modifier, where the scanner sends one. */
  readonly aim?: string | undefined;
  readonly length: number;
  /** Of a stripe: each track's length, 0 for one that the reader could not read. */
  readonly trackLengths?: readonly number[] | undefined;
  readonly outcome: ReadOutcome;
}

/** A frame, read. Without a scan there is nothing to tell a person: a scale's weight, a card's arrival in a slot. */
export interface Reading {
  readonly scan: Scan | undefined;
  readonly observation: Observation;
}

export function refused(code: ScanRefusal): Scan {
  return { kind: 'refused', code };
}

/** The outcome of a scan in one word. */
export function outcomeOf(scan: Scan | undefined): ReadOutcome {
  if (scan === undefined) return 'ignored';
  return scan.kind === 'refused' ? scan.code : scan.kind;
}
