import { z } from 'zod';
import { entryModes } from '../domain/collector-number.ts';
import { cardSources, couldTakePaymentCards, fieldChecks } from '../domain/scan/rules.ts';
import { frameForms, readOutcomes, scanRefusals } from '../domain/scan/scan.ts';

const Nothing = z.strictObject({});
const DeviceId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const InstantMs = z.int().min(0);
const Count = z.int().min(0);
/** As the operating system writes it. */
const PortPath = z.string().min(1).max(300);
const RulePrefix = z.string().regex(/^[\u0020-\u007e]{0,20}$/, 'rule-prefix');
const Symbology = z.string().regex(/^([A-Za-z]\d?|untyped)$/, 'symbology');

export const framings = ['8N1', '7E1', '7O1'] as const;
/** Speed and framing of a serial line. USB devices that are no bridge ignore it. */
export const LineSettings = z.strictObject({
  baudRate: z.int().min(300).max(921_600),
  framing: z.enum(framings),
});
export type LineSettings = z.output<typeof LineSettings>;

export const CardRule = z
  .strictObject({
    source: z.enum(cardSources),
    symbologies: z.array(Symbology).max(20).readonly(),
    prefix: RulePrefix,
    offset: z.int().min(0).max(60),
    length: z.int().min(1).max(64),
    fieldLength: z.int().min(1).max(80),
    check: z.enum(fieldChecks),
  })
  .refine((rule) => rule.offset + rule.length <= rule.fieldLength && rule.prefix.length <= rule.offset, {
    error: 'card-rule-field',
  })
  .refine((rule) => !couldTakePaymentCards(rule), {
    error: 'card-rule-payment-card',
  });

export const CouponRule = z
  .strictObject({
    prefix: RulePrefix.default(''),
    symbologies: z.array(Symbology).max(20).readonly().default([]),
  })
  .refine(({ prefix, symbologies }) => prefix !== '' || symbologies.length > 0, {
    error: 'coupon-rule',
  });

/** What was read, by its content. The renderer takes it where it belongs, whatever has the focus. */
export const ScanEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('collector'),
    collectorNumber: z.string().max(64),
    entryMode: z.enum(entryModes),
  }),
  z.strictObject({ kind: z.literal('receipt'), reference: z.string().max(40) }),
  z.strictObject({ kind: z.literal('coupon'), couponCode: z.string().max(80) }),
  z.strictObject({ kind: z.literal('refused'), code: z.enum(scanRefusals) }),
]);

export const Observation = z.strictObject({
  form: z.enum(frameForms),
  aim: z.string().max(2).optional(),
  length: Count,
  trackLengths: z.array(Count).max(3).readonly().optional(),
  outcome: z.enum(readOutcomes),
});

const scannerStates = ['none', 'searching', 'connecting', 'ready', 'lost', 'blocked'] as const;

export const DeviceState = z.strictObject({
  state: z.enum(scannerStates),
  /** Where it is plugged in, as the operating system names it. */
  path: PortPath.optional(),
  /** `permission` or `in-use` when blocked. */
  cause: z.enum(['permission', 'in-use', 'other']).optional(),
});
export type DeviceState = z.output<typeof DeviceState>;

/** What a device is known by when its port is numbered anew: what its USB plug says of it, or where it is plugged in. */
export const UsbIdentity = z.strictObject({
  vendorId: z.string().max(10),
  productId: z.string().max(10).optional(),
  serialNumber: z.string().max(200).optional(),
  /** Where no serial number tells two of a kind apart: the socket, as the operating system names it. */
  place: z.string().max(300).optional(),
});
export type UsbIdentity = z.output<typeof UsbIdentity>;

const PortView = z.strictObject({
  path: PortPath,
  identity: UsbIdentity.optional(),
  maker: z.string().max(200).optional(),
});
export type PortView = z.output<typeof PortView>;

const DeviceView = z.strictObject({
  id: DeviceId,
  kind: z.enum(['scanner', 'wedge', 'printer']),
  name: z.string().max(60).optional(),
  state: DeviceState,
  /** The settings' port: a name, `auto`, `none`, or the host of a printer on the network. */
  port: z.string().max(300),
  line: LineSettings.optional(),
  /** Bound to this, wherever it is plugged in. */
  boundTo: UsbIdentity.optional(),
  /** Since the program started: how often each thing was read, never what. */
  counts: z.partialRecord(z.enum(readOutcomes), Count),
  forms: z.array(z.enum(frameForms)),
  sendsIdentifiers: z.boolean(),
  lastReadAtMs: InstantMs.optional(),
  lastFault: z.strictObject({ code: z.enum(readOutcomes), atMs: InstantMs }).optional(),
});
export type DeviceView = z.output<typeof DeviceView>;

const teachRefusals = [
  'not-the-number',
  'not-in-code',
  'not-alike',
  'payment-card',
  'same-card',
  'spoiled',
] as const;

/** Teaching the terminal the cards' encoding. The cards stay in the device process, and are wiped at the end. */
export const TeachState = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('scan'), samples: Count, refusal: z.enum(teachRefusals).optional() }),
  z.strictObject({ step: z.literal('digits'), samples: Count, refusal: z.enum(teachRefusals).optional() }),
  z.strictObject({ step: z.literal('proposed'), samples: Count, rules: z.array(CardRule).min(1).max(8) }),
]);
export type TeachState = z.output<typeof TeachState>;

/** Trying line settings one after the other while a person scans the test code. */
export const ProbeState = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('trying'), deviceId: DeviceId, line: LineSettings, bytes: Count }),
  z.strictObject({ step: z.literal('found'), deviceId: DeviceId, line: LineSettings }),
  z.strictObject({ step: z.literal('failed'), deviceId: DeviceId, bytes: Count }),
]);
export type ProbeState = z.output<typeof ProbeState>;

const wedgeLayouts = ['system', 'us', 'canadian-french', 'canadian-multilingual'] as const;
export const WedgeSettings = z.strictObject({
  /**
   * `prefix` knows a scanner by a character set to be sent first, that no one types; `timing` by its speed alone;
   * `off` listens to none.
   */
  mode: z.enum(['off', 'timing', 'prefix']).default('prefix'),
  prefix: z.string().length(1).default('~'),
  /** The layout the scanner believes in, where it is not the system's. */
  layout: z.enum(wedgeLayouts).default('system'),
});
export type WedgeSettings = z.output<typeof WedgeSettings>;

export const DevicesView = z.strictObject({
  platform: z.enum(['linux', 'windows', 'macos']),
  devices: z.array(DeviceView),
  ports: z.array(PortView),
  /** False where the system has no way to tell what is plugged in. */
  arePortsKnown: z.boolean(),
  /** The latest reads of all devices, newest first. */
  reads: z.array(
    z.strictObject({ seq: Count, deviceId: DeviceId, atMs: InstantMs, observation: Observation }),
  ),
  cardRules: z.array(z.strictObject({ origin: z.enum(['built-in', 'settings', 'taught']), rule: CardRule })),
  coupons: z.array(CouponRule),
  wedge: WedgeSettings,
  teach: TeachState.optional(),
  probe: ProbeState.optional(),
});
export type DevicesView = z.output<typeof DevicesView>;

const Done = z.strictObject({ isDone: z.boolean() });
/** What an approval by PIN gave, good for one action; left out by who is signed in with the right. */
const Approval = z.string().max(64).optional();
/** What came of a decision that takes IT, or a manager where the store has no IT operator. */
const Decided = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done') }),
  /** There is no such device or plug any more, or the disk refused. */
  z.strictObject({ kind: z.literal('not-done') }),
  z.strictObject({ kind: z.literal('approval-needed') }),
]);

/** The calls of the Device page, and a keyboard scanner's word to main. */
export const deviceCalls = {
  'devices.view': { input: Nothing, output: DevicesView },
  /** Looks anew at what is plugged in. */
  'devices.lookAgain': { input: Nothing, output: Nothing },
  /** Binds a device to what stands behind a port now, or to its settings again. */
  'devices.bind': {
    input: z.strictObject({ deviceId: DeviceId, path: PortPath.nullable(), approval: Approval }),
    output: Decided,
  },
  'devices.probe': { input: z.strictObject({ deviceId: DeviceId }), output: Done },
  'devices.keepLine': {
    input: z.strictObject({ deviceId: DeviceId, line: LineSettings, approval: Approval }),
    output: Decided,
  },
  'devices.endProbe': { input: Nothing, output: Nothing },
  'devices.teach': { input: Nothing, output: Nothing },
  /** The digits printed on the card scanned last. */
  'devices.teachDigits': { input: z.strictObject({ digits: z.string().max(64) }), output: Nothing },
  /**
   * What a keyboard scanner read while cards are taught: it has no other way to the device process. Null for a payment
   * card, which stays where it was read.
   */
  'devices.teachFrame': {
    input: z.strictObject({ frame: z.string().max(512).nullable() }),
    output: Nothing,
  },
  'devices.keepTaught': { input: z.strictObject({ approval: Approval }), output: Decided },
  'devices.endTeach': { input: Nothing, output: Nothing },
  'devices.forgetTaught': { input: z.strictObject({ approval: Approval }), output: Decided },
  /** A keyboard scanner read something; what it was stays where it is. */
  'devices.wedgeRead': { input: z.strictObject({ observation: Observation }), output: Nothing },
  /** Writes the set-up sheets and says where. */
  'devices.sheets': {
    input: Nothing,
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('written'), file: z.string() }),
      z.strictObject({
        kind: z.literal('not-written'),
        reason: z.enum(['disk-full', 'not-permitted', 'other']),
      }),
    ]),
  },
  'devices.testPrint': {
    input: Nothing,
    output: z.strictObject({ result: z.enum(['printed', 'failed', 'no-printer', 'unknown']) }),
  },
} as const;

export const deviceEvents = {
  scan: ScanEvent,
  /** Anything of the devices changed. */
  devices: DevicesView,
} as const;
