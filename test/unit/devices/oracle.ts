/**
 * The rules for a Collector Number on a serial line once more, written apart from the program: with texts and patterns
 * where the program walks bytes. It says which numbers a line may give at the most; giving fewer is no fault.
 */

const WEIGHTS = [6, 5, 4, 3, 8, 7, 6, 5, 4, 3];

/** Tries the last digit against the weighted sum of the first ten. */
function isCollectorNumber(text: string): boolean {
  if (!/^8[0-9]{10}$/.test(text)) return false;
  const digits = Array.from(text).map(Number);
  let sum = 0;
  for (let place = 0; place < 10; place += 1) sum += (digits[place] ?? 0) * (WEIGHTS[place] ?? 0);
  const rest = sum % 11;
  return rest <= 1 ? digits[10] === 0 : rest + (digits[10] ?? 0) === 11;
}

function isLuhn(text: string): boolean {
  const digits = Array.from(text).map(Number).toReversed();
  const sum = digits.reduce((total, digit, place) => {
    const twice = digit * (1 + (place % 2));
    return total + Math.floor(twice / 10) + (twice % 10);
  }, 0);
  return sum % 10 === 0;
}

/** XOR of the data bits of all characters, sentinels included, as the card holds them. */
function checkCharacter(track: string, base: number): string {
  let sum = 0;
  for (const character of track) sum ^= character.charCodeAt(0) - base;
  return String.fromCharCode(sum + base);
}

// Built from text, because a pattern may not hold control characters as such.
const DROPPED = new RegExp(String.raw`[\0\x1b]`, 'g');
const PIECES = new RegExp(String.raw`([^\r\n\x02\x03\x10]*)([\r\n\x02\x03\x10]|$)`, 'g');
const READABLE = new RegExp(String.raw`^[\x1d\x20-\x7e]*$`);

const SWIPE =
  /^(%[\x20-\x24\x26-\x3e\x40-\x5f]*\?)?(.)?(;[0-9:<=>]*\?|;E\?)?(.)?([;+!][0-9:<=>]*\?|[;+!]E\?)?(.)?([01])?$/s;

/** A number on a whole swipe: tracks in order, what follows each is its check character, no payment card among them. */
function numberOnSwipe(swipe: string): string | undefined {
  const [, one, checkOne, two, checkTwo, three, checkThree] = SWIPE.exec(swipe) ?? [];
  const number = /^;(8[0-9]{10})[=?]/.exec(two ?? '')?.[1];
  if (number === undefined || !isCollectorNumber(number)) return undefined;
  const sensor = (check: string | undefined): boolean => check === '0' || check === '1';
  if (checkOne !== undefined && one !== undefined && checkOne !== checkCharacter(one, 0x20)) return undefined;
  if (checkTwo !== undefined && checkTwo !== checkCharacter(two ?? '', 0x30) && !sensor(checkTwo))
    return undefined;
  if (checkThree !== undefined && three !== undefined && !sensor(checkThree)) {
    if (checkThree !== checkCharacter(`;${three.slice(1)}`, 0x30)) return undefined;
  }
  for (const track of [one, three]) {
    const field = /^[%;+!][A-Z]?([0-9 ]+)[\^=?]/.exec(track ?? '')?.[1]?.replaceAll(' ', '') ?? '';
    if (field.length >= 13 && field.length <= 19 && isLuhn(field)) return undefined;
  }
  return number;
}

function numberOnBarcode(frame: string): string | undefined {
  const number = /^(?:\]C0|\]F[0-9]|S08B3)?(8[0-9]{10})$/.exec(frame)?.[1];
  return number !== undefined && isCollectorNumber(number) ? number : undefined;
}

/** Every number that a line of text arriving at once, followed by silence, may give. */
export function numbersAllowed(line: string): readonly string[] {
  const bare = line.replaceAll(DROPPED, '');
  const pieces = Array.from(bare.matchAll(PIECES));
  const frames = pieces
    .filter(([, text = '']) => text !== '')
    .map(([, text = '', end = '']) => {
      // A start of text ends nothing; silence ends only a stripe that shows its own end.
      const isEnded = end === '' ? /^[%;+!].*\?.?$/s.test(text) : end !== '\x02';
      return isEnded && text.length <= 512 && READABLE.test(text) ? text : ' ';
    });
  const numbers: string[] = [];
  let swipe = '';
  for (const frame of [...frames, ' ']) {
    if (/^[%;+!]/.test(frame)) {
      swipe += frame;
      continue;
    }
    const swiped = swipe === '' ? undefined : numberOnSwipe(swipe);
    const scanned = numberOnBarcode(frame);
    if (swiped !== undefined) numbers.push(swiped);
    if (scanned !== undefined) numbers.push(scanned);
    swipe = '';
  }
  return numbers;
}
