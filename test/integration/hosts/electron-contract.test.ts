import { afterAll, beforeAll } from 'vitest';
import { makeRendererFolder } from './browser-harness.ts';
import { describeContract } from './contract-suite.ts';
import { startElectronForTest } from './electron-harness.ts';

let renderer: Awaited<ReturnType<typeof makeRendererFolder>>;
beforeAll(async () => {
  renderer = await makeRendererFolder();
});
afterAll(() => renderer.remove());

describeContract('the Electron host', async (terminal, log) => {
  const { host, openWire } = await startElectronForTest(terminal, log, renderer.folder);
  return {
    openWire,
    async stop() {
      host.stop();
    },
  };
});
