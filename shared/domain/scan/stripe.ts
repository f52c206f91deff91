import { areDigits, codesOf, passesLuhn } from './digits.ts';

const PERCENT = 0x25;
const SEMICOLON = 0x3b;
const END = 0x3f;
const SPACE = 0x20;
const LETTER_E = 0x45;
const START_SENTINELS = new Set(codesOf('%;+!'));
const FIELD_ENDS = new Set(codesOf('=^?'));
/** The last character of a MagTek insertion reader's frame: whether a card is in the slot. */
const SENSOR = new Set(codesOf('01'));

/** One track of a stripe. `data` is what stands between the sentinels, a view of the frame. */
export interface Track {
  readonly number: 1 | 2 | 3;
  readonly data: Uint8Array;
  /** False where the reader says that it could not read the track (`E` in its place). */
  readonly isGood: boolean;
}

/** The tracks of a stripe, or `broken`: an end sentinel is missing, a check character is wrong, a character is out of place. */
export type StripeReading =
  { readonly kind: 'tracks'; readonly tracks: readonly Track[] } | { readonly kind: 'broken' };

const broken: StripeReading = { kind: 'broken' };

/** Whether a frame is a magnetic stripe: it opens with the start sentinel of track 1, 2 or 3. */
export function isStripe(frame: Uint8Array): boolean {
  return frame[0] !== undefined && START_SENTINELS.has(frame[0]);
}

/** Whether a stripe can be taken as ended although no terminator came: some readers are set to send none. */
export function isWholeStripe(frame: Uint8Array): boolean {
  return isStripe(frame) && frame.lastIndexOf(END) >= frame.length - 2;
}

/**
 * Cuts a swipe into its tracks (ISO/IEC 7811, 7813), as MagTek and ID TECH readers send it: tracks in one line or joined
 * from several, each with or without its longitudinal check character, maybe the slot's sensor at the very end.
 */
export function readStripe(frame: Uint8Array): StripeReading {
  const tracks: Track[] = [];
  let at = 0;
  while (at < frame.length) {
    const start = frame[at];
    if (start === undefined || !START_SENTINELS.has(start)) return broken;
    const end = frame.indexOf(END, at + 1);
    if (end === -1) return broken;
    const number = trackNumber(start, tracks);
    const data = frame.subarray(at + 1, end);
    const isGood = !(data.length === 1 && data[0] === LETTER_E);
    if (number === undefined || data.length === 0 || (isGood && !isOfTrack(data, number))) return broken;
    tracks.push({ number, data, isGood });
    const next = afterCheck(frame, at, end, number);
    if (next === undefined) return broken;
    at = next;
  }
  return { kind: 'tracks', tracks };
}

/** A track's first field as a copy, without format letter and spaces: the caller wipes it. */
export function numberField(track: Uint8Array): Uint8Array {
  const end = track.findIndex((byte) => FIELD_ENDS.has(byte));
  const field = end === -1 ? track : track.subarray(0, end);
  const isLettered = (field[0] ?? 0) >= 0x41 && (field[0] ?? 0) <= 0x5a;
  return (isLettered ? field.subarray(1) : field).filter((byte) => byte !== SPACE);
}

/** A payment card's number: 13 to 19 digits that pass the Luhn check. */
export function isPaymentCardNumber(bytes: Uint8Array): boolean {
  return bytes.length >= 13 && bytes.length <= 19 && areDigits(bytes) && passesLuhn(bytes);
}

/**
 * Whether any start sentinel of a frame, whole or broken, is followed by a payment card number as its first field.
 */
export function isPaymentStripe(frame: Uint8Array): boolean {
  const starts = [...frame.keys()].filter((index) => START_SENTINELS.has(frame[index] ?? 0));
  return starts.some((start) => {
    const field = numberField(frame.subarray(start + 1));
    const isPayment = isPaymentCardNumber(field);
    field.fill(0);
    return isPayment;
  });
}

/** The second track that opens with `;` is the third. Tracks come in order; one twice is two cards at once. */
function trackNumber(start: number, before: readonly Track[]): Track['number'] | undefined {
  const last = before.at(-1)?.number ?? 0;
  const number = start === PERCENT ? 1 : start === SEMICOLON && last < 2 ? 2 : 3;
  return number > last ? number : undefined;
}

function isOfTrack(data: Uint8Array, number: Track['number']): boolean {
  const [lowest, highest] = number === 1 ? [0x20, 0x5f] : [0x30, 0x3f];
  return data.every(
    (byte) => byte >= lowest && byte <= highest && byte !== (number === 1 ? PERCENT : SEMICOLON),
  );
}

/** Where the next track starts, behind the check character where one was sent; `undefined` where it is wrong. */
function afterCheck(
  frame: Uint8Array,
  start: number,
  end: number,
  number: Track['number'],
): number | undefined {
  const next = end + 1;
  const isFollowedByTrack = (at: number): boolean =>
    at === frame.length || START_SENTINELS.has(frame[at] ?? 0);
  const sent = frame[next];
  if (sent === undefined) return next;
  if (sent === checkOf(frame.subarray(start, next), number) && isFollowedByTrack(next + 1)) return next + 1;
  if (START_SENTINELS.has(sent)) return next;
  return SENSOR.has(sent) && next + 1 === frame.length ? next + 1 : undefined;
}

/** The longitudinal check: even parity over each bit column from start to end sentinel. */
function checkOf(track: Uint8Array, number: Track['number']): number {
  const base = number === 1 ? 0x20 : 0x30;
  // Readers send `+` or `!` in the place of the third track's start sentinel; the stripe itself has `;`.
  const start = number === 3 ? SEMICOLON : (track[0] ?? base);
  return track.subarray(1).reduce((sum, byte) => sum ^ (byte - base), start - base) + base;
}
