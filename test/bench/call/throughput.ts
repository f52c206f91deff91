import { randomUUID } from 'node:crypto';
import { createIssuanceClient } from '../../../main/airmiles/client.ts';
import { openTerminalLog } from '../../../main/hosts/terminal-log.ts';
import type { CollectorNumber } from '../../../shared/domain/collector-number.ts';
import { makeSale } from '../../faults/power/sales.ts';
import type { BenchOptions } from '../benches.ts';
import { withFarEnd } from '../journal/far-end.ts';
import { inFolder } from '../journal/folders.ts';
import { inRounds, median, medianRatio } from '../statistics.ts';
import { createBare } from './bare.ts';

const REQUESTS = 1000;
/** Short and many, so that what else the machine does falls on both sides. */
const PARTS = 4;
const WARM_REQUESTS = 2000;
const TOTAL_TIMEOUT_MS = 30_000;

type Issue = (body: Uint8Array, idempotencyKey: string) => Promise<void>;

/** Requests a second of so many loops, each for a Collector of its own and with its bodies made before. */
async function perSecond(
  collectors: readonly CollectorNumber[],
  requests: number,
  issue: Issue,
): Promise<number> {
  const each = Math.ceil(requests / collectors.length);
  const work = collectors.map((collectorNumber) =>
    Array.from({ length: each }, () => ({
      body: makeSale(Math.random, collectorNumber).request,
      key: randomUUID(),
    })),
  );
  const startedMs = performance.now();
  await Promise.all(
    work.map(async (calls) => {
      for (const { body, key } of calls) await issue(body, key);
    }),
  );
  return (each * collectors.length * 1000) / (performance.now() - startedMs);
}

/** Requests a second of the terminal's client over those of bare undici, at so many at once. */
export async function measureThroughput(
  concurrency: number,
  { rounds, note }: BenchOptions,
): Promise<number> {
  return await withFarEnd(concurrency, (farEnd) =>
    inFolder(async (folder) => {
      const { url, tokenUrl, caPem, clientId, clientSecret } = farEnd;
      const client = createIssuanceClient({
        baseUrl: url,
        credentials: { tokenUrl, clientId, clientSecret: () => Promise.resolve(clientSecret) },
        trust: { kind: 'pinned', caPem },
        log: openTerminalLog(folder).log,
      });
      const bare = await createBare(farEnd, concurrency);
      const unhurried = new AbortController().signal;
      const byClient: Issue = async (body, idempotencyKey) => {
        const request = {
          endpoint: 'issue',
          idempotencyKey,
          body,
          totalTimeoutMs: TOTAL_TIMEOUT_MS,
        } as const;
        const answer = await client.send(request, unhurried);
        if (answer.kind !== 'answered' || answer.status !== 200) throw new Error(JSON.stringify(answer));
      };
      try {
        for (const issue of [byClient, bare.issue]) await perSecond(farEnd.collectors, WARM_REQUESTS, issue);
        const rates = await inRounds(rounds * PARTS, {
          client: () => perSecond(farEnd.collectors, REQUESTS, byClient),
          bare: () => perSecond(farEnd.collectors, REQUESTS, bare.issue),
        });
        note(
          `${concurrency} at once: client ${median(rates.client).toFixed(0)} requests/s, bare undici ${median(rates.bare).toFixed(0)}`,
        );
        return medianRatio(rates.client, rates.bare);
      } finally {
        await client.close();
        await bare.close();
      }
    }),
  );
}
