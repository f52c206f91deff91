import { z } from 'zod';
import { doctorCalls, lockdownCalls, pageCalls } from './doctor.ts';
import { settingsCalls } from './settings.ts';
import { updateCalls } from './updates.ts';
import { entryModes } from '../domain/collector-number.ts';
import { boardCalls } from './board.ts';
import { deviceCalls, deviceEvents } from './devices.ts';
import { notStoredReasons } from './not-stored.ts';
import { IssueRefusal } from './refusals.ts';
import { returnsCalls } from './returns.ts';
import { operatorsCalls, OperatorsView } from './operators.ts';
import { customerCalls, customerEvents } from './customer.ts';
import { receiptCalls, receiptEvents } from './receipts.ts';
import { trainingCalls, trainingEvents } from './training.ts';
import { dayCalls, Reconciliation } from './day.ts';
import { Draft, Language, Sale, Snapshot, Status, TaxesInput } from './views.ts';

const Nothing = z.strictObject({});

/** Of `preTaxCents`, what earns nothing. */
const Excluded = z.int().min(0).default(0);

const IssueReply = z.discriminatedUnion('kind', [
  /** Safe on disk. `isRepeat`: it was recorded before under this key and nothing new was made. */
  z.strictObject({ kind: z.literal('recorded'), sale: Sale, isRepeat: z.boolean(), nextDraft: Draft }),
  z.strictObject({ kind: z.literal('refused'), refusals: z.array(IssueRefusal).min(1) }),
  /** The same Collector and amounts minutes ago; send again with `isSecondSale` if the cashier means it. */
  z.strictObject({ kind: z.literal('already-done'), sale: Sale }),
  z.strictObject({ kind: z.literal('not-stored'), reason: z.enum(notStoredReasons) }),
  /** The store wants to know who sells, and nobody is signed in. Nothing was stored. */
  z.strictObject({ kind: z.literal('sign-in-needed') }),
]);

const PreviewReply = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('earns'),
    milesAmount: z.int().min(0),
    /** What counts towards the offers, of the whole before tax. */
    eligibleCents: z.int().min(0),
    preTaxCents: z.int().min(0),
    /** It earns nothing, and is recorded all the same. */
    isRecorded: z.boolean().optional(),
    /** Offer by offer, where that is known. */
    lines: z.array(
      z.strictObject({
        offerCode: z.string().optional(),
        nameByLanguage: z.strictObject({ 'en-CA': z.string(), 'fr-CA': z.string() }).optional(),
        milesAmount: z.int().min(0),
      }),
    ),
  }),
  /** Not known in time, or not worth asking now. Nothing is wrong with the sale. */
  z.strictObject({ kind: z.literal('unknown') }),
]);

/**
 * Every call and event between the renderer and main. Both hosts, the preload, the renderer's client and the test
 * fakes are derived from this one object; inputs are parsed in main, outputs and events before they leave it.
 */
export const contract = {
  calls: {
    'terminal.snapshot': { input: Nothing, output: Snapshot },
    'terminal.dismissNotice': { input: z.strictObject({ id: z.string().max(100) }), output: Nothing },
    /** Sends everything stored now, and tries a closed way again. */
    'forwarding.sendNow': { input: Nothing, output: Nothing },
    'preferences.setLanguage': { input: z.strictObject({ language: Language }), output: Nothing },
    /** Keeps the sale being keyed, so that a reload loses nothing. A draft with an old key is ignored. */
    'checkout.keep': { input: z.strictObject({ draft: Draft }), output: Nothing },
    /** Clears the sale being keyed and gives a new one. */
    'checkout.clear': { input: Nothing, output: z.strictObject({ draft: Draft }) },
    /** What a sale would earn, before it is issued. Stores nothing and holds nothing up. */
    'checkout.preview': {
      input: z.strictObject({
        collectorText: z.string().max(64),
        preTaxCents: z.int(),
        excludedCents: Excluded,
        taxes: TaxesInput,
      }),
      output: PreviewReply,
    },
    'checkout.issue': {
      input: z.strictObject({
        saleKey: z.uuid(),
        collectorText: z.string().max(64),
        entryMode: z.enum(entryModes),
        preTaxCents: z.int(),
        excludedCents: Excluded,
        taxes: TaxesInput,
        isSecondSale: z.boolean(),
      }),
      output: IssueReply,
    },
    ...deviceCalls,
    ...returnsCalls,
    ...operatorsCalls,
    ...receiptCalls,
    ...trainingCalls,
    ...customerCalls,
    ...settingsCalls,
    ...doctorCalls,
    ...lockdownCalls,
    ...pageCalls,
    ...updateCalls,
    ...boardCalls,
    ...dayCalls,
  },
  events: {
    ...deviceEvents,
    /** A sale was recorded or its outcome changed. */
    sale: Sale,
    status: Status,
    operators: OperatorsView,
    ...receiptEvents,
    ...trainingEvents,
    ...customerEvents,
    /** Something about a recorded transaction changed, however old it is: what shows it asks again. */
    transaction: z.strictObject({ seq: z.int().min(1) }),
    /** A reconciliation went on, paused or ended. */
    reconciliation: Reconciliation,
  },
} as const;

export type Contract = typeof contract;
export type CallName = keyof Contract['calls'];
export type EventName = keyof Contract['events'];
export type CallInput<Name extends CallName> = z.input<Contract['calls'][Name]['input']>;
export type CallOutput<Name extends CallName> = z.output<Contract['calls'][Name]['output']>;
export type EventPayload<Name extends EventName> = z.output<Contract['events'][Name]>;

/** What main implements: one function per call. */
export type Handlers = {
  readonly [Name in CallName]: (
    input: z.output<Contract['calls'][Name]['input']>,
  ) => Promise<CallOutput<Name>> | CallOutput<Name>;
};

/**
 * Who a window belongs to. The customer's may ask for its own snapshot and hears its own event, and nothing else: what
 * is in front of a customer can not sell, look up or change anything.
 */
export const roles = {
  operator: { mayCall: () => true, hears: () => true },
  customer: {
    mayCall: (name: CallName) => name === 'customer.snapshot',
    hears: (name: EventName) => name === 'customer',
  },
} as const;
export type Role = keyof typeof roles;

/** How a call that could not be answered is told apart: refused input is the caller's bug, a failure is main's. */
export const callFailures = [
  'unknown-call',
  'invalid-input',
  'not-allowed',
  'too-large',
  'failed',
  'disconnected',
] as const;
export type CallFailure = (typeof callFailures)[number];

/** What travels back for a call, over either host. */
export const CallReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), output: z.unknown() }),
  z.strictObject({ kind: z.literal('failure'), failure: z.enum(callFailures) }),
]);
export type CallReply = z.output<typeof CallReply>;

/** The bare wire a host gives the renderer: untyped, what crosses it is read in main, on its way in and out. */
export interface Wire {
  /** Resolves with a reply even when main refused; rejects never. */
  call(name: string, input: unknown): Promise<unknown>;
  /** Announces events by name; returns the way to stop. */
  onEvent(listener: (name: string, payload: unknown) => void): () => void;
  /** Announces whether main can be reached; called at once with the present state. */
  onConnection(listener: (isConnected: boolean) => void): () => void;
}
