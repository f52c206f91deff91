import { devicesView, deviceSamples } from './device-samples.ts';
import type { Status } from '../../../shared/contract/views.ts';
import { randomUUID } from 'node:crypto';
import type {
  CallInput,
  CallName,
  CallOutput,
  EventName,
  EventPayload,
  Handlers,
} from '../../../shared/contract/contract.ts';
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

const status: Status = {
  scanner: { state: 'none' },
  connection: { kind: 'unknown' },
  storedCount: 1,
  warnings: [],
  needsManagerCount: 0,
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
        store: { number: '001', lane: '1', province: 'ON' },
        language: 'en-CA',
        collectorNumberRule: { length: 11, startsWith: '8', check: 'modulus-11' },
        amountLimitCents: 1_000_000,
        asksExcluded: false,
        taxRates: { gst: 0, hst: 13_000, pst: 0, qst: 0 },
        draft,
        recentSales: [sale],
        practiceCollectors: [],
        status,
        notices: [],
      },
    },
    'terminal.dismissNotice': { input: { id: 'one' }, output: {} },
    'forwarding.sendNow': { input: {}, output: {} },
    'preferences.setLanguage': { input: { language: 'fr-CA' }, output: {} },
    'checkout.keep': { input: { draft }, output: {} },
    'checkout.clear': { input: {}, output: { draft } },
    'checkout.preview': {
      input: {
        collectorText: makeCollectorNumber(() => 0.5),
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
        preTaxCents: 1234,
        taxes: { gst: 62, hst: 0, pst: 0, qst: 0 },
        isSecondSale: false,
      },
      output: { kind: 'recorded', sale, isRepeat: false, nextDraft: draft },
    },
    ...deviceSamples,
  };

export const eventSamples: { readonly [Name in EventName]: EventPayload<Name> } = {
  scan: { kind: 'refused', code: 'no-read' },
  sale,
  status,
  devices: devicesView,
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
