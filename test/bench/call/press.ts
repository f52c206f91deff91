import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent } from 'undici';
import { z } from 'zod';
import { readCollectorNumber, type CollectorNumber } from '../../../shared/domain/collector-number.ts';
import { startProgram } from '../../faults/processes.ts';
import { makeSale } from '../../faults/power/sales.ts';
import { openWindow, type Sale } from '../../faults/window.ts';
import type { BenchOptions } from '../benches.ts';
import { inFolder } from '../journal/folders.ts';
import { inRounds, median, medianRatio } from '../statistics.ts';
import { createBare, type Place } from './bare.ts';

const Ready = z.looseObject({ event: z.literal('ready'), url: z.string() });
const SimulatorReady = Ready.extend({ caFile: z.string(), clientId: z.string(), controlSecret: z.string() });
const Collectors = z.array(z.looseObject({ collectorNumber: z.string(), state: z.string() }));

const CLIENT_SECRET = 'the-secret-of-this-bench';
const WARM_PRESSES = 10;
/** Enough of them for a median in a few seconds. */
const PRESSES_WITHOUT_LATENCY = 60;
const PRESSES_WITH_LATENCY = 5;

const source = (path: string): string => join(import.meta.dirname, '../../..', path);

async function activeCollector(url: string, caPem: string, secret: string): Promise<CollectorNumber> {
  const agent = new Agent({ connect: { ca: caPem } });
  const headers = { authorization: `Bearer ${secret}` };
  const answer = await agent.request({ origin: url, path: '/simulator/collectors', method: 'GET', headers });
  const known = Collectors.parse(await answer.body.json()).find(({ state }) => state === 'active');
  await agent.close();
  const rule = { length: 11, startsWith: '8', check: 'modulus-11' } as const;
  const reading = readCollectorNumber(known?.collectorNumber ?? '', rule);
  if (reading.kind !== 'valid') throw new Error('The simulator has no active Collector');
  return reading.collectorNumber;
}

interface Rig {
  readonly place: Place;
  readonly collector: CollectorNumber;
  /** Presses Issue in the terminal's window; resolves when the window shows the sale as credited. */
  readonly press: () => Promise<void>;
}

/** A simulator and a whole terminal program, each a process of its own, for as long as `work` takes. */
async function withTerminal<Result>(latencyMs: number, work: (rig: Rig) => Promise<Result>): Promise<Result> {
  return await inFolder(async (folder) => {
    const flags = ['--client-secret', CLIENT_SECRET, '--faults', JSON.stringify({ latencyMs })];
    const tls = ['--tls-folder', join(folder, 'simulator')];
    const simulator = startProgram(
      [source('main/simulator/program.ts'), ...flags, ...tls],
      {},
      SimulatorReady,
    );
    try {
      const ready = await simulator.ready;
      if (ready === undefined) throw new Error(`No simulator\n${simulator.output()}`);
      const { url, caFile, clientId, controlSecret } = ready;
      const settings = {
        store: { number: '1100', lane: '3', province: 'ON' },
        airmiles: { baseUrl: url, caFile, clientId },
        sale: { askAgainMinutes: 0 },
        devices: { scanner: { path: 'none' } },
      };
      const settingsFile = join(folder, 'settings.json');
      writeFileSync(settingsFile, JSON.stringify(settings));
      const words = ['--data', join(folder, 'data'), '--settings', settingsFile, '--no-open'];
      const program = source('main/hosts/browser/main.ts');
      const terminal = startProgram([program, ...words], { MILEPOST_CLIENT_SECRET: CLIENT_SECRET }, Ready);
      try {
        const started = await terminal.ready;
        if (started === undefined) throw new Error(`No terminal\n${terminal.output()}`);
        const waiting = new Map<string, PromiseWithResolvers<void>>();
        const window = await openWindow(started.url, (sale: Sale) => {
          if (sale.outcome === 'credited') waiting.get(sale.saleKey)?.resolve();
          else if (sale.attempts > 0) waiting.get(sale.saleKey)?.reject(new Error(`It is ${sale.outcome}`));
        });
        if (window === undefined) throw new Error('The terminal let no window in');
        const caPem = readFileSync(caFile, 'utf8');
        const collector = await activeCollector(url, caPem, controlSecret);
        const press = async (): Promise<void> => {
          const saleKey = randomUUID();
          const credited = Promise.withResolvers<void>();
          waiting.set(saleKey, credited);
          const taxes = { gst: 0, hst: 325, pst: 0, qst: 0 };
          const entry = {
            saleKey,
            collectorText: collector,
            entryMode: 'scanned',
            preTaxCents: 2497,
          } as const;
          const reply = await window.issue({ ...entry, taxes, isSecondSale: false });
          if (reply.kind !== 'recorded') throw new Error(JSON.stringify(reply));
          await credited.promise;
          waiting.delete(saleKey);
        };
        const place = { url, tokenUrl: `${url}/oauth/token`, caPem, clientId, clientSecret: CLIENT_SECRET };
        try {
          return await work({ place, collector, press });
        } finally {
          await window.close();
        }
      } finally {
        await terminal.stop();
      }
    } finally {
      await simulator.stop();
    }
  });
}

async function medianMsOf(count: number, work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return median(times);
}

/**
 * From the press in a window to *credited* in it, over a bare POST of the same sale to the same simulator, whose every
 * call takes `latencyMs` longer.
 */
export async function measureCredited(latencyMs: number, { rounds, note }: BenchOptions): Promise<number> {
  return await withTerminal(latencyMs, async ({ place, collector, press }) => {
    const bare = await createBare(place, 1);
    const post = (): Promise<void> => bare.issue(makeSale(Math.random, collector).request, randomUUID());
    try {
      const count = latencyMs === 0 ? PRESSES_WITHOUT_LATENCY : PRESSES_WITH_LATENCY;
      const warm = latencyMs === 0 ? WARM_PRESSES : 1;
      for (const work of [press, post]) await medianMsOf(warm, work);
      const times = await inRounds(rounds, {
        press: () => medianMsOf(count, press),
        bare: () => medianMsOf(count, post),
      });
      const ms = (values: readonly number[]): string => `${median(values).toFixed(2)} ms`;
      note(`${latencyMs} ms latency: press to credited ${ms(times.press)}, bare POST ${ms(times.bare)}`);
      return medianRatio(times.press, times.bare);
    } finally {
      await bare.close();
    }
  });
}
