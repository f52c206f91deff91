import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { startRig } from '../../rig/rig.ts';
import { makeFolder, startDevices } from './running-devices.ts';

const receipt = new TextEncoder().encode('A receipt\n');
const askStatus = '\x1dr\x01';

/** A printer on the network that does with each connection what the test says. */
async function startPrinter(onSocket: (socket: Socket) => void) {
  const server = createServer(onSocket);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const settings = {
    scanner: { path: 'none' },
    printer: { connection: 'network', host: '127.0.0.1', port },
  } as const;
  return { settings, close: () => server.close() };
}

describe('a printer on the network', () => {
  test('prints a job once, however often it is asked for, and says so when the printer has', async () => {
    let received = '';
    const { settings, close } = await startPrinter((socket) =>
      socket.on('data', (bytes) => {
        received += bytes.toString('latin1');
        if (received.endsWith(askStatus)) socket.write(Uint8Array.of(0));
      }),
    );
    const { devices } = startDevices(settings);
    const job = { jobId: 'one', bytes: receipt };
    const results = await Promise.all([devices.printer.print(job), devices.printer.print(job)]);
    expect(results).toEqual([
      { kind: 'printed', isConfirmed: true },
      { kind: 'printed', isConfirmed: true },
    ]);
    expect(received).toBe(`A receipt\n${askStatus}`);
    await devices.stop();
    close();
  });

  test('that goes away in the middle of a job leaves it unknown, and it is not sent again', async () => {
    let connections = 0;
    const { settings, close } = await startPrinter((socket) => {
      connections += 1;
      socket.once('data', () => socket.destroy());
    });
    const { devices } = startDevices(settings);
    const job = { jobId: 'one', bytes: receipt };
    expect(await devices.printer.print(job)).toEqual({ kind: 'unknown', reason: 'lost' });
    expect(await devices.printer.print(job)).toEqual({ kind: 'unknown', reason: 'lost' });
    expect(connections).toBe(1);
    await devices.stop();
    close();
  });

  test('that is not there has printed nothing', async () => {
    const { settings, close } = await startPrinter(() => undefined);
    close();
    const { devices } = startDevices(settings);
    expect(await devices.printer.print({ jobId: 'one', bytes: receipt })).toEqual({
      kind: 'failed',
      reason: 'not-reached',
    });
    await devices.stop();
  });

  test('leaves a job unknown when the device process dies with it', async () => {
    const { settings, close } = await startPrinter(() => undefined);
    const { devices, processes } = startDevices(settings);
    const printed = devices.printer.print({ jobId: 'one', bytes: receipt });
    processes[0]?.kill();
    expect(await printed).toEqual({ kind: 'unknown', reason: 'process-ended' });
    await devices.stop();
    close();
  });
});

/** What `DLE EOT 4` is answered with; the fixed bits are set as a printer sets them. */
const paper = { full: 0x12, low: 0x1e, out: 0x7e } as const;
const askPaper = '\x10\x04\x04';

describe('a printer that is looked at', () => {
  test.each([
    ['well', paper.full],
    ['paper-low', paper.low],
    ['paper-out', paper.out],
  ] as const)('on the network is %s by its own word, and nothing is printed', async (look, answer) => {
    let received = '';
    const { settings, close } = await startPrinter((socket) =>
      socket.on('data', (bytes) => {
        received += bytes.toString('latin1');
        socket.write(Uint8Array.of(answer));
      }),
    );
    const { devices } = startDevices(settings);
    expect(await devices.printer.look()).toBe(look);
    expect(received).toBe(askPaper);
    await devices.stop();
    close();
  });

  test('that is not there is not reached; one that says nothing is silent', async () => {
    const { settings, close } = await startPrinter(() => undefined);
    const { devices } = startDevices(settings);
    expect(await devices.printer.look()).toBe('silent');
    close();
    // Its last connection may still be open, but nothing listens any longer.
    expect(await devices.printer.look()).toBe('not-reached');
    await devices.stop();
  });

  test('while it prints is busy, and the receipt is not held up', async () => {
    const given: Socket[] = [];
    const { settings, close } = await startPrinter((socket) => given.push(socket));
    const { devices, messages } = startDevices(settings);
    const printed = devices.printer.print({ jobId: 'one', bytes: receipt });
    expect(await devices.printer.look()).toBe('busy');
    expect(messages.filter((message) => JSON.stringify(message).includes('"print"'))).toEqual([]);
    await expect.poll(() => given.length).toBe(1);
    given[0]?.write(Uint8Array.of(0));
    expect(await printed).toEqual({ kind: 'printed', isConfirmed: true });
    await devices.stop();
    close();
  });

  test('and dies with the device process is not reached', async () => {
    const { settings, close } = await startPrinter(() => undefined);
    const { devices, processes } = startDevices(settings);
    const looked = devices.printer.look();
    processes[0]?.kill();
    expect(await looked).toBe('not-reached');
    await devices.stop();
    close();
  });
});

describe('a serial printer', () => {
  test('prints what it is given; unplugged, it fails before a byte is sent, and prints nothing of it later', async () => {
    const folder = await makeFolder();
    const rig = await startRig(folder, 'printer');
    const printer = { connection: 'serial', path: rig.path, confirms: false } as const;
    const { devices, changes } = startDevices({ scanner: { path: 'none' }, printer });
    const becomes = (state: string): Promise<unknown> =>
      changes.until(() =>
        devices.view().devices.some(({ id, state: now }) => id === 'printer' && now.state === state),
      );
    await becomes('ready');
    const printed = devices.printer.print({ jobId: 'one', bytes: receipt });
    let paper = '';
    // What is written has left this machine only once the device has taken it.
    while (!paper.endsWith('\n')) paper += new TextDecoder().decode(await rig.readBack());
    expect(paper).toBe('A receipt\n');
    expect(await printed).toEqual({ kind: 'printed', isConfirmed: false });
    expect(await devices.printer.look()).toBe('reached');
    await rig.hang();
    await becomes('lost');
    expect(await devices.printer.look()).toBe('not-reached');
    expect(await devices.printer.print({ jobId: 'two', bytes: receipt })).toEqual({
      kind: 'failed',
      reason: 'not-connected',
    });
    await rig.reopen();
    await becomes('ready');
    expect(await rig.readBack()).toHaveLength(0);
    await devices.stop();
    await rig.stop();
    await rm(folder, { recursive: true });
  });
});

test('a serial printer unplugged in the middle of a write leaves the job unknown, and gets none of it when it is back', async () => {
  const folder = await makeFolder();
  const rig = await startRig(folder, 'printer');
  const printer = { connection: 'serial', path: rig.path, confirms: false } as const;
  const { devices, changes } = startDevices({ scanner: { path: 'none' }, printer });
  const becomes = (state: string): Promise<unknown> =>
    changes.until(() =>
      devices.view().devices.some(({ id, state: now }) => id === 'printer' && now.state === state),
    );
  await becomes('ready');
  // More than a line holds that nobody reads: the write waits.
  const printed = devices.printer.print({ jobId: 'one', bytes: new Uint8Array(500_000).fill(0x41) });
  while ((await rig.readBack()).length === 0);
  const from = changes.items.length;
  await rig.hang();
  expect(await printed).toEqual({ kind: 'unknown', reason: 'lost' });
  await rig.reopen();
  await changes.until(
    () => devices.view().devices.some(({ id, state }) => id === 'printer' && state.state === 'ready'),
    from,
  );
  const again = devices.printer.print({ jobId: 'two', bytes: receipt });
  let paper = '';
  while (!paper.endsWith('\n')) paper += new TextDecoder().decode(await rig.readBack());
  expect(paper).toBe('A receipt\n');
  expect(await again).toEqual({ kind: 'printed', isConfirmed: false });
  await devices.stop();
  await rig.stop();
  await rm(folder, { recursive: true });
});

test('without a printer in the settings, a job says so', async () => {
  const { devices } = startDevices('none');
  expect(await devices.printer.print({ jobId: 'one', bytes: receipt })).toEqual({ kind: 'no-printer' });
  expect(await devices.printer.look()).toBe('no-printer');
  await devices.stop();
});
