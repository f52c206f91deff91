import type { CallInput, CallOutput } from '../../../shared/contract/contract.ts';
import type { dayCalls, Difference } from '../../../shared/contract/day.ts';

/** A reconciliation under way. */
export const reconciliationSample = {
  id: 1,
  day: '2026-03-01',
  startedAtMs: 1_772_000_000_000,
  state: 'running',
  collectors: 10,
  asked: 3,
  matched: 3,
  awaited: 0,
  credited: 0,
  differences: 0,
  open: 0,
} as const;

const facts = { figures: [], offers: [], owedCount: 0, owed: [], earlierOwed: 0 };

const difference = {
  id: 1,
  kind: 'missing-here',
  collectorMasked: '•••• 123',
  milesThere: 4,
  repairs: ['note'],
} satisfies Difference;

/** One good input and output for every call about whole days. */
export const daySamples: {
  readonly [Name in keyof typeof dayCalls]: { input: CallInput<Name>; output: CallOutput<Name> };
} = {
  'day.list': { input: {}, output: { today: '2026-03-01', days: [] } },
  'day.overview': {
    input: { day: '2026-03-01' },
    output: {
      day: '2026-03-01',
      isOver: true,
      ...facts,
      sinceClosing: 0,
      canReconcile: true,
      reportFolder: 'reports',
      exportFolder: 'exports',
    },
  },
  'day.close': {
    input: { day: '2026-03-01', isKnowingly: true, language: 'en-CA' },
    output: { kind: 'owed', count: 1 },
  },
  'day.report': {
    input: { day: '2026-03-01', format: 'pdf', language: 'fr-CA' },
    output: { kind: 'not-closed' },
  },
  'day.export': {
    input: { day: '2026-03-01', format: 'csv' },
    output: { kind: 'written', file: 'a.csv', sha256: '00', count: 1, isNew: true },
  },
  'day.reconcile': {
    input: { day: '2026-03-01' },
    output: { kind: 'started', reconciliation: reconciliationSample },
  },
  'day.cancelReconciling': { input: {}, output: {} },
  'day.differences': {
    input: { reconciliation: 1, offset: 0, limit: 50 },
    output: { differences: [difference] },
  },
  'day.repair': {
    input: { difference: 1, how: 'note', why: 'another lane' },
    output: { kind: 'done', difference },
  },
};
