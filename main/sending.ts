import type { Clock } from './clock.ts';
import { knowingPostedMiles } from './checkout/posted-miles.ts';
import { createRecentSales } from './checkout/recent-sales.ts';
import type { Log } from './diagnostics/log.ts';
import { measuredClient, type PressWatch } from './diagnostics/metrics/measure.ts';
import type { Metrics } from './diagnostics/metrics/metrics.ts';
import type { Events } from './events.ts';
import { createConnection } from './forwarding/connection.ts';
import { createForwarder, type Forwarder } from './forwarding/forwarder.ts';
import type { Ground } from './ground.ts';
import type { TransactionRow } from './journal/rows.ts';
import { createStatusKeeper } from './status.ts';

/** What sends the journal's sales, and what the screen shows of them meanwhile: the status bar and the strip. */
export async function createSending(given: {
  readonly ground: Ground;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly events: Events;
  readonly metrics: Metrics;
  readonly pressWatch: PressWatch;
}) {
  const { ground, clock, random, log, events, metrics, pressWatch } = given;
  const { journal, uplink, settings } = ground;
  const connection = createConnection({
    clock,
    random,
    log,
    parallel: settings.forwarding.parallel,
    backoff: { firstMs: settings.forwarding.backoffFirstMs, capMs: settings.forwarding.backoffCapMs },
    returnSpreadMs: settings.forwarding.returnSpreadMs,
    onChange: () => status.changed(),
  });
  const { storedLimit, storedDaysLimit } = settings.forwarding;
  const limits = { storedLimit, storedDaysLimit };
  const status = createStatusKeeper({ journal, connection, clock, events, log, limits });
  // The strip shows what is on the wire and the forwarder tells the strip: one of the two has to come first.
  const wire: { forwarder: Forwarder | undefined } = { forwarder: undefined };
  const isSending = (seq: number): boolean => wire.forwarder?.isSending(seq) ?? false;
  const recentSales = await createRecentSales({ journal, connection, isSending, events });
  // Paper and the customer's display follow a sale too, and are made after what they follow.
  const following: { tell: (seq: number, row: TransactionRow | undefined) => void } = {
    tell: () => undefined,
  };
  const forwarder = createForwarder({
    journal,
    client: knowingPostedMiles(measuredClient(uplink.client, metrics)),
    connection,
    clock,
    random,
    log,
    policy: {
      backoff: { firstMs: settings.forwarding.backoffFirstMs, capMs: settings.forwarding.backoffCapMs },
      keyLifetimeMs: settings.forwarding.keyLifetimeHours * 3_600_000,
      requestTimeoutMs: settings.forwarding.requestTimeoutMs,
      backlogPerSecond: settings.forwarding.backlogPerSecond,
    },
    onTransaction: (seq, row) => {
      if (row !== undefined) pressWatch.changed(seq, row);
      recentSales.changed(seq, row);
      status.changed();
      following.tell(seq, row);
    },
  });
  wire.forwarder = forwarder;
  return { connection, status, recentSales, forwarder, following };
}
