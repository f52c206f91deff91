import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { z } from 'zod';
import type { FaultsInput } from '../../main/simulator/faults.ts';
import { startProgram, type Started } from './processes.ts';

const Ready = z.looseObject({
  event: z.literal('ready'),
  url: z.string(),
  caFile: z.string(),
  clientId: z.string(),
  controlSecret: z.string(),
});
const Collectors = z.array(
  z.looseObject({ collectorNumber: z.string(), state: z.enum(['active', 'closed', 'merged']) }),
);
const Stats = z.looseObject({
  requests: z.int(),
  parallelViolations: z.int(),
  keyReusedWithOtherBody: z.int(),
  replays: z.int(),
});
const LedgerLine = z.looseObject({
  entry: z.looseObject({
    collectorNumber: z.string(),
    checkoutTransactionId: z.string(),
    idempotencyKey: z.string(),
    milesAmount: z.int(),
    atMs: z.int(),
  }),
  remembered: z.looseObject({ status: z.int() }),
});
/** One credit, as the far end wrote it down before it answered. */
export interface Credit {
  readonly collectorNumber: string;
  readonly reference: string;
  readonly idempotencyKey: string;
  readonly milesAmount: number;
  readonly atMs: number;
  readonly status: number;
}
export type Collectors = z.output<typeof Collectors>;
export interface Totals {
  requests: number;
  parallelViolations: number;
  keyReusedWithOtherBody: number;
  replays: number;
}

export const CLIENT_SECRET = 'the-secret-of-this-run';

/**
 * The simulator program over HTTPS. Its ledger is a file that it writes before each answer, so what was credited is
 * known whatever dies. Counts are kept over its restarts.
 */
export async function startFarEnd(folder: string, seed: number, tokenSeconds: number) {
  const program = join(import.meta.dirname, '../../main/simulator/program.ts');
  const ledgerFile = join(folder, 'ledger.jsonl');
  const flags = {
    'tls-folder': join(folder, 'simulator'),
    ledger: ledgerFile,
    'client-secret': CLIENT_SECRET,
    seed: String(seed),
    'token-seconds': String(tokenSeconds),
  };
  const fixed = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  const totals: Totals = { requests: 0, parallelViolations: 0, keyReusedWithOtherBody: 0, replays: 0 };
  // A connection of its own for each call: one kept idle may be closed under the next call.
  const agent = new Agent({ keepAlive: false });
  let faults: FaultsInput = {};
  let credits: Credit[] = [];
  let readBytes = 0;
  let last: Promise<unknown> = Promise.resolve();
  /** One thing at a time: a restart amid another call would leave that call without a far end. */
  function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const mine = last.then(task);
    last = mine.catch(() => undefined);
    return mine;
  }

  const launch = async (
    more: readonly string[],
  ): Promise<{ started: Started<unknown>; ready: z.output<typeof Ready> }> => {
    const started = startProgram([program, ...fixed, ...more], {}, Ready);
    const ready = await started.ready;
    if (ready === undefined) throw new Error(`The simulator did not start\n${started.output()}`);
    return { started, ready };
  };
  let running = await launch([]);
  const first = running.ready;
  const ca = readFileSync(first.caFile);

  const control = (method: string, path: string, body?: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${running.ready.controlSecret}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      };
      const call = request(new URL(path, first.url), { method, ca, headers, agent }, (response) => {
        let answer = '';
        response.on('data', (chunk: Buffer) => (answer += chunk.toString()));
        response.on('end', () =>
          response.statusCode === 200
            ? resolve(JSON.parse(answer))
            : reject(new Error(`The simulator answered ${response.statusCode} to ${path}: ${answer}`)),
        );
      });
      call.on('error', reject);
      call.end(text);
    });
  const stats = async () => Stats.parse(await control('GET', '/simulator/stats'));
  const addUp = async (): Promise<void> => {
    const counted = await stats();
    for (const name of ['requests', 'parallelViolations', 'keyReusedWithOtherBody', 'replays'] as const)
      totals[name] += counted[name];
  };

  return {
    url: first.url,
    caFile: first.caFile,
    clientId: first.clientId,
    collectors: async (): Promise<Collectors> =>
      Collectors.parse(await control('GET', '/simulator/collectors')),
    setFaults: (next: FaultsInput): Promise<void> =>
      inTurn(async () => {
        faults = next;
        await control('PUT', '/simulator/faults', next);
      }),
    /** Kills it and starts it again on the same port: every connection is reset and every token is worth nothing. */
    restart: (): Promise<void> =>
      inTurn(async () => {
        await addUp();
        await running.started.kill();
        agent.destroy();
        running = await launch(['--port', new URL(first.url).port]);
        await control('PUT', '/simulator/faults', faults);
      }),
    /** How many bytes of credits there are; for noticing a credit the moment it is written. */
    ledgerBytes: (): number => (existsSync(ledgerFile) ? statSync(ledgerFile).size : 0),
    /** Every credit so far. */
    credits(): readonly Credit[] {
      if (!existsSync(ledgerFile)) return credits;
      const descriptor = openSync(ledgerFile, 'r');
      const bytes = Buffer.alloc(fstatSync(descriptor).size - readBytes);
      readSync(descriptor, bytes, 0, bytes.length, readBytes);
      closeSync(descriptor);
      const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
      readBytes += whole.length;
      const lines = whole
        .toString()
        .split('\n')
        .filter((line) => line !== '');
      const added = lines.map((line): Credit => {
        const { entry, remembered } = LedgerLine.parse(JSON.parse(line));
        const {
          checkoutTransactionId: reference,
          collectorNumber,
          idempotencyKey,
          milesAmount,
          atMs,
        } = entry;
        return { reference, collectorNumber, idempotencyKey, milesAmount, atMs, status: remembered.status };
      });
      credits = [...credits, ...added];
      return credits;
    },
    stop: (): Promise<Readonly<Totals>> =>
      inTurn(async () => {
        if (running.started.hasEnded()) return totals;
        await addUp();
        await running.started.stop();
        agent.destroy();
        return totals;
      }),
  };
}
export type FarEnd = Awaited<ReturnType<typeof startFarEnd>>;
