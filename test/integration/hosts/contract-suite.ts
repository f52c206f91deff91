import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Log } from '../../../main/diagnostics/log.ts';
import type { CallName, EventName, Wire } from '../../../shared/contract/contract.ts';
import {
  callNames,
  createKeptLog,
  createScriptedTerminal,
  eventSamples,
  samples,
  type LoggedLine,
  type ScriptedTerminal,
} from './scripted-terminal.ts';

const eventNames = Object.keys(eventSamples) as EventName[];

export interface HostUnderTest {
  /** A window's own wire, connected, by the way the product takes. */
  openWire(): Promise<Wire>;
  stop(): Promise<void>;
}

const failure = (reason: string) => ({ kind: 'failure', failure: reason });

/** Resolves with the next `count` events a wire announces. */
function nextEvents(wire: Wire, count: number): Promise<{ name: string; payload: unknown }[]> {
  return new Promise((resolve) => {
    const events: { name: string; payload: unknown }[] = [];
    const stop = wire.onEvent((name, payload) => {
      events.push({ name, payload });
      if (events.length < count) return;
      stop();
      resolve(events);
    });
  });
}

/** What every host owes the contract, whatever kind of window it gives. */
export function describeContract(
  hostName: string,
  startHost: (terminal: ScriptedTerminal, log: Log) => Promise<HostUnderTest>,
): void {
  describe(`the contract through ${hostName}`, () => {
    let terminal: ScriptedTerminal;
    let lines: LoggedLine[];
    let host: HostUnderTest;
    let wire: Wire;

    beforeEach(async () => {
      terminal = createScriptedTerminal();
      const kept = createKeptLog();
      lines = kept.lines;
      host = await startHost(terminal, kept.log);
      wire = await host.openWire();
    });
    afterEach(() => host.stop());

    /** The one line a refusal or fault leaves: more would let a page fill the disk. */
    const complaints = (): LoggedLine[] => lines.filter(({ level }) => level !== 'info');

    test.each(callNames)('%s reaches its handler with its input and comes back', async (name) => {
      const { input, output } = samples[name];
      expect(await wire.call(name, input)).toEqual({ kind: 'answer', output });
      expect(terminal.received).toEqual([{ name, input }]);
      expect(complaints()).toEqual([]);
    });

    test('answers come back to the calls they belong to when many are made at once', async () => {
      const replies = await Promise.all(callNames.map((name) => wire.call(name, samples[name].input)));
      expect(replies).toEqual(callNames.map((name) => ({ kind: 'answer', output: samples[name].output })));
    });

    test.each(['checkout.void', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
      'a call named "%s" is unknown and reaches nothing',
      async (name) => {
        expect(await wire.call(name, {})).toEqual(failure('unknown-call'));
        expect(terminal.received).toEqual([]);
        expect(complaints()).toHaveLength(1);
      },
    );

    const issue = samples['checkout.issue'].input;
    const wrongInputs: [string, CallName, unknown][] = [
      ['nothing', 'checkout.clear', undefined],
      ['null', 'checkout.clear', null],
      ['a text', 'checkout.clear', 'now'],
      ['a list', 'checkout.clear', []],
      ['an unknown field', 'checkout.clear', { extra: true }],
      ['a missing field', 'terminal.dismissNotice', {}],
      ['a wrong type', 'terminal.dismissNotice', { id: 7 }],
      ['a language that is not ours', 'preferences.setLanguage', { language: 'de-DE' }],
      ['part of a cent', 'checkout.issue', { ...issue, preTaxCents: 1.5 }],
      ['a number as text', 'checkout.issue', { ...issue, preTaxCents: '1234' }],
      ['a negative tax', 'checkout.issue', { ...issue, taxes: { ...issue.taxes, gst: -1 } }],
      ['a sale key that is none', 'checkout.issue', { ...issue, saleKey: 'one' }],
      ['a Collector text without end', 'checkout.issue', { ...issue, collectorText: '8'.repeat(65) }],
      ['an own __proto__', 'checkout.clear', JSON.parse('{"__proto__":{"isAdmin":true}}')],
    ];
    test.each(wrongInputs)('%s is refused as input before it reaches a handler', async (_, name, input) => {
      expect(await wire.call(name, input)).toEqual(failure('invalid-input'));
      expect(terminal.received).toEqual([]);
      expect(complaints()).toMatchObject([
        { event: 'call-refused', fields: { call: name, reason: 'invalid-input' } },
      ]);
    });

    test('a refused input is logged without its values', async () => {
      await wire.call('checkout.issue', {
        ...issue,
        secretlyPassed: 'planted-key-name',
        entryMode: 'planted-value',
      });
      expect(JSON.stringify(lines)).not.toMatch(/planted|secretly/);
      expect(JSON.stringify(lines)).not.toContain(issue.collectorText);
      expect(complaints()).toHaveLength(1);
    });

    test('an input above 64 KB is refused by its size', async () => {
      const draft = { ...samples['checkout.keep'].input.draft, collectorText: '8'.repeat(64 * 1024) };
      expect(await wire.call('checkout.keep', { draft })).toEqual(failure('too-large'));
      expect(terminal.received).toEqual([]);
      expect(complaints()).toHaveLength(1);
    });

    test('a handler that throws answers failed, with the cause in the log and not in the reply', async () => {
      const cause = new Error('the disk said no');
      terminal.answerWith = cause;
      expect(await wire.call('checkout.clear', {})).toEqual(failure('failed'));
      expect(complaints()).toMatchObject([{ level: 'error', event: 'call-failed', cause }]);
    });

    test('an output that breaks the contract never leaves main', async () => {
      terminal.answerWith = { ...samples['checkout.clear'].output, collectorNumber: 'planted' };
      expect(await wire.call('checkout.clear', {})).toEqual(failure('failed'));
      expect(complaints()).toMatchObject([{ level: 'error', event: 'call-output-wrong' }]);
    });

    test('the next call is answered after one that failed', async () => {
      terminal.answerWith = new Error('once');
      await wire.call('checkout.clear', {});
      terminal.answerWith = undefined;
      expect(await wire.call('checkout.clear', {})).toMatchObject({ kind: 'answer' });
    });

    test('every event reaches every window', async () => {
      const wires = [wire, await host.openWire(), await host.openWire()];
      const arrivals = Promise.all(wires.map((each) => nextEvents(each, eventNames.length)));
      for (const name of eventNames) terminal.emit(name, eventSamples[name]);
      const expected = eventNames.map((name) => ({ name, payload: eventSamples[name] }));
      expect(await arrivals).toEqual(wires.map(() => expected));
    });

    test('an event that breaks the contract never leaves main', async () => {
      const arrival = nextEvents(wire, 1);
      terminal.emit('sale', { ...eventSamples.sale, collectorNumber: 'planted' });
      terminal.emit('status', eventSamples.status);
      expect(await arrival).toEqual([{ name: 'status', payload: eventSamples.status }]);
      expect(complaints()).toMatchObject([
        { level: 'error', event: 'event-wrong', fields: { kind: 'sale' } },
      ]);
    });

    test('a listener that was taken away hears nothing more', async () => {
      const heard: string[] = [];
      const stop = wire.onEvent((name) => void heard.push(name));
      stop();
      const arrival = nextEvents(wire, 1);
      terminal.emit('status', eventSamples.status);
      await arrival;
      expect(heard).toEqual([]);
    });

    test('a stopped host listens to the terminal no more', async () => {
      expect(terminal.listenerCount).toBeGreaterThan(0);
      await host.stop();
      expect(terminal.listenerCount).toBe(0);
    });
  });
}
