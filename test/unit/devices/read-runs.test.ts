import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addReading,
  countOf,
  createReadGathering,
  eachScan,
  ReadRun,
} from '../../../main/devices/read-runs.ts';
import type { Observation, Reading, Scan } from '../../../shared/domain/scan/scan.ts';
import { createHandClock } from './hand-clock.ts';

const collector = (collectorNumber: string, entryMode: 'scanned' | 'swiped' = 'scanned'): Reading => ({
  scan: { kind: 'collector', collectorNumber, entryMode },
  observation: { form: 'barcode', length: 11, outcome: 'collector', aim: undefined },
});
const payment: Reading = {
  scan: { kind: 'refused', code: 'payment-card' },
  observation: { form: 'stripe', length: 40, trackLengths: [0, 38], outcome: 'payment-card' },
};
const weight: Reading = { scan: undefined, observation: { form: 'scale', length: 7, outcome: 'ignored' } };

/** Few of each, so that neighbours are often alike. */
const readings = fc.array(
  fc.oneof(
    fc.constantFrom('80000000000', '81111111111', '8222').map((number) => collector(number)),
    fc.constantFrom('80000000000').map((number) => collector(number, 'swiped')),
    fc.constantFrom('A', 'B').map((couponCode): Reading => ({
      scan: { kind: 'coupon', couponCode },
      observation: { form: 'barcode', aim: 'C0', length: 1, outcome: 'coupon' },
    })),
    fc.constantFrom('AAAAAAAAAAAA', 'BBBBBBBBBBBB').map((reference): Reading => ({
      scan: { kind: 'receipt', reference },
      observation: { form: 'barcode', length: 15, outcome: 'receipt' },
    })),
    fc.constantFrom(payment, weight),
    fc.constantFrom([38], [0, 38], undefined).map((trackLengths): Reading => ({
      scan: { kind: 'refused', code: 'card-unread' },
      observation: { form: 'stripe', length: 40, trackLengths, outcome: 'card-unread' },
    })),
  ),
  { maxLength: 40 },
);

function runsOf(all: readonly Reading[]): ReadRun[] {
  const runs: ReadRun[] = [];
  for (const reading of all) addReading(runs, reading);
  return runs;
}

describe('readings told in runs', () => {
  test('give back every scan and every observation in order, through a message between processes', () => {
    fc.assert(
      fc.property(readings, (all) => {
        const runs = runsOf(all).map((run) => ReadRun.parse(JSON.parse(JSON.stringify(run))));
        const scans: Scan[] = [];
        const observations: Observation[] = [];
        for (const run of runs) {
          eachScan(run, (scan) => scans.push(scan));
          for (let told = 0; told < countOf(run); told += 1) observations.push(run.observation);
        }
        expect(scans).toEqual(all.flatMap(({ scan }) => scan ?? []));
        // A message leaves out what is undefined.
        expect(observations).toEqual(all.map(({ observation }) => JSON.parse(JSON.stringify(observation))));
      }),
    );
  });

  test('are one run where nothing but the number differs', () => {
    expect(runsOf([collector('1'), collector('2'), collector('3')])).toHaveLength(1);
    expect(runsOf([payment, payment, weight, weight, payment]).map(countOf)).toEqual([2, 2, 1]);
  });
});

describe('the gathering', () => {
  const turn = (): Promise<void> => new Promise((resolve) => queueMicrotask(resolve));

  function start() {
    const clock = createHandClock();
    const sent: string[] = [];
    const gathering = createReadGathering(clock, (deviceId, runs) => {
      sent.push(`${deviceId} ${runs.map(countOf).join('+')}`);
    });
    return { clock, sent, gathering };
  }

  test('sends a person’s scan at the end of the turn that read it', async () => {
    const { clock, sent, gathering } = start();
    gathering.add('one', collector('1'));
    gathering.add('two', weight);
    await turn();
    expect(sent).toEqual(['one 1', 'two 1']);
    clock.advance(1_000);
    gathering.add('one', collector('2'));
    await turn();
    expect(sent).toEqual(['one 1', 'two 1', 'one 1']);
  });

  test('sends what follows at once together, 2 ms after', async () => {
    const { clock, sent, gathering } = start();
    gathering.add('one', collector('1'));
    await turn();
    for (const number of ['2', '3', '4']) {
      gathering.add('one', collector(number));
      await turn();
    }
    expect(sent).toEqual(['one 1']);
    clock.advance(2);
    expect(sent).toEqual(['one 1', 'one 3']);
  });

  test('holds no more than 5,000 readings, and sends what it holds before anything else is said', async () => {
    const { sent, gathering } = start();
    for (let count = 0; count < 5_001; count += 1) gathering.add('one', collector('1'));
    expect(sent).toEqual(['one 5000']);
    gathering.flush();
    expect(sent).toEqual(['one 5000', 'one 1']);
    await turn();
    gathering.flush();
    expect(sent).toHaveLength(2);
  });
});
