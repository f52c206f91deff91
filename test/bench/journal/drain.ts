import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Agent } from 'undici';
import { z } from 'zod';
import { createIssuanceClient } from '../../../main/airmiles/client.ts';
import { endpointPaths } from '../../../main/airmiles/endpoints.ts';
import { createRecentSales } from '../../../main/checkout/recent-sales.ts';
import { systemClock } from '../../../main/clock.ts';
import type { Log } from '../../../main/diagnostics/log.ts';
import { createEvents } from '../../../main/events.ts';
import { createConnection } from '../../../main/forwarding/connection.ts';
import { createForwarder } from '../../../main/forwarding/forwarder.ts';
import { openTerminalLog } from '../../../main/hosts/terminal-log.ts';
import type { Journal } from '../../../main/journal/journal.ts';
import type { NewTransaction } from '../../../main/journal/rows.ts';
import { makeSale } from '../../faults/power/sales.ts';
import type { BenchOptions } from '../benches.ts';
import { inRounds, median, medianRatio } from '../statistics.ts';
import { withFarEnd, type FarEnd } from './far-end.ts';
import { inFolder, withJournal } from './folders.ts';

const SALES = 5000;
const PARALLEL = 4;
const NO_GUARDS = { dueLimit: 1_000_000, equalSinceMs: undefined };

interface Drained {
  readonly perSecond: number;
  /** Of the event loop of main: the longest, and the 99th of a hundred. */
  readonly stallMs: number;
  readonly stall99Ms: number;
  /** The most that main itself computed between two looks a millisecond apart: the rest of a stall is the machine's. */
  readonly longestTurnMs: number;
}

async function timed(work: () => Promise<void>): Promise<Drained> {
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  const cpuMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longestTurnMs = 0;
  let seenMs = cpuMs();
  const look = setInterval(() => {
    const nowMs = cpuMs();
    longestTurnMs = Math.max(longestTurnMs, nowMs - seenMs);
    seenMs = nowMs;
  }, 1);
  stalls.enable();
  const startedMs = performance.now();
  await work();
  const elapsedMs = performance.now() - startedMs;
  stalls.disable();
  clearInterval(look);
  return {
    perSecond: (SALES * 1000) / elapsedMs,
    stallMs: stalls.max / 1e6,
    stall99Ms: stalls.percentile(99) / 1e6,
    longestTurnMs,
  };
}

/** What a terminal does with its backlog, built as its composition root builds it, until the last outcome is committed. */
async function drainByForwarder(journal: Journal, log: Log, farEnd: FarEnd): Promise<Drained> {
  const { url, tokenUrl, caPem, clientId, clientSecret } = farEnd;
  const client = createIssuanceClient({
    baseUrl: url,
    credentials: { tokenUrl, clientId, clientSecret: () => Promise.resolve(clientSecret) },
    trust: { kind: 'pinned', caPem },
    log,
  });
  const backoff = { firstMs: 1000, capMs: 300_000 };
  const shared = { clock: systemClock, random: Math.random, log };
  const events = createEvents();
  const connection = createConnection({
    ...shared,
    parallel: PARALLEL,
    backoff,
    returnSpreadMs: 0,
    onChange: () => undefined,
  });
  const recentSales = await createRecentSales({ journal, connection, isSending: () => false, events });
  const allDone = Promise.withResolvers<void>();
  let credited = 0;
  const forwarder = createForwarder({
    ...shared,
    journal,
    client,
    connection,
    policy: { backoff, keyLifetimeMs: 86_400_000, requestTimeoutMs: 30_000, backlogPerSecond: 1_000_000 },
    onTransaction: (seq, row) => {
      recentSales.changed(seq, row);
      if (row?.state === 'credited') credited += 1;
      else if (row !== undefined) allDone.reject(new Error(`Not credited: ${row.state} ${row.detail}`));
      if (credited === SALES) allDone.resolve();
    },
  });
  try {
    return await timed(async () => {
      forwarder.start();
      await allDone.promise;
    });
  } finally {
    await forwarder.stop(1000);
    await client.close();
  }
}

const Token = z.object({ access_token: z.string() });

/** The limit: as many loops as there may be requests on the wire, each posting the next body. No journal, no rules. */
async function drainBare(sales: readonly NewTransaction[], farEnd: FarEnd): Promise<Drained> {
  const { url, tokenUrl, caPem, clientId, clientSecret } = farEnd;
  const agent = new Agent({ connections: PARALLEL, pipelining: 1, connect: { ca: caPem } });
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  try {
    return await timed(async () => {
      const granted = await agent.request({
        origin: new URL(tokenUrl).origin,
        path: new URL(tokenUrl).pathname,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      });
      const { access_token: token } = Token.parse(await granted.body.json());
      const left = sales.values();
      const loop = async (): Promise<void> => {
        for (const { request } of left) {
          const answer = await agent.request({
            origin: url,
            path: endpointPaths.issue,
            method: 'POST',
            headers: {
              authorization: `Bearer ${token}`,
              'content-type': 'application/json',
              accept: 'application/json',
              'idempotency-key': randomUUID(),
            },
            body: request,
          });
          const text = await answer.body.text();
          if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode} ${text}`);
        }
      };
      await Promise.all(Array.from({ length: PARALLEL }, loop));
    });
  } finally {
    await agent.close();
  }
}

/** How busy the machine itself is: the longest stall of an event loop that does nothing for two seconds. */
async function idleStallMs(): Promise<number> {
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  stalls.disable();
  return stalls.max / 1e6;
}

/** The drain of 5,000 stored sales of distinct Collectors over a bare loop's, and the longest stall of main in it. */
export async function measureDrain({
  rounds,
  note,
}: BenchOptions): Promise<{ readonly ratio: number; readonly longestStallMs: number }> {
  return await withFarEnd(SALES, async (farEnd) => {
    const salesOf = (): NewTransaction[] =>
      farEnd.collectors.map((collectorNumber) => makeSale(Math.random, collectorNumber));
    const drained = await inRounds(rounds, {
      forwarder: () =>
        inFolder((folder) =>
          withJournal(join(folder, 'journal'), async (journal) => {
            await Promise.all(salesOf().map((sale) => journal.record(sale, NO_GUARDS)));
            return await drainByForwarder(journal, openTerminalLog(folder).log, farEnd);
          }),
        ),
      bare: () => drainBare(salesOf(), farEnd),
    });
    const rate = (all: readonly Drained[]): number[] => all.map(({ perSecond }) => perSecond);
    const stalls = drained.forwarder.map(({ stallMs }) => stallMs);
    const list = (values: readonly number[]): string => values.map((value) => value.toFixed(1)).join(', ');
    note(
      `drain ${median(rate(drained.forwarder)).toFixed(0)} sales/s; bare loop ${median(rate(drained.bare)).toFixed(0)}`,
    );
    const each = (all: readonly Drained[], what: keyof Drained): string => list(all.map((one) => one[what]));
    note(
      `  longest stalls of main by round, ms: ${list(stalls)}; p99 ${each(drained.forwarder, 'stall99Ms')}`,
    );
    note(`    of which main itself computed at most: ${each(drained.forwarder, 'longestTurnMs')}`);
    note(`  of the bare loop: ${each(drained.bare, 'stallMs')}; idle: ${list([await idleStallMs()])}`);
    return {
      ratio: medianRatio(rate(drained.forwarder), rate(drained.bare)),
      longestStallMs: Math.max(...stalls),
    };
  });
}
