import { randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { issueMiles } from '../../../main/checkout/issue.ts';
import { systemClock } from '../../../main/clock.ts';
import { openTerminalLog } from '../../../main/hosts/terminal-log.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import type { BenchOptions } from '../benches.ts';
import { makeSale } from '../../faults/power/sales.ts';
import { inRounds, median, medianRatio } from '../statistics.ts';
import { inFolder, withJournal } from './folders.ts';

const PRESSES = 150;
const WARM_PRESSES = 150;
const PREALLOCATED_BYTES = 64 * 1024 * 1024;

/** What one sale is, as bytes: every field of its row, its request included. */
function bytesOfOneSale(): number {
  const { request, ...rest } = makeSale(Math.random);
  return request.byteLength + Buffer.byteLength(JSON.stringify(rest));
}

/** Writes and syncs `bytes` bytes at a time, one after the other, over a file that has its size already. */
function createBareFile(file: string, bytes: number) {
  const descriptor = openSync(file, 'w+');
  const zeros = Buffer.alloc(1024 * 1024);
  for (let at = 0; at < PREALLOCATED_BYTES; at += zeros.length)
    writeSync(descriptor, zeros, 0, zeros.length, at);
  fdatasyncSync(descriptor);
  const data = Buffer.alloc(bytes, 'x');
  let at = 0;
  return {
    write(): void {
      writeSync(descriptor, data, 0, bytes, at);
      fdatasyncSync(descriptor);
      at = (at + bytes) % (PREALLOCATED_BYTES - bytes);
    },
    close: () => closeSync(descriptor),
  };
}

async function medianMsOf(count: number, work: () => Promise<void> | void): Promise<number> {
  const times: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return median(times);
}

/** From the press to *stored* for one sale, over a bare write and sync of as many bytes in the same folder. */
export async function measurePress({ rounds, note }: BenchOptions): Promise<number> {
  return await inFolder(async (folder) => {
    const journalFolder = join(folder, 'journal');
    return await withJournal(journalFolder, async (journal) => {
      const { log } = openTerminalLog(folder);
      const rules = {
        collectorNumber: { length: 11, startsWith: '8', check: 'modulus-11' },
        amountLimitCents: 1_000_000,
        askAgainMs: 300_000,
        storedLimit: 50_000,
        milesLimit: 10_000,
        transactionDayZone: 'America/Toronto',
        deviceId: '1100-3',
      } as const;
      const press = async (): Promise<void> => {
        const input = {
          saleKey: randomUUID(),
          collectorText: makeCollectorNumber(Math.random),
          entryMode: 'scanned',
          preTaxCents: 2497,
          taxes: { gst: 0, hst: 325, pst: 0, qst: 0 },
          isSecondSale: false,
        } as const;
        const result = await issueMiles(input, { journal, clock: systemClock, log, rules });
        if (result.kind !== 'recorded') throw new Error(`Not recorded: ${result.kind}`);
      };
      const wal = join(journalFolder, 'journal.sqlite-wal');
      await press();
      const walBefore = statSync(wal).size;
      await press();
      const walBytes = statSync(wal).size - walBefore;
      // From here on the log in front of the database has its size and is written over, like the bare file.
      for (let warm = 0; warm < WARM_PRESSES; warm += 1) await press();
      const rowBytes = bytesOfOneSale();
      const bare = createBareFile(join(folder, 'bare'), rowBytes);
      const bareWal = createBareFile(join(folder, 'bare-wal'), walBytes);
      try {
        const times = await inRounds(rounds * 3, {
          stored: () => medianMsOf(PRESSES, press),
          bare: () => medianMsOf(PRESSES, () => bare.write()),
          bareWal: () => medianMsOf(PRESSES, () => bareWal.write()),
        });
        const ms = (values: readonly number[]): string => `${median(values).toFixed(3)} ms`;
        note(
          `press to stored ${ms(times.stored)}; bare write and sync of its ${rowBytes} bytes ${ms(times.bare)}`,
        );
        const walRatio = medianRatio(times.stored, times.bareWal).toFixed(2);
        note(`  of the ${walBytes} bytes the journal writes for it ${ms(times.bareWal)}: ${walRatio} times`);
        return medianRatio(times.stored, times.bare);
      } finally {
        bare.close();
        bareWal.close();
      }
    });
  });
}
