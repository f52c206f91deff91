import { z } from 'zod';
import { entryModes } from '../domain/collector-number.ts';
import { closeReasons, outcomeReasons, outcomes } from '../domain/outcome.ts';
import { Reason } from '../domain/reasons.ts';
import { provinces } from '../domain/tax.ts';
import { transactionKinds } from '../domain/transaction-kind.ts';
import { languages } from '../i18n/languages.ts';
import { DeviceState } from './devices.ts';
import { OperatorsView } from './operators.ts';

export const Language = z.enum(languages);
export type Language = z.output<typeof Language>;

const NonNegativeCents = z.int().min(0);
const InstantMs = z.int().min(0);

export const TaxesInput = z.strictObject({
  gst: NonNegativeCents,
  hst: NonNegativeCents,
  pst: NonNegativeCents,
  qst: NonNegativeCents,
});

/** The sale being keyed, as the screen holds it: raw text, so that a reload brings back exactly what was there. */
export const Draft = z.strictObject({
  /** Names this sale for ever: recording it twice under the same key finds the first. */
  saleKey: z.uuid(),
  collectorText: z.string().max(64),
  entryMode: z.enum(entryModes),
  amountText: z.string().max(32),
  /** What of the purchase earns nothing, where the partner calculates. */
  excludedText: z.string().max(32),
  /** Taxes a person corrected, as typed; a tax left out is computed. */
  taxTexts: z.partialRecord(z.enum(['gst', 'hst', 'pst', 'qst']), z.string().max(32)),
});
export type Draft = z.output<typeof Draft>;

/** One recorded sale as screens see it. The Collector Number is masked before it leaves main. */
export const Sale = z.strictObject({
  seq: z.int().min(1),
  saleKey: z.uuid(),
  kind: z.enum(transactionKinds),
  /** The reference a person can quote; also the transaction id sent to AIR MILES. */
  reference: z.string(),
  collectorMasked: z.string(),
  entryMode: z.enum(entryModes),
  preTaxCents: NonNegativeCents,
  postTaxCents: NonNegativeCents,
  transactionDay: z.iso.date(),
  recordedAtMs: InstantMs,
  outcome: z.enum(outcomes),
  /** Closed on this terminal: nothing of it is sent any more, whatever the outcome says. */
  closedAs: z.enum(closeReasons).optional(),
  /** A return that a manager keyed from the paper: the sale it takes back is not known here. */
  isWithoutOriginal: z.literal(true).optional(),
  /** Why it is stored or needs a manager; absent for credited and accepted. */
  reason: z.enum(outcomeReasons).optional(),
  /** A detail to show beside the reason: AIR MILES' own code or message, the issuer of an untrusted certificate. */
  reasonDetail: z.string().max(500).optional(),
  /** Where the answer held them. */
  milesAmount: z.int().optional(),
  balanceMiles: z.int().optional(),
  attempts: z.int().min(0),
  /** True while a request for it is on the wire. */
  isSending: z.boolean(),
  nextAttemptAtMs: InstantMs.optional(),
});
export type Sale = z.output<typeof Sale>;

export const ConnectionState = z.discriminatedUnion('kind', [
  /** Nothing was sent yet. */
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({ kind: z.literal('reachable') }),
  /** The last attempt found no way through; `reason` says which. `isHeld`: the whole queue waits for a person. */
  z.strictObject({
    kind: z.literal('trouble'),
    reason: z.enum(outcomeReasons),
    detail: z.string().max(500).optional(),
    isHeld: z.boolean(),
    sinceMs: InstantMs,
  }),
]);
export type ConnectionState = z.output<typeof ConnectionState>;

/** What will stop this terminal from storing sales, or already does, and a clock that is wrong. */
export const Warning = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('disk'), space: z.enum(['low', 'full']) }),
  /** So many sales are stored that nine tenths of the limit are reached, or all of it. */
  z.strictObject({ kind: z.literal('stored-count'), count: z.int().min(0), limit: z.int().min(1) }),
  /** The oldest stored sale has waited nine tenths of the time the settings allow, or longer. */
  z.strictObject({ kind: z.literal('stored-age'), days: z.int().min(0), limitDays: z.int().min(1) }),
  /** This terminal's clock against the server's, more than two minutes apart; positive when it runs ahead. */
  z.strictObject({ kind: z.literal('clock'), aheadMs: z.int() }),
]);
export type Warning = z.output<typeof Warning>;

/** What the status bar shows: dots when well, words on trouble. */
export const Status = z.strictObject({
  /** The worst of all scanners. */
  scanner: DeviceState,
  connection: ConnectionState,
  /** Sales not yet final: still to be sent, and waiting for a person. */
  storedCount: z.int().min(0),
  needsManagerCount: z.int().min(0),
  warnings: z.array(Warning),
});
export type Status = z.output<typeof Status>;

/** Something that went wrong at start and that a person should know, shown until dismissed. */
export const Notice = z.strictObject({
  id: z.string(),
  code: z.enum([
    'setting-refused',
    'settings-file-unreadable',
    'provisioning-refused',
    'journal-damaged',
    'offer-table-refused',
    'version-put-back',
    'version-failing',
  ]),
  /** Where: file, line and key, as far as known. */
  file: z.string().optional(),
  line: z.int().optional(),
  key: z.string().optional(),
  /** Why a setting or a file is not used. */
  reason: Reason.optional(),
  /** The version a notice about versions is about. */
  version: z.string().optional(),
  /** For a damaged journal: how many sales were brought over into a new one, and how many could not be. */
  kept: z.int().min(0).optional(),
  lost: z.int().min(0).optional(),
});
export type Notice = z.output<typeof Notice>;

/** Words for one unit and many, in one language. */
const UnitWords = z.strictObject({ one: z.string(), other: z.string() });

/** How the screen is to look; `system` follows the machine's own settings. */
export const ScreenChoice = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  contrast: z.enum(['system', 'more']).default('system'),
  type: z.enum(['normal', 'large']).default('normal'),
  motion: z.enum(['system', 'reduced']).default('system'),
});
export type ScreenChoice = z.output<typeof ScreenChoice>;

/** Everything the renderer needs to draw itself, at start and after every reconnect. */
export const Snapshot = z.strictObject({
  version: z.string(),
  environment: z.enum(['training', 'certification', 'production']),
  /** The programme's brand is data: nothing in code may print it. */
  programme: z.strictObject({
    name: z.string(),
    /** The short words, beside a figure. */
    unit: z.strictObject({ 'en-CA': UnitWords, 'fr-CA': UnitWords }),
    /** The full name for many, in sentences. */
    unitsInFull: z.strictObject({ 'en-CA': z.string(), 'fr-CA': z.string() }),
  }),
  store: z.strictObject({
    number: z.string(),
    lane: z.string(),
    province: z.enum(provinces),
    /** The clock the programme's day goes by. */
    transactionDayZone: z.enum(['EST', 'America/Toronto']),
  }),
  language: Language,
  collectorNumberRule: z.strictObject({
    length: z.int().min(1),
    startsWith: z.string(),
    check: z.enum(['modulus-11', 'none']),
  }),
  amountLimitCents: NonNegativeCents,
  /** Whether the checkout asks for what earns nothing: only a partner that calculates can leave it out of its Miles. */
  asksExcluded: z.boolean(),
  screen: ScreenChoice,
  /** Whether outcomes are to be heard. */
  sounds: z.boolean(),
  /** Thousandths of a percent, in force today in the store's province. */
  taxRates: z.strictObject({ gst: z.int(), hst: z.int(), pst: z.int(), qst: z.int() }),
  draft: Draft,
  recentSales: z.array(Sale),
  /** In training, Collectors that exist in the simulator, for practice. Empty elsewhere. */
  practiceCollectors: z.array(z.string()),
  status: Status,
  notices: z.array(Notice),
  operators: OperatorsView,
});
export type Snapshot = z.output<typeof Snapshot>;
