import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventName, Wire } from '../../../shared/contract/contract.ts';
import { makeRendererFolder, openWire, startHostForTest, takeSession } from './browser-harness.ts';
import { startElectronForTest } from './electron-harness.ts';
import {
  callNames,
  createKeptLog,
  createScriptedTerminal,
  eventSamples,
  samples,
} from './scripted-terminal.ts';

const others = callNames.filter((name) => name !== 'customer.snapshot');
const eventNames = Object.keys(eventSamples) as EventName[];

type Start = (terminal: ReturnType<typeof createScriptedTerminal>, folder: string) => Promise<{ wire: Wire; stop(): unknown }>; // prettier-ignore

const hosts: readonly [string, Start][] = [
  [
    'the browser host',
    async (terminal, folder) => {
      const host = await startHostForTest(terminal, createKeptLog().log, folder);
      const windows = new AbortController();
      const wire = await openWire(host.port, await takeSession(host), windows.signal, '/customer-wire');
      return { wire, stop: () => (windows.abort(), host.stop()) };
    },
  ],
  [
    'the Electron host',
    async (terminal, folder) => {
      const {
        host,
        electron,
        openWire: openElectronWire,
      } = await startElectronForTest(terminal, createKeptLog().log, folder);
      const wire = await openElectronWire(async () => {
        await host.openWindow();
        // As the page asks for it, from the operator's window.
        electron.windows[0]?.webContents.openHandler?.({ url: 'app://milepost/customer' });
      });
      return { wire, stop: () => host.stop() };
    },
  ],
];

describe.each(hosts)("the customer's window of %s", (_name, start) => {
  let renderer: Awaited<ReturnType<typeof makeRendererFolder>>;
  let terminal: ReturnType<typeof createScriptedTerminal>;
  let started: Awaited<ReturnType<Start>>;

  beforeEach(async () => {
    renderer = await makeRendererFolder();
    terminal = createScriptedTerminal();
    started = await start(terminal, renderer.folder);
  });
  afterEach(async () => {
    await started.stop();
    await renderer.remove();
  });

  test('has its own snapshot', async () => {
    expect(await started.wire.call('customer.snapshot', {})).toEqual({
      kind: 'answer',
      output: samples['customer.snapshot'].output,
    });
  });

  test.each(others)('may not call %s', async (name) => {
    const reply = await started.wire.call(name, samples[name].input);
    expect(reply).toEqual({ kind: 'failure', failure: 'not-allowed' });
    expect(terminal.received).toEqual([]);
  });

  test('hears its own event and no other', async () => {
    const heard: string[] = [];
    const last = new Promise<void>((resolve) => {
      started.wire.onEvent((name) => {
        heard.push(name);
        resolve();
      });
    });
    // Its own goes last: whatever was to come before it has come by then.
    const inOrder = [...eventNames.filter((name) => name !== 'customer'), 'customer'] as const;
    for (const name of inOrder) terminal.emit(name, eventSamples[name]);
    await last;
    expect(heard).toEqual(['customer']);
  });
});
