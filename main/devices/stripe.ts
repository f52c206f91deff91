import { areDigits, codesOf, passesLuhn } from './digits.ts';

const START_SENTINELS = new Set(codesOf('%;+!'));
const SPACE = 0x20;
const FIELD_ENDS = new Set(codesOf('=^?'));

/** Whether a frame is a magnetic stripe: it opens with the start sentinel of track 1, 2 or 3. */
export function isStripe(frame: Uint8Array): boolean {
  return frame[0] !== undefined && START_SENTINELS.has(frame[0]);
}

/** A payment card's number: 13 to 19 digits that pass the Luhn check. */
export function isPaymentCardNumber(bytes: Uint8Array): boolean {
  return bytes.length >= 13 && bytes.length <= 19 && areDigits(bytes) && passesLuhn(bytes);
}

/**
 * Whether a stripe is a payment card's: the number field of any of its tracks is a payment card number. Track 1 carries
 * a format letter before it and may group it with spaces (ISO/IEC 7813).
 */
export function isPaymentStripe(frame: Uint8Array): boolean {
  const tracks = [...frame.keys()].filter((index) => START_SENTINELS.has(frame[index] ?? 0));
  return tracks.some((start) => {
    const field = numberField(frame.subarray(start + 1));
    const isPayment = isPaymentCardNumber(field);
    field.fill(0);
    return isPayment;
  });
}

/** A copy of a track's first field without format letter and spaces; the caller wipes it. */
function numberField(track: Uint8Array): Uint8Array {
  const end = track.findIndex((byte) => FIELD_ENDS.has(byte));
  const field = end === -1 ? track : track.subarray(0, end);
  const isLettered = (field[0] ?? 0) >= 0x41 && (field[0] ?? 0) <= 0x5a;
  return (isLettered ? field.subarray(1) : field).filter((byte) => byte !== SPACE);
}
