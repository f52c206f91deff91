import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createIssuanceClient } from '../../../main/airmiles/client.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { makeCollectors } from '../../../main/simulator/collectors.ts';
import { saleOf } from '../airmiles/rig.ts';
import { callRaw } from './call.ts';

const PROGRAM = join(import.meta.dirname, '../../../main/simulator/program.ts');

const Ready = z.looseObject({
  event: z.literal('ready'),
  url: z.url(),
  tokenUrl: z.url(),
  caFile: z.string(),
  clientId: z.string(),
  clientSecretFile: z.string().optional(),
  controlSecret: z.string(),
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'milepost-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** The program, run to its end; what it said on standard error. */
async function runProgram(args: readonly string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const written: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const [code] = await once(child, 'close');
  return { code, text: written.join('') };
}

/** The simulator as a program of its own, ready to be called. */
async function startProgram(args: readonly string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => written.push(line));
  const exited = once(child, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<unknown> => {
    child.kill(signal);
    const [code] = await exited;
    return code;
  };
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) await end('SIGKILL');
  });
  const line = await Promise.race([once(lines, 'line'), exited.then(() => [])]);
  if (line[0] === undefined) throw new Error(`The program ended: ${written.join('')}`);
  const ready = Ready.parse(JSON.parse(String(line[0])));
  return { ready, written, end, caPem: await readFile(ready.caFile, 'utf8') };
}

type Program = Awaited<ReturnType<typeof startProgram>>;

function clientOfProgram({ ready, caPem }: Program, secret: string) {
  const lines: string[] = [];
  const client = createIssuanceClient({
    baseUrl: ready.url,
    credentials: {
      tokenUrl: ready.tokenUrl,
      clientId: ready.clientId,
      clientSecret: () => Promise.resolve(secret),
    },
    trust: { kind: 'pinned', caPem },
    log: createLog({ write: (line: string) => lines.push(line) }),
  });
  onTestFinished(() => client.close());
  return {
    lines,
    send: (request: Parameters<typeof client.send>[0]) => client.send(request, new AbortController().signal),
  };
}

const [collector = ''] = makeCollectors(11, 8).map(({ collectorNumber }) => collectorNumber);

/** Programs take their time to start where several do at once. */
const PATIENCE = { timeout: 60_000 };

describe('the simulator as a program', PATIENCE, () => {
  test('prints one line when it can be used, serves a client that pins its certificate, and stops cleanly', async () => {
    const program = await startProgram(['--seed', '11']);
    const secret = (await readFile(program.ready.clientSecretFile ?? '', 'utf8')).trim();
    const client = clientOfProgram(program, secret);
    expect(await client.send(saleOf(collector))).toMatchObject({ status: 200, reading: { milesAmount: 5 } });
    expect(await program.end('SIGTERM')).toBe(0);
    expect(program.written).toHaveLength(1);
    await expect(stat(program.ready.caFile)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('keeps pin, secret, credits and answers over a kill and a restart, a torn last line included', async () => {
    const folder = await temporaryFolder();
    const ledger = join(folder, 'ledger.jsonl');
    const args = ['--seed', '11', '--tls-folder', folder, '--ledger', ledger];
    const sale = saleOf(collector);

    const first = await startProgram([...args, '--faults', '{"next":["dropAfter"]}']);
    const secret = (await readFile(first.ready.clientSecretFile ?? '', 'utf8')).trim();
    expect(await clientOfProgram(first, secret).send(sale)).toMatchObject({
      kind: 'unanswered',
      mayHaveArrived: true,
    });
    await first.end('SIGKILL');
    await appendFile(ledger, '{"entry":{"seq":2,');

    const second = await startProgram(args);
    expect(second.caPem).toBe(first.caPem);
    const client = clientOfProgram(second, secret);
    expect(await client.send(sale)).toMatchObject({ status: 200, reading: { milesAmount: 5 } });
    expect(await client.send(saleOf(collector))).toMatchObject({ status: 200 });
    await second.end('SIGTERM');

    const third = await startProgram(args);
    const headers = { authorization: `Bearer ${third.ready.controlSecret}` };
    const where = { url: third.ready.url, caPem: third.caPem };
    const entries: unknown = JSON.parse(
      (await callRaw(where, { method: 'GET', path: '/simulator/ledger', headers })).text,
    );
    expect(entries).toEqual([
      expect.objectContaining({ seq: 1, idempotencyKey: sale.idempotencyKey, milesAmount: 5 }),
      expect.objectContaining({ seq: 2, milesAmount: 5 }),
    ]);
    const [kept] = JSON.parse(
      (await callRaw(where, { method: 'GET', path: '/simulator/collectors', headers })).text,
    );
    expect(kept.balanceMiles).toBe((makeCollectors(11, 8)[0]?.balanceMiles ?? Number.NaN) + 10);
  });

  test('refuses a port that is taken in words and with status 2', async () => {
    const first = await startProgram([]);
    const { code, text } = await runProgram(['--port', new URL(first.ready.url).port]);
    expect(code).toBe(2);
    expect(text).toBe('--port: another program listens there already.\n');
    await first.end('SIGTERM');
  });

  test.each([
    [['--port', 'eighty'], '--port'],
    [['--port', '70000'], '--port'],
    [['--prot', '8443'], '--prot'],
    [['--host', '0.0.0.0'], '127.0.0.1 or ::1 only'],
    [['--host', 'till-7.example'], '127.0.0.1 or ::1 only'],
    [['--audience', 'https://airmilesapis.ca'], 'audience'],
    [['--client-secret', 'A'.repeat(64)], 'clientSecret'],
    [['--base-url', 'https://airmilesapis.ca'], '--base-url'],
    [['--offer-codes', 'A,,B'], '--offer-codes'],
    [['--faults', '{"next":["418"]}'], '--faults'],
    [['--faults', '/nowhere/faults.json'], '--faults'],
  ])('refuses %j in words and with status 2', async (args, named) => {
    const { code, text } = await runProgram(args);
    expect(code).toBe(2);
    expect(text).toContain(named);
    expect(text).not.toMatch(/\n\s+at /);
  });
});

test('no secret and no token is in anything a whole run wrote', PATIENCE, async () => {
  const secret = 'the-secret-of-this-very-run';
  const folder = await temporaryFolder();
  const ledger = join(folder, 'ledger.jsonl');
  const program = await startProgram([
    '--seed',
    '11',
    '--client-secret',
    secret,
    '--tls-folder',
    folder,
    '--ledger',
    ledger,
  ]);
  const headers = {
    authorization: `Bearer ${program.ready.controlSecret}`,
    'content-type': 'application/json',
  };
  const where = { url: program.ready.url, caPem: program.caPem };
  const good = clientOfProgram(program, secret);
  const bad = clientOfProgram(program, `${secret}-mistyped`);
  const results: unknown[] = [];
  const faults = [
    '202',
    '400',
    '401',
    '403',
    '408',
    '429',
    '500',
    '503',
    'reset',
    'dropBefore',
    'dropAfter',
    'garbage',
    'torn',
    'empty',
  ];
  for (const fault of faults) {
    await callRaw(where, {
      method: 'PUT',
      path: '/simulator/faults',
      headers,
      body: JSON.stringify({ next: [fault] }),
    });
    results.push(await good.send(saleOf(collector)));
  }
  for (const fault of ['401', '403', '500', 'drop', 'garbage']) {
    const body = JSON.stringify({ token: { next: [fault] } });
    await callRaw(where, { method: 'PUT', path: '/simulator/faults', headers, body });
    results.push(await bad.send(saleOf(collector)), await bad.send(saleOf(collector)));
  }
  const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' };
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: program.ready.clientId,
    client_secret: secret,
  });
  const granted = await callRaw(where, { path: '/oauth/token', headers: formHeaders, body: form.toString() });
  const { access_token: token }: { access_token: string } = JSON.parse(granted.text);
  await program.end('SIGTERM');

  const written = [
    ...program.written,
    ...good.lines,
    ...bad.lines,
    JSON.stringify(results),
    await readFile(ledger, 'utf8'),
  ].join('\n');
  expect(good.lines.join('')).toContain('token-obtained');
  expect(bad.lines.join('')).toContain('token-failed');
  expect(written).toContain('ready');
  expect(written).not.toContain(secret);
  expect(written).not.toContain(token);
  expect(written).not.toMatch(/bearer/i);
});
