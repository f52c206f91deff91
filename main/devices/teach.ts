import type { TeachState } from '../../shared/contract/devices.ts';
import { readCollectorNumber } from '../../shared/domain/collector-number.ts';
import { readFrame } from '../../shared/domain/scan/classify.ts';
import { areDigits, codesOf, passesGs1Check, passesLuhn, textOf } from '../../shared/domain/scan/digits.ts';
import {
  type CardRule,
  type CardSource,
  couldTakePaymentCards,
  hasPaymentIssuer,
  type ScanRules,
  UNTYPED,
} from '../../shared/domain/scan/rules.ts';
import { isPaymentCardNumber, isStripe, numberField, readStripe } from '../../shared/domain/scan/stripe.ts';
import { symbolsOf } from '../../shared/domain/scan/symbol.ts';

/** Fewer cards would let an accident of one of them pass for the rule. */
const SAMPLES_NEEDED = 3;

interface Field {
  readonly source: CardSource;
  /** The AIM identifier, `untyped`, or nothing of a stripe. */
  readonly symbology: string | undefined;
  readonly bytes: Uint8Array;
}

interface Sample {
  readonly frame: Uint8Array;
  readonly digits: Uint8Array;
}

type Proposal =
  | { readonly kind: 'rules'; readonly rules: readonly CardRule[] }
  | { readonly kind: 'refused'; readonly refusal: 'not-alike' | 'payment-card' };

type Refusal = NonNullable<Extract<TeachState, { step: 'scan' }>['refusal']>;

/** The fields of a frame in which a number may stand; copies, for the caller to wipe. */
function fieldsOf(frame: Uint8Array): readonly Field[] {
  if (!isStripe(frame)) {
    const [symbol, ...others] = symbolsOf(frame);
    if (symbol === undefined || others.length > 0) return [];
    return [{ source: 'barcode', symbology: symbol.aim ?? UNTYPED, bytes: Uint8Array.from(symbol.data) }];
  }
  const reading = readStripe(frame);
  if (reading.kind === 'broken') return [];
  return reading.tracks
    .filter(({ isGood }) => isGood)
    .map(({ number, data }) => ({
      source: `track${number}`,
      symbology: undefined,
      bytes: numberField(data),
    }));
}

function indexOf(field: Uint8Array, digits: Uint8Array): number {
  for (let at = 0; at + digits.length <= field.length; at += 1) {
    if (digits.every((digit, index) => field[at + index] === digit)) return at;
  }
  return -1;
}

/** How many characters at the start all fields have in common, up to `limit`. */
function commonStart(fields: readonly Uint8Array[], limit: number): number {
  for (let at = 0; at < limit; at += 1) {
    if (fields.some((field) => field[at] !== fields[0]?.[at])) return at;
  }
  return limit;
}

function checkOf(fields: readonly Uint8Array[], numberLength: number): CardRule['check'] {
  const isLonger = fields.every((field) => field.length > numberLength && areDigits(field));
  if (!isLonger) return 'none';
  if (fields.every(passesLuhn)) return 'luhn';
  return fields.every(passesGs1Check) ? 'gs1' : 'none';
}

/** The rule that finds the printed digits in one kind of field of every sample. */
function ruleFor(fields: readonly Field[], samples: readonly Sample[]): CardRule | undefined {
  const [first] = fields;
  const [offset, ...otherOffsets] = fields.map(({ bytes }, index) =>
    indexOf(bytes, samples[index]?.digits ?? new Uint8Array()),
  );
  if (first === undefined || offset === undefined || offset < 0) return undefined;
  const isAlike =
    otherOffsets.every((other) => other === offset) &&
    fields.every(({ bytes }) => bytes.length === first.bytes.length);
  if (!isAlike) return undefined;
  const bytes = fields.map((field) => field.bytes);
  const length = samples[0]?.digits.length ?? 0;
  return {
    source: first.source,
    symbologies: first.symbology === undefined ? [] : [first.symbology],
    prefix: textOf(first.bytes.subarray(0, commonStart(bytes, Math.min(offset, 20)))),
    offset,
    length,
    fieldLength: first.bytes.length,
    check: checkOf(bytes, length),
  };
}

/**
 * Proposes rules from samples of one kind of card, and tests each on every sample as the classifier will. Pure; what it
 * copies it wipes.
 */
function proposeRules(samples: readonly Sample[], rules: ScanRules): Proposal {
  const all = samples.map(({ frame }) => fieldsOf(frame));
  try {
    const candidates = (all[0] ?? []).flatMap((wanted) => {
      const fields = all.flatMap((sample) => {
        const same = sample.find(
          (field) => field.source === wanted.source && field.symbology === wanted.symbology,
        );
        return same === undefined ? [] : [same];
      });
      const rule = fields.length === samples.length ? ruleFor(fields, samples) : undefined;
      return rule === undefined ? [] : [rule];
    });
    const safe = candidates.filter((rule) => !couldTakePaymentCards(rule));
    if (candidates.length > 0 && safe.length === 0) return { kind: 'refused', refusal: 'payment-card' };
    const proven = safe.filter((rule) => samples.every((sample) => reads(rule, sample, rules)));
    if (proven.length === 0) return { kind: 'refused', refusal: 'not-alike' };
    return { kind: 'rules', rules: proven };
  } finally {
    for (const field of all.flat()) field.bytes.fill(0);
  }
}

function reads(rule: CardRule, { frame, digits }: Sample, rules: ScanRules): boolean {
  const { scan } = readFrame(frame, { ...rules, cardRules: [rule] });
  return scan?.kind === 'collector' && scan.collectorNumber === textOf(digits);
}

/** Learns where the cards hold the number. */
export interface Teaching {
  /** Takes a frame of a sample card; another one takes the place of one whose digits were not given. */
  take(frame: Uint8Array): void;
  /** A payment card was read, and dropped before it came here. */
  refusePaymentCard(): void;
  giveDigits(digits: string): void;
  /** Wipes every sample. */
  end(): void;
}

export function createTeaching(rules: () => ScanRules, onState: (state: TeachState) => void): Teaching {
  let samples: Sample[] = [];
  let pending: Uint8Array | undefined;

  function wipe(gone: readonly Sample[]): void {
    for (const { frame, digits } of gone) {
      frame.fill(0);
      digits.fill(0);
    }
  }

  function state(step: 'scan' | 'digits', refusal?: Refusal): void {
    onState({ step, samples: samples.length, ...(refusal === undefined ? {} : { refusal }) });
  }

  function drop(refusal?: Refusal): void {
    pending?.fill(0);
    pending = undefined;
    state('scan', refusal);
  }

  function propose(): void {
    const proposal = proposeRules(samples, rules());
    const count = samples.length;
    if (proposal.kind === 'rules') {
      wipe(samples);
      samples = [];
      return onState({ step: 'proposed', samples: count, rules: [...proposal.rules] });
    }
    wipe(samples);
    samples = [];
    state('scan', proposal.refusal);
  }

  state('scan');
  return {
    take(frame) {
      const fields = fieldsOf(frame);
      const isPayment = fields.some(({ bytes }) => isPaymentCardNumber(bytes) && hasPaymentIssuer(bytes));
      const isEmpty = fields.length === 0;
      for (const { bytes } of fields) bytes.fill(0);
      pending?.fill(0);
      pending = undefined;
      if (isEmpty) return state('scan', 'spoiled');
      if (isPayment) return state('scan', 'payment-card');
      pending = Uint8Array.from(frame);
      state('digits');
    },
    refusePaymentCard: () => drop('payment-card'),
    giveDigits(text) {
      if (pending === undefined) return state('scan');
      const { collectorNumberRule } = rules();
      const reading = readCollectorNumber(text, collectorNumberRule);
      if (reading.kind !== 'valid') return state('digits', 'not-the-number');
      const digits = codesOf(reading.collectorNumber);
      if (samples.some((sample) => indexOf(sample.digits, digits) === 0)) return drop('same-card');
      const fields = fieldsOf(pending);
      const isThere = fields.some(({ bytes }) => indexOf(bytes, digits) >= 0);
      for (const { bytes } of fields) bytes.fill(0);
      if (!isThere) return state('digits', 'not-in-code');
      samples.push({ frame: pending, digits });
      pending = undefined;
      if (samples.length >= SAMPLES_NEEDED) propose();
      else state('scan');
    },
    end() {
      wipe(samples);
      samples = [];
      pending?.fill(0);
      pending = undefined;
    },
  };
}
