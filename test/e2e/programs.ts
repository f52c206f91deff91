import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const built = (name: string): string => fileURLToPath(new URL(`../../out/main/${name}`, import.meta.url));

const Ready = z.looseObject({ event: z.literal('ready'), url: z.string() });
const SimulatorReady = z.looseObject({
  event: z.literal('ready'),
  url: z.string(),
  caFile: z.string(),
  clientId: z.string(),
  controlSecret: z.string(),
});

export interface Program<Line> {
  readonly child: ChildProcess;
  readonly ready: Line;
  /** Everything it wrote so far. */
  output(): string;
  /** The plug: no warning, no clean-up. */
  kill(): Promise<void>;
  /** Asks it to stop and gives back its exit code. */
  stop(): Promise<number | null>;
}

/** Starts a built program and waits for its one line of JSON. */
async function start<Line>(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  schema: z.ZodType<Line>,
): Promise<Program<Line>> {
  const child = spawn(process.execPath, [built(file), ...args], {
    // In the browser's zone, as on one machine.
    env: { ...process.env, TZ: 'America/Toronto', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit');
  const ready = await new Promise<Line>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      const read = schema.safeParse(line.startsWith('{') ? JSON.parse(line) : undefined);
      if (read.success) resolve(read.data);
    });
    child.once('exit', (code) =>
      reject(new Error(`${file} ended with ${code} before it was ready\n${output}`)),
    );
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    child,
    ready,
    output: () => output,
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

const LedgerEntry = z.looseObject({
  collectorNumber: z.string(),
  checkoutTransactionId: z.string(),
  idempotencyKey: z.string().optional(),
  milesAmount: z.int(),
});
const Stats = z.looseObject({
  requests: z.int(),
  parallelViolations: z.int(),
  keyReusedWithOtherBody: z.int(),
});
const Collectors = z.array(
  z.looseObject({ collectorNumber: z.string(), state: z.string(), balanceMiles: z.int() }),
);

export const CLIENT_SECRET = 'the-secret-of-this-test-run';

/** The simulator as a program of its own, with what a test asks of it. */
export async function startSimulator(folder: string, args: readonly string[] = []) {
  const tlsFolder = join(folder, 'simulator');
  const fixed = [
    '--tls-folder',
    tlsFolder,
    '--ledger',
    join(folder, 'ledger.jsonl'),
    '--client-secret',
    CLIENT_SECRET,
  ];
  const program = await start('simulator.js', [...fixed, ...args], {}, SimulatorReady);
  const { url, caFile, controlSecret } = program.ready;
  const ca = readFileSync(caFile);
  const control = (method: string, path: string, body?: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${controlSecret}`, 'content-type': 'application/json' };
      const call = request(new URL(path, url), { method, ca, headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          response.statusCode === 200
            ? resolve(JSON.parse(text))
            : reject(new Error(`${response.statusCode} ${text}`)),
        );
      });
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return {
    ...program,
    setFaults: (faults: object) => control('PUT', '/simulator/faults', faults),
    ledger: async () => z.array(LedgerEntry).parse(await control('GET', '/simulator/ledger')),
    stats: async () => Stats.parse(await control('GET', '/simulator/stats')),
    /** The numbers of its active Collectors. */
    collectors: async () =>
      Collectors.parse(await control('GET', '/simulator/collectors'))
        .filter(({ state }) => state === 'active')
        .map(({ collectorNumber }) => collectorNumber),
  };
}
export type SimulatorProgram = Awaited<ReturnType<typeof startSimulator>>;

/** Settings of a terminal in training that talks to a simulator of its own. */
export function settingsFor(
  simulator: SimulatorProgram,
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  const { url, caFile, clientId } = simulator.ready;
  return {
    store: { number: '1100', lane: '3', province: 'ON' },
    airmiles: { baseUrl: url, caFile, clientId },
    forwarding: { backoffFirstMs: 200, backoffCapMs: 2000, returnSpreadMs: 0 },
    devices: { scanner: { path: 'none' } },
    ...changes,
  };
}

/** Writes the store file of a folder, and gives its path. */
export function writeSettings(folder: string, settings: object): string {
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify(settings, undefined, 2));
  return file;
}

/** The terminal in the browser host, as it is built. */
export async function startTerminal(folder: string, settings: object, args: readonly string[] = []) {
  const settingsFile = writeSettings(folder, settings);
  // A policy is there for who puts one into the folder before.
  const policyFile = join(folder, 'policy.json');
  const policy = existsSync(policyFile) ? ['--policy', policyFile] : [];
  const fixed = ['--data', join(folder, 'data'), '--settings', settingsFile, ...policy, '--no-open'];
  return await start('browser.js', [...fixed, ...args], { MILEPOST_CLIENT_SECRET: CLIENT_SECRET }, Ready);
}
export type TerminalProgram = Awaited<ReturnType<typeof startTerminal>>;
