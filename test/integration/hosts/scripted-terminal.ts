import { devicesView, deviceSamples } from './device-samples.ts';
import type { OperatorsView } from '../../../shared/contract/operators.ts';
import type { Status } from '../../../shared/contract/views.ts';
import { randomUUID } from 'node:crypto';
import { daySamples, reconciliationSample } from './day-samples.ts';
import type {
  CallInput,
  CallName,
  CallOutput,
  EventName,
  EventPayload,
  Handlers,
} from '../../../shared/contract/contract.ts';
import type { Original } from '../../../shared/contract/returns.ts';
import type { Log } from '../../../main/diagnostics/log.ts';
import type { HostedTerminal } from '../../../main/hosts/host.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';

const draft = {
  saleKey: randomUUID(),
  collectorText: '',
  entryMode: 'keyed',
  amountText: '12.34',
  excludedText: '',
  taxTexts: { gst: '0.62' },
} as const;

const sale = {
  seq: 1,
  saleKey: draft.saleKey,
  kind: 'issue',
  reference: randomUUID(),
  collectorMasked: '•••• 123',
  entryMode: 'keyed',
  preTaxCents: 1234,
  postTaxCents: 1296,
  transactionDay: '2026-03-01',
  recordedAtMs: 1_772_000_000_000,
  outcome: 'stored',
  attempts: 0,
  isSending: false,
} as const;

const original = {
  sale,
  parts: [{ part: 'eligible', soldCents: 1234, returnedCents: 0, leftCents: 1234 }],
  milesReturned: 0,
  returns: [],
  isUnsent: true,
} satisfies Original;

const status: Status = {
  scanner: { state: 'none' },
  connection: { kind: 'unknown' },
  storedCount: 1,
  warnings: [],
  needsManagerCount: 0,
};

const operators: OperatorsView = {
  mode: 'managers',
  isSetUp: true,
  operators: [{ id: 'ana', name: 'Ana', role: 'manager' }],
  signedIn: null,
  isLocked: false,
  itApprovers: ['manager'],
};

/** One good input and output for every call there is: a call added to the contract does not compile without one. */
export const samples: { readonly [Name in CallName]: { input: CallInput<Name>; output: CallOutput<Name> } } =
  {
    'terminal.snapshot': {
      input: {},
      output: {
        version: '0.0.0',
        environment: 'training',
        programme: {
          name: 'Test programme',
          unit: { 'en-CA': { one: 'Mile', other: 'Miles' }, 'fr-CA': { one: 'mille', other: 'milles' } },
          unitsInFull: { 'en-CA': 'Reward Miles', 'fr-CA': 'milles de récompense' },
        },
        store: { number: '001', lane: '1', province: 'ON', transactionDayZone: 'EST' },
        language: 'en-CA',
        collectorNumberRule: { length: 11, startsWith: '8', check: 'modulus-11' },
        amountLimitCents: 1_000_000,
        asksExcluded: false,
        screen: { theme: 'system', contrast: 'system', type: 'normal', motion: 'system' },
        sounds: true,
        taxRates: { gst: 0, hst: 13_000, pst: 0, qst: 0 },
        draft,
        recentSales: [sale],
        practiceCollectors: [],
        status,
        notices: [],
        operators,
      },
    },
    'settings.list': {
      input: {},
      output: { settings: [], secrets: [], files: { policy: 'p', store: 's', terminal: 't' } },
    },
    'settings.change': { input: { key: 'language', value: '"fr-CA"' }, output: { kind: 'changed' } },
    'secrets.enter': { input: { name: 'api-key', value: 'planted' }, output: { kind: 'kept' } },
    'doctor.start': { input: {}, output: {} },
    'doctor.read': { input: {}, output: { isLooking: false } },
    'support.contact': { input: {}, output: { partnerDesk: {}, programmeDesk: {}, escalation: [] } },
    'support.prepare': { input: {}, output: { files: [{ name: 'doctor.txt', bytes: 12 }] } },
    'support.save': { input: {}, output: { kind: 'nothing-prepared' } },
    'lockdown.read': { input: {}, output: { host: 'browser', isKiosk: false, platform: 'linux' } },
    'page.refused': {
      input: { reason: 'policy', directive: 'connect-src', target: 'https://elsewhere.example/x' },
      output: {},
    },
    'updates.read': { input: {}, output: { state: 'off', windowFrom: '02:00', windowTo: '05:00' } },
    'lockdown.leave': { input: {}, output: { kind: 'not-locked' } },
    'metrics.read': { input: {}, output: { days: [], queue: { depth: 0, oldestAgeMs: 0 } } },
    'terminal.dismissNotice': { input: { id: 'one' }, output: {} },
    'forwarding.sendNow': { input: {}, output: {} },
    'preferences.setLanguage': { input: { language: 'fr-CA' }, output: {} },
    'customer.snapshot': {
      input: {},
      output: {
        environment: 'training',
        programme: {
          name: 'Test programme',
          unit: { 'en-CA': { one: 'Mile', other: 'Miles' }, 'fr-CA': { one: 'mille', other: 'milles' } },
          unitsInFull: { 'en-CA': 'Reward Miles', 'fr-CA': 'milles de récompense' },
        },
        view: { language: 'fr-CA', showing: { kind: 'sale', milesAmount: 3 } },
      },
    },
    'customer.setLanguage': { input: { language: 'fr-CA' }, output: {} },
    'training.state': { input: {}, output: { kind: 'idle' } },
    'training.start': {
      input: { drill: 'lost-answer' },
      output: { kind: 'running', drill: 'lost-answer', isClearing: false, saleCount: 0 },
    },
    'training.stop': { input: {}, output: { kind: 'not-available' } },
    'receipts.show': {
      input: { reference: 'K7Q3M2XVT9PH', language: 'fr-CA' },
      output: {
        kind: 'found',
        seq: 1,
        reference: 'K7Q3M2XVT9PH',
        receipt: { language: 'fr-CA', title: 'Reçu', blocks: [{ kind: 'rule' }] },
        prints: [{ atMs: 1_772_000_000_000, state: 'failed' }],
      },
    },
    'receipts.print': {
      input: { reference: 'K7Q3M2XVT9PH', language: 'fr-CA' },
      output: { kind: 'done', state: 'printed', isCopy: false },
    },
    'receipts.save': {
      input: { reference: 'K7Q3M2XVT9PH', language: 'fr-CA' },
      output: { kind: 'saved', file: 'K7Q3M2XVT9PH-fr-CA.pdf' },
    },
    'checkout.keep': { input: { draft }, output: {} },
    'checkout.clear': { input: {}, output: { draft } },
    'checkout.preview': {
      input: {
        collectorText: makeCollectorNumber(() => 0.5),
        excludedCents: 0,
        preTaxCents: 1234,
        taxes: { gst: 62, hst: 0, pst: 0, qst: 0 },
      },
      output: { kind: 'earns', milesAmount: 1, eligibleCents: 1234, preTaxCents: 1234, lines: [] },
    },
    'checkout.issue': {
      input: {
        saleKey: draft.saleKey,
        collectorText: makeCollectorNumber(() => 0.5),
        entryMode: 'keyed',
        excludedCents: 0,
        preTaxCents: 1234,
        taxes: { gst: 62, hst: 0, pst: 0, qst: 0 },
        isSecondSale: false,
      },
      output: { kind: 'recorded', sale, isRepeat: false, nextDraft: draft },
    },
    ...deviceSamples,
    'returns.find': {
      input: { by: 'reference', text: 'K7Q3M2XVT9PH' },
      output: { kind: 'found', originals: [original] },
    },
    'returns.preview': {
      input: { seq: 1, eligibleCents: 1234, excludedCents: 0 },
      output: { kind: 'takes-back', milesAmount: 1 },
    },
    'returns.askElsewhere': {
      input: { reference: 'K7Q3M2XVT9PH', collectorText: '123' },
      output: { kind: 'credited', milesAmount: 4 },
    },
    'returns.leave': { input: {}, output: {} },
    'returns.keying': { input: { isOpen: true }, output: {} },
    'returns.record': {
      input: { returnKey: randomUUID(), seq: 1, eligibleCents: 1234, excludedCents: 0 },
      output: { kind: 'cancelled', sale },
    },
    'returns.recordKeyed': {
      input: {
        returnKey: randomUUID(),
        collectorText: makeCollectorNumber(() => 0.5),
        entryMode: 'keyed',
        preTaxCents: 1234,
        taxes: { gst: 62, hst: 0, pst: 0, qst: 0 },
        paperReference: '',
        reason: 'Bought at another store',
      },
      output: { kind: 'refused', fault: 'reason' },
    },
    'corrections.options': {
      input: {},
      output: {
        offers: [{ offerCode: 'STANDARD', nameByLanguage: { 'en-CA': 'Everyday', 'fr-CA': 'Toujours' } }],
        milesLimit: 500,
      },
    },
    'corrections.record': {
      input: {
        correctionKey: randomUUID(),
        collectorText: makeCollectorNumber(() => 0.5),
        entryMode: 'keyed',
        direction: 'add',
        milesAmount: 5,
        offerCode: 'STANDARD',
        reason: 'Miles promised by mistake',
      },
      output: { kind: 'recorded', sale },
    },
    'operators.setUp': {
      input: { name: 'Ana', pin: '7391', isSigningIn: false },
      output: { kind: 'set-up', approval: 'one-word' },
    },
    'operators.signIn': { input: { operatorId: 'ana', pin: '7391' }, output: { kind: 'signed-in' } },
    'operators.signOut': { input: {}, output: {} },
    'operators.lock': { input: {}, output: {} },
    'operators.active': { input: {}, output: {} },
    'operators.approve': {
      input: { operatorId: 'ana', pin: '7391' },
      output: { kind: 'pin-wrong', triesLeft: 4, waitMs: 0 },
    },
    'operators.list': {
      input: {},
      output: {
        operators: [{ id: 'ana', name: 'Ana', role: 'manager', isActive: true, isLockedOut: false }],
      },
    },
    'operators.add': {
      input: { name: 'Luc', role: 'cashier', pin: '7391' },
      output: { kind: 'approval-needed' },
    },
    'operators.change': {
      input: { operatorId: 'ana', name: 'Anne', role: 'manager', isActive: true },
      output: { kind: 'done' },
    },
    'operators.resetPin': {
      input: { operatorId: 'ana', pin: '7391' },
      output: { kind: 'refused', fault: 'pin-trivial' },
    },
    'operators.provePin': {
      input: { operatorId: 'ana', pin: '7391' },
      output: { kind: 'proven', proof: 'one-word' },
    },
    'operators.changePin': {
      input: { operatorId: 'ana', pin: '9527', proof: 'one-word' },
      output: { kind: 'proof-needed' },
    },
    'board.page': {
      input: { outcomes: ['stored'], search: '0007', offset: 0, limit: 100 },
      output: { rows: [sale], counts: { stored: 1, 'needs-manager': 0, accepted: 0 }, total: 1 },
    },
    'board.story': {
      input: { seq: 1 },
      output: {
        kind: 'story',
        sale,
        taxes: { gst: 62, hst: 0, pst: 0, qst: 0 },
        excludedCents: 0,
        lines: [{ kind: 'stored', atMs: sale.recordedAtMs }],
        decisions: ['send-now', 'cancel'],
        isCheckOff: true,
      },
    },
    'board.correct': {
      input: {
        seq: 1,
        saleKey: draft.saleKey,
        preTaxCents: 1234,
        excludedCents: 0,
        taxes: { gst: 62, hst: 0, pst: 0, qst: 0 },
        why: 'keyed wrong',
      },
      output: { kind: 'recorded', sale },
    },
    'board.check': { input: { seq: 1 }, output: { kind: 'found', milesAmount: 1 } },
    'board.sendAgain': { input: { seq: 1, approval: 'one' }, output: { kind: 'approval-needed' } },
    'board.sendNow': { input: { seq: 1 }, output: { kind: 'done' } },
    'board.writeOff': { input: { seq: 1, why: 'given by phone' }, output: { kind: 'done' } },
    'board.cancel': { input: { seq: 1, why: 'rung up twice' }, output: { kind: 'not-possible' } },
    ...daySamples,
  };

export const eventSamples: { readonly [Name in EventName]: EventPayload<Name> } = {
  scan: { kind: 'refused', code: 'no-read' },
  sale,
  status,
  devices: devicesView,
  operators,
  customer: { language: 'en-CA', showing: { kind: 'outcome', outcome: 'credited', milesAmount: 3 } },
  training: { kind: 'idle' },
  'receipt-printed': { seq: 1, atMs: 1_772_000_000_000, state: 'printed' },
  transaction: { seq: 1 },
  reconciliation: reconciliationSample,
};

export const callNames = Object.keys(samples) as CallName[];

export interface ScriptedTerminal extends HostedTerminal {
  /** Every input that reached a handler. */
  readonly received: { name: CallName; input: unknown }[];
  /** What the next calls give in the place of their sample: an Error is thrown, a function called. */
  answerWith: unknown;
  emit(name: EventName, payload: unknown): void;
  readonly listenerCount: number;
}

/** A terminal that answers each call with its sample and notes what it was given. */
export function createScriptedTerminal(): ScriptedTerminal {
  const listeners = new Set<(name: EventName, payload: unknown) => void>();
  const terminal: ScriptedTerminal = {
    received: [],
    answerWith: undefined,
    handlers: Object.fromEntries(
      callNames.map((name) => [
        name,
        (input: unknown) => {
          terminal.received.push({ name, input });
          if (terminal.answerWith instanceof Error) throw terminal.answerWith;
          if (typeof terminal.answerWith === 'function') return terminal.answerWith();
          return terminal.answerWith ?? samples[name].output;
        },
      ]),
    ) as unknown as Handlers,
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit(name, payload) {
      for (const listener of listeners) listener(name, payload);
    },
    get listenerCount() {
      return listeners.size;
    },
  };
  return terminal;
}

export interface LoggedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: object;
  readonly cause: unknown;
}

/** A log that keeps its lines, as they were handed over: before anything is dropped or masked. */
export function createKeptLog(): { log: Log; lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const keep =
    (level: LoggedLine['level']) =>
    (event: string, fields: object = {}, cause?: unknown) =>
      void lines.push({ level, event, fields, cause });
  return { log: { info: keep('info'), warn: keep('warn'), error: keep('error') }, lines };
}
