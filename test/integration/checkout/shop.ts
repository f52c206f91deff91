import { randomUUID } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';
import type { IssuanceClient } from '../../../main/airmiles/client.ts';
import type { Earning } from '../../../main/checkout/earning.ts';
import { issueMiles } from '../../../main/checkout/issue.ts';
import { createPreview } from '../../../main/checkout/preview.ts';
import { createOriginals } from '../../../main/checkout/returns/originals.ts';
import { returnMiles, type ReturnResult } from '../../../main/checkout/returns/return-miles.ts';
import { createRecentSales } from '../../../main/checkout/recent-sales.ts';
import { systemClock } from '../../../main/clock.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { createEvents } from '../../../main/events.ts';
import { createConnection } from '../../../main/forwarding/connection.ts';
import { createForwarder } from '../../../main/forwarding/forwarder.ts';
import type { Sale } from '../../../shared/contract/views.ts';
import { cents } from '../../../shared/domain/money.ts';
import { openedJournal, temporaryFolder } from '../journal/support.ts';

const taxes = { gst: 0, hst: 325, pst: 0, qst: 0 };

/** A terminal from the press to the strip of sales, over a client of the test's own: a real journal, real time. */
export async function openShop(
  client: IssuanceClient,
  options: {
    readonly requestTimeoutMs?: number;
    readonly backoffMs?: number;
    readonly earning?: Earning;
    /** Of a shop that was closed before; else a new one. */
    readonly folder?: string;
  } = {},
) {
  const folder = options.folder ?? temporaryFolder();
  const journal = await openedJournal(folder);
  const events = createEvents();
  const lines: string[] = [];
  const log = createLog({ write: (line: string) => lines.push(line) });
  const shared = { clock: systemClock, random: () => 0.5, log };
  const backoff = { firstMs: options.backoffMs ?? 60_000, capMs: 60_000 };
  const connection = createConnection({
    ...shared,
    parallel: 4,
    backoff,
    returnSpreadMs: 0,
    onChange: () => undefined,
  });
  const recentSales = await createRecentSales({
    journal,
    connection,
    isSending: (seq) => forwarder.isSending(seq),
    events,
  });
  const forwarder = createForwarder({
    ...shared,
    journal,
    client,
    connection,
    policy: {
      backoff,
      keyLifetimeMs: 86_400_000,
      requestTimeoutMs: options.requestTimeoutMs ?? 2000,
      backlogPerSecond: 100,
    },
    onTransaction: (seq, row) => recentSales.changed(seq, row),
  });
  const issuing = {
    journal,
    clock: systemClock,
    log,
    earning: options.earning,
    rules: {
      collectorNumber: { length: 11, startsWith: '8', check: 'modulus-11' },
      amountLimitCents: 1_000_000,
      askAgainMs: 0,
      storedLimit: 1000,
      milesLimit: 10_000,
      transactionDayZone: 'EST',
      deviceId: '1100-3',
    },
  } as const;
  forwarder.start();
  onTestFinished(() => forwarder.stop(0));
  const originals = createOriginals({
    journal,
    earning: options.earning ?? { kind: 'amrp-calculated' },
    collectorNumber: issuing.rules.collectorNumber,
    view: (row) => recentSales.view(row),
  });
  const previewOf = createPreview({ ...issuing, client, connection, forwarder });

  return {
    journal,
    connection,
    lines,
    saleOf: (seq: number): Sale | undefined => recentSales.list().find((sale) => sale.seq === seq),
    preview: (collectorText: string, preTaxCents: number) => previewOf({ collectorText, preTaxCents, taxes }),
    folder,
    originals,
    issuing,
    forwarder,
    recentSales,
    sendNow: () => forwarder.sendNow(),
    /** Ends it as a terminal ends; its folder can be opened again. */
    async close(): Promise<void> {
      await forwarder.stop(0);
      await journal.close();
    },
    /** Returns part of a sale, as a manager without a name. */
    async takeBack(
      seq: number,
      parts: { readonly eligibleCents: number; readonly excludedCents?: number },
      returnKey: string = randomUUID(),
    ): Promise<ReturnResult> {
      const { eligibleCents, excludedCents = 0 } = parts;
      const back = { eligibleCents: cents(eligibleCents), excludedCents: cents(excludedCents) };
      const result = await returnMiles({ returnKey, seq, ...back, actor: null }, { ...issuing, originals });
      if (result.kind === 'recorded' && !result.isRepeat) forwarder.sendFirst(result.row.seq);
      return result;
    },
    /** Presses Issue; returns the sale's number in the journal. */
    async issue(
      collectorText: string,
      preTaxCents = 2497,
      saleKey: string = randomUUID(),
      excludedCents = 0,
    ) {
      const entry = {
        saleKey,
        collectorText,
        entryMode: 'keyed',
        preTaxCents,
        excludedCents,
        taxes,
      } as const;
      const result = await issueMiles({ ...entry, isSecondSale: false }, issuing);
      if (result.kind !== 'recorded') throw new Error(JSON.stringify(result));
      recentSales.changed(result.row.seq, result.row);
      if (!result.isRepeat) forwarder.sendFirst(result.row.seq);
      return result.row.seq;
    },
    /** The sale as screens show it, as soon as a fact about it holds. */
    async shown(seq: number, fact: (sale: Sale) => boolean): Promise<Sale> {
      return await vi.waitFor(
        () => {
          const sale = recentSales.list().find((one) => one.seq === seq);
          if (sale === undefined || !fact(sale)) throw new Error(`Not yet: ${JSON.stringify(sale)}`);
          return sale;
        },
        { timeout: 10_000, interval: 5 },
      );
    },
  };
}
