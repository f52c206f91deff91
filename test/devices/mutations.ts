/** One deliberate fault: the one place in the program's text that is changed. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const CLASSIFY = 'shared/domain/scan/classify.ts';
const STRIPE = 'shared/domain/scan/stripe.ts';
const RULES = 'shared/domain/scan/rules.ts';
const SYMBOL = 'shared/domain/scan/symbol.ts';
const FRAMES = 'main/devices/frames.ts';
const LINE = 'main/devices/line.ts';
const TEACH = 'main/devices/teach.ts';
const RUNS = 'main/devices/read-runs.ts';

export const mutations: readonly Mutation[] = [
  {
    name: 'a wrong weight in the check digit',
    file: 'shared/domain/collector-number.ts',
    find: `[6, 5, 4, 3, 8, 7, 6, 5, 4, 3]`,
    replace: `[6, 5, 4, 3, 2, 7, 6, 5, 4, 3]`,
  },
  {
    name: 'remainder one not taken as zero',
    file: 'shared/domain/collector-number.ts',
    find: `remainder < 2 ? 0`,
    replace: `remainder < 1 ? 0`,
  },
  {
    name: 'the check character of a track not looked at',
    file: STRIPE,
    find: `  if (sent === checkOf(frame.subarray(start, next), number) && isFollowedByTrack(next + 1)) return next + 1;`,
    replace: `  if (isFollowedByTrack(next + 1)) return next + 1;`,
  },
  {
    name: 'the check character of track 3 over its own sentinel',
    file: STRIPE,
    find: `number === 3 ? SEMICOLON : (track[0] ?? base)`,
    replace: `track[0] ?? base`,
  },
  {
    name: 'tracks in any order',
    file: STRIPE,
    find: `return number > last ? number : undefined;`,
    replace: `return number;`,
  },
  {
    name: 'any character on a track',
    file: STRIPE,
    find: `(byte) => byte >= lowest && byte <= highest &&`,
    replace: `(byte) => byte >= 0 && highest >= lowest &&`,
  },
  {
    name: 'payment cards of 16 digits only',
    file: STRIPE,
    find: `bytes.length >= 13 && bytes.length <= 19 &&`,
    replace: `bytes.length === 16 &&`,
  },
  {
    name: 'a Collector before a payment card on one stripe',
    file: CLASSIFY,
    find: `    if (fields.some(({ source, field }) => isPaymentField(field, source, rules)))
      return refused('payment-card');
`,
    replace: ``,
  },
  {
    name: 'retail codes as any other',
    file: CLASSIFY,
    find: `  if (isProduct(symbol)) return refused('product');\n`,
    replace: ``,
  },
  {
    name: 'glued symbols read by their first',
    file: CLASSIFY,
    find: `others.length === 0`,
    replace: `others.length >= 0`,
  },
  {
    name: 'two numbers in one card: the first wins',
    file: CLASSIFY,
    find: `  if (found.length > 1 && found.some((other) => textOf(other) !== text)) return refused('not-a-collector');\n`,
    replace: ``,
  },
  {
    name: 'two swipes glued taken for tracks of one card',
    file: CLASSIFY,
    find: `return reading.kind === 'valid' && reading.collectorNumber !==`,
    replace: `return reading.kind === 'empty' && scan.collectorNumber ===`,
  },
  {
    name: 'a rule fits a longer field too',
    file: RULES,
    find: `field.length !== rule.fieldLength ||`,
    replace: `field.length < rule.fieldLength ||`,
  },
  {
    name: 'a rule for payment cards allowed',
    file: RULES,
    find: `  return rule.prefix === issuer && (issuer.length`,
    replace: `  return rule.prefix !== issuer && (issuer.length`,
  },
  {
    name: 'Interleaved 2 of 5 taken for Code 128',
    file: SYMBOL,
    find: `  ['S08B1', 'A0'],`,
    replace: `  ['S08B1', 'C0'],`,
  },
  {
    name: 'no limit to a frame',
    file: FRAMES,
    find: `      isDiscarding = true;\n`,
    replace: ``,
  },
  {
    name: 'half a frame passed on after silence',
    file: FRAMES,
    find: `    else end(isWholeStripe(buffer.subarray(0, length)));`,
    replace: `    else end(true);`,
  },
  {
    name: 'half a frame kept over a reconnect',
    file: FRAMES,
    find: `    reset() {
      clear();`,
    replace: `    reset() {`,
  },
  {
    name: 'high and control bytes let through',
    file: FRAMES,
    find: `    if (isSpoiling) isSpoiled = true;\n`,
    replace: ``,
  },
  {
    name: 'a start of text does not start anew',
    file: FRAMES,
    find: `else if (effect === STARTING) end(false);`,
    replace: `else if (effect === STARTING) continue;`,
  },
  {
    name: 'a frame not wiped',
    file: FRAMES,
    find: `  function clear(): void {
    buffer.fill(0, 0, length);`,
    replace: `  function clear(): void {`,
  },
  {
    name: 'the lines of a swipe not joined',
    file: LINE,
    find: `    if (!swipe.add(frame, nowMs)) announce(faultReading('too-long'));`,
    replace: `    announce(alone);`,
  },
  {
    name: 'two samples are enough to teach',
    file: TEACH,
    find: `const SAMPLES_NEEDED = 3;`,
    replace: `const SAMPLES_NEEDED = 2;`,
  },
  {
    name: 'a taught prefix longer than what cards share',
    file: TEACH,
    find: `commonStart(bytes, Math.min(offset, 20))`,
    replace: `Math.min(offset, 20)`,
  },
  {
    name: 'a scanned and a swiped card told as one',
    file: RUNS,
    find: ` && scan.entryMode === last.entryMode)`,
    replace: `)`,
  },
  {
    name: 'every reading waits to be gathered',
    file: RUNS,
    find: `        queueMicrotask(endTurn);`,
    replace: `        wait();`,
  },
];
