import { createServer } from 'node:http';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openTerminalLog } from '../../../main/hosts/terminal-log.ts';
import { startTerminal } from '../../../main/terminal.ts';
import { createSimulator } from '../../../main/simulator/simulator.ts';
import { temporaryFolder } from './installed.ts';
import type { ReasonCode } from '../../../shared/domain/reasons.ts';

const SECRET = 'planted-secret-0815';

/** A terminal that runs in this process against a simulator, with its log on the disk as the hosts have it. */
async function running(settings: object = {}, environmentVariables: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'data');
  const settingsFile = join(folder, 'store.json');
  const simulator = await createSimulator({ clientSecret: SECRET });
  onTestFinished(() => simulator.stop());
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, simulator.caPem);
  const { url: baseUrl, clientId } = simulator;
  const write = (more: object): void =>
    writeFileSync(
      settingsFile,
      JSON.stringify({
        airmiles: { baseUrl, clientId, caFile },
        devices: { scanner: { path: 'none' } },
        ...more,
      }),
    );
  write(settings);
  const start = async () => {
    const { log, redactor } = openTerminalLog(dataFolder);
    const started = await startTerminal({
      dataFolder,
      settingsFile,
      policyFile: undefined,
      log,
      redactor,
      environmentVariables: { MILEPOST_CLIENT_SECRET: SECRET, ...environmentVariables },
      version: '0.0.0-test',
    });
    if (started.kind === 'refused') throw new Error(started.message);
    return started.terminal;
  };
  const [collector = ''] = simulator.practiceCollectors;
  return { folder, dataFolder, start, write, collector, simulator };
}

type Terminal = Awaited<ReturnType<Awaited<ReturnType<typeof running>>['start']>>;

async function sell(terminal: Terminal, collectorText: string): Promise<void> {
  const { draft } = await terminal.handlers['terminal.snapshot']({});
  const reply = await terminal.handlers['checkout.issue']({
    saleKey: draft.saleKey,
    collectorText,
    entryMode: 'keyed',
    preTaxCents: 10_200,
    taxes: { gst: 0, hst: 1326, pst: 0, qst: 0 },
    isSecondSale: true,
    ...('excluded' in draft ? { excluded: [] } : {}),
  } as Parameters<Terminal['handlers']['checkout.issue']>[0]);
  expect(reply.kind).toBe('recorded');
  await vi.waitFor(
    async () => {
      const { recentSales } = await terminal.handlers['terminal.snapshot']({});
      expect(recentSales[0]?.outcome).toBe('credited');
    },
    { timeout: 10_000 },
  );
}

test('sales are counted and timed from the press, day by day, over a restart', async () => {
  const { start, collector } = await running();
  const first = await start();
  await sell(first, collector);
  await first.stop();
  const second = await start();
  await sell(second, collector);
  const { days, queue } = await second.handlers['metrics.read']({});
  await second.stop();
  expect(days).toHaveLength(1);
  expect(days[0]).toMatchObject({
    sales: 2,
    outcomes: { credited: 2 },
    failed: 0,
    ownNetwork: 0,
    availability: 1,
  });
  expect(days[0]?.pressToCredited?.p95).toBeGreaterThan(0);
  expect(days[0]?.pressToStored?.p50).toBeGreaterThan(0);
  expect(queue).toEqual({ depth: 0, oldestAgeMs: 0 });
});

test('a support bundle tells the story without a number, a secret or a token, and is listed before it is saved', async () => {
  const { start, collector } = await running({
    support: { partnerDesk: { name: 'Store help', phone: '555-0100' } },
  });
  const terminal = await start();
  onTestFinished(() => terminal.stop());
  expect(await terminal.handlers['support.save']({})).toEqual({ kind: 'nothing-prepared' });
  await sell(terminal, collector);
  const { files } = await terminal.handlers['support.prepare']({});
  const saved = await terminal.handlers['support.save']({});
  if (saved.kind !== 'saved') throw new Error(saved.kind);
  const parts = Object.entries(unzipSync(readFileSync(saved.path))).map(
    ([name, bytes]) => [name, strFromU8(bytes)] as const,
  );
  expect(parts.map(([name, text]) => ({ name, bytes: Buffer.byteLength(text) }))).toEqual(files);
  const all = Object.fromEntries(parts);
  const { recentSales } = await terminal.handlers['terminal.snapshot']({});
  expect(all['timeline.txt']).toContain(
    `issue ${recentSales[0]?.reference} of $102.00, Collector by keyed: credited after one attempt`,
  );
  expect(all['doctor.txt']).toContain('15. Token: Granted');
  expect(all['doctor.txt']).toContain('Store help, 555-0100\nQuote this: Terminal ');
  expect(all['settings.txt']).toContain('airmiles.clientId = ');
  expect(all['logs/terminal.log']).toContain(recentSales[0]?.reference);
  const everything = parts.map(([, text]) => text).join('\n');
  expect(everything).not.toContain(collector);
  expect(everything).not.toContain(SECRET);
  expect(everything).not.toMatch(/eyJ[\w-]+\.|Bearer (?!\[)/);
});

test('a changed setting is refused or kept with its reason, is told as waiting, and is a line of the audit chain', async () => {
  const { start, write, dataFolder } = await running({ store: { lane: '3' }, operators: { mode: 'off' } });
  const terminal = await start();
  const change = (key: string, value: string | null) => terminal.handlers['settings.change']({ key, value });
  const refused = (code: ReasonCode) => ({ kind: 'refused', reason: { code } });
  expect(await change('store.lanes', '"4"')).toMatchObject(refused('no-such-setting'));
  expect(await change('store.lane', '"4')).toMatchObject(refused('json'));
  expect(await change('store.province', '"Atlantis"')).toMatchObject(refused('not-allowed'));
  expect(await change('store.lane', '4')).toMatchObject(refused('text-expected'));
  expect(await change('store.lane', '"4"')).toEqual({ kind: 'changed' });
  const { settings } = await terminal.handlers['settings.list']({});
  expect(settings.find(({ key }) => key === 'store.lane')).toMatchObject({
    holds: { layer: 'store', value: '"3"' },
    isWaiting: true,
  });
  await terminal.stop();
  write({ store: { lane: '3', number: '1100' }, operators: { mode: 'off' } });
  const again = await start();
  const snapshot = await again.handlers['terminal.snapshot']({});
  expect(snapshot.store).toMatchObject({ lane: '4', number: '1100' });
  await again.handlers['support.prepare']({});
  const saved = await again.handlers['support.save']({});
  await again.stop();
  if (saved.kind !== 'saved') throw new Error(saved.kind);
  expect(saved.path.startsWith(dataFolder)).toBe(true);
  const timeline = strFromU8(unzipSync(readFileSync(saved.path))['timeline.txt'] ?? new Uint8Array());
  expect(timeline).toContain('settings changed {"key":"store.lane"');
  expect(timeline).toContain('{"key":"store.number","from":"\\"0001\\"","to":"\\"1100\\"","layer":"store"}');
});

test('the log tells by a code why a setting and a provisioning file are not used, and repeats neither', async () => {
  const { start, dataFolder } = await running({ store: { lane: '3', province: 'Atlantis' } });
  mkdirSync(dataFolder);
  writeFileSync(join(dataFolder, 'provisioning.json'), '{\n"api-key": "planted-key",\n}}');
  const terminal = await start();
  onTestFinished(() => terminal.stop());
  const { notices } = await terminal.handlers['terminal.snapshot']({});
  expect(notices.map(({ code, reason }) => [code, reason?.code])).toEqual([
    ['setting-refused', 'not-allowed'],
    ['provisioning-refused', 'json-end'],
  ]);
  const written = readFileSync(join(dataFolder, 'logs', 'terminal.log'), 'utf8');
  const lines: unknown[] = written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ event: 'setting-refused', key: 'store.province', reason: 'not-allowed' }),
      expect.objectContaining({ event: 'provisioning-refused', line: 3, reason: 'json-end' }),
    ]),
  );
  expect(written).not.toMatch(/Atlantis|planted-key/);
});

test('where the store has operators, nobody changes a setting or a secret without the right', async () => {
  const { start } = await running();
  const terminal = await start();
  onTestFinished(() => terminal.stop());
  const { handlers } = terminal;
  const asked = await handlers['settings.change']({ key: 'store.lane', value: '"4"', approval: 'made-up' });
  const entered = await handlers['secrets.enter']({ name: 'api-key', value: 'planted-key' });
  expect([asked, entered]).toEqual([{ kind: 'approval-needed' }, { kind: 'approval-needed' }]);
  const { settings } = await handlers['settings.list']({});
  expect(settings.filter(({ isWaiting }) => isWaiting)).toEqual([]);
});

test('figures are exported over OTLP where the settings ask for it, and hold nothing of a person', async () => {
  const bodies: string[] = [];
  const collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void collector.close());
  const { port } = collector.address() as AddressInfo;
  const otlpUrl = `http://127.0.0.1:${port}/v1/metrics`;
  const { start, collector: number } = await running({ metrics: { otlpUrl } });
  const terminal = await start();
  await sell(terminal, number);
  // Stopping sends what is left.
  await terminal.stop();
  const sent = bodies.join('\n');
  expect(sent).toContain('milepost.sales.today');
  expect(sent).toContain('milepost.press_to_credited.p95');
  expect(sent).toContain('milepost.queue.depth');
  expect(sent).not.toContain(number);
});
