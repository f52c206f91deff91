import type { Draft, Sale, Snapshot } from '../../../shared/contract/views.ts';
import { makeCollectorNumber, type CollectorNumber } from '../../../shared/domain/collector-number.ts';

/** The same Collector Numbers in every run: `index` picks one. */
export function sampleCollector(index: number): CollectorNumber {
  let state = index * 7919 + 17;
  return makeCollectorNumber(() => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  });
}

/** A sale key that names a number. */
export function sampleKey(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

export function sampleDraft(index: number, changes: Partial<Draft> = {}): Draft {
  const blank = {
    collectorText: '',
    entryMode: 'keyed',
    amountText: '',
    excludedText: '',
    taxTexts: {},
  } as const;
  return { saleKey: sampleKey(index), ...blank, ...changes };
}

export function sampleSale(seq: number, changes: Partial<Sale> = {}): Sale {
  return {
    seq,
    kind: 'issue',
    saleKey: sampleKey(seq),
    reference: `1100-3-${String(seq).padStart(6, '0')}`,
    collectorMasked: `····${sampleCollector(seq).slice(-4)}`,
    entryMode: 'scanned',
    preTaxCents: 2497,
    postTaxCents: 2822,
    transactionDay: '2026-11-22',
    recordedAtMs: 1_795_374_000_000 + seq * 60_000,
    outcome: 'stored',
    reason: 'waiting',
    attempts: 0,
    isSending: true,
    ...changes,
  };
}

export function sampleSnapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    version: '0.1.0',
    environment: 'training',
    programme: {
      name: 'Sample Rewards',
      unit: { 'en-CA': { one: 'Point', other: 'Points' }, 'fr-CA': { one: 'Point', other: 'Points' } },
      unitsInFull: { 'en-CA': 'Points', 'fr-CA': 'Points' },
    },
    store: { number: '1100', lane: '3', province: 'ON', transactionDayZone: 'EST' },
    language: 'en-CA',
    collectorNumberRule: { length: 11, startsWith: '8', check: 'modulus-11' },
    asksExcluded: false,
    amountLimitCents: 1_000_000,
    screen: { theme: 'system', contrast: 'system', type: 'normal', motion: 'system' },
    sounds: true,
    taxRates: { gst: 0, hst: 13_000, pst: 0, qst: 0 },
    draft: sampleDraft(1),
    recentSales: [],
    practiceCollectors: [],
    status: {
      scanner: { state: 'ready', path: '/dev/ttyUSB0' },
      connection: { kind: 'reachable' },
      storedCount: 0,
      warnings: [],
      needsManagerCount: 0,
    },
    notices: [],
    operators: {
      mode: 'managers',
      isSetUp: true,
      operators: [],
      signedIn: null,
      isLocked: false,
      itApprovers: ['manager'],
    },
    ...changes,
  };
}
