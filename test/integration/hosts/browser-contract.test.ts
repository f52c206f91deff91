import { afterAll, beforeAll } from 'vitest';
import { makeRendererFolder, openWire, startHostForTest, takeSession } from './browser-harness.ts';
import { describeContract } from './contract-suite.ts';

let renderer: Awaited<ReturnType<typeof makeRendererFolder>>;
beforeAll(async () => {
  renderer = await makeRendererFolder();
});
afterAll(() => renderer.remove());

describeContract('the browser host', async (terminal, log) => {
  const host = await startHostForTest(terminal, log, renderer.folder);
  const cookie = await takeSession(host);
  const windows = new AbortController();
  let stopping: Promise<void> | undefined;
  return {
    openWire: () => openWire(host.port, cookie, windows.signal),
    stop() {
      windows.abort();
      stopping ??= host.stop();
      return stopping;
    },
  };
});
