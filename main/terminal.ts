import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createAfterSale } from './after-sale.ts';
import { createHandlers } from './checkout/handlers.ts';
import { createDraftKeeper } from './checkout/draft.ts';
import { createExpectedMiles } from './checkout/expected-miles.ts';
import { createPreview } from './checkout/preview.ts';
import { systemClock } from './clock.ts';
import { createDeviceHandlers } from './devices/handlers.ts';
import { createSheetWriter } from './devices/sheets/sheets.ts';
import { createCustomerView, customerHandlers } from './customer/customer-view.ts';
import { startExport } from './diagnostics/metrics/export.ts';
import { createPressWatch } from './diagnostics/metrics/measure.ts';
import { createMetrics } from './diagnostics/metrics/metrics.ts';
import { createRedactor } from './diagnostics/redact.ts';
import { createUpkeep, queueFigures } from './diagnostics/upkeep.ts';
import { createEvents } from './events.ts';
import { createLockdownHandlers } from './hosts/lockdown.ts';
import type { StartedTerminal, TerminalOptions, TerminalStart } from './hosts/host.ts';
import { createHousekeeping } from './journal/housekeeping.ts';
import type { TransactionRow } from './journal/rows.ts';
import { createNetworkWatch } from './network-watch.ts';
import { createOperators } from './operators/operators.ts';
import { createAutomaticPrint } from './receipts/automatic.ts';
import { createReceipts } from './receipts/receipts.ts';
import { createDayPart } from './reconciliation/day-part.ts';
import { createDrills } from './training/drills.ts';
import { createUpdateHandlers } from './updates/handlers.ts';
import { createKeying } from './updates/keying.ts';
import { createUpdateSubject } from './updates/subject.ts';
import { openGround } from './ground.ts';
import { createSending } from './sending.ts';
import { createScanning } from './scanning.ts';

/** What is on the wire when the terminal stops gets this long to come back; after that it is sent again next time. */
const STOP_WAIT_MS = 3000;

/**
 * Builds a terminal by hand, in start order, and stops it in reverse: the table of contents of the program. Expected
 * reasons not to start are returned, with a message for the person who started it.
 */
export async function startTerminal(options: TerminalOptions): Promise<TerminalStart> {
  const { dataFolder, log, version } = options;
  const clock = systemClock;
  const redactor = options.redactor ?? createRedactor();
  const random = Math.random;

  const ground = await openGround(options, clock, redactor);
  if (ground.kind === 'refused') return ground;
  const { read, settings, window, earning, offerNotices, secrets, secretNotices } = ground;
  const { journalFolder, journal, uplink, notices } = ground;

  const metrics = createMetrics({ folder: join(dataFolder, 'metrics'), clock, log });
  const pressWatch = createPressWatch(metrics, clock);
  const events = createEvents();
  const operators = await createOperators({
    journal,
    clock,
    events,
    log,
    ...settings.operators,
    peppers: () => secrets.candidates('pin-pepper'),
  });
  const { connection, status, recentSales, forwarder, following } = await createSending({
    ground,
    clock,
    random,
    log,
    events,
    metrics,
    pressWatch,
  });

  const collectorNumber = { length: 11, ...settings.collectorNumber };
  const draft = createDraftKeeper();
  const keying = createKeying(clock);
  const scanning = createScanning({
    options,
    settings,
    collectorNumber,
    clock,
    events,
    operators,
    draft,
    metrics,
    status,
  });
  const { devices } = scanning;

  const issuing = {
    journal,
    clock,
    log,
    earning,
    expectedMiles: createExpectedMiles(),
    atCheckout: () => operators.atCheckout(),
    rules: {
      collectorNumber,
      amountLimitCents: settings.sale.amountLimitCents,
      askAgainMs: settings.sale.askAgainMinutes * 60_000,
      storedLimit: settings.forwarding.storedLimit,
      milesLimit: settings.sale.milesLimit,
      transactionDayZone: settings.store.transactionDayZone,
      deviceId: settings.airmiles.deviceId ?? `${settings.store.number}-${settings.store.lane}`,
    },
  };
  const upkeep = createUpkeep({
    loaded: read,
    secrets,
    secretNotices,
    offerNotices,
    uplink,
    journal,
    metrics,
    authority: operators.authority,
    scanner: scanning.scanner,
    lookAtPrinter: () => devices.printer.look(),
    dataFolder,
    version,
    clock,
    log,
    redactor,
  });
  const receipts = createReceipts({
    journal,
    clock,
    log,
    events,
    settings,
    earning,
    printer: devices.printer,
    folder: join(dataFolder, 'receipts'),
  });
  const automaticPrint = createAutomaticPrint({
    isOn: settings.receipts.print === 'always',
    receipts,
    journal,
    clock,
    log,
  });
  const drills = createDrills({
    simulator: uplink.simulator,
    clock,
    events,
    networkChanged: () => forwarder.networkChanged(),
  });
  const preferences = { language: settings.language };
  const customerView = createCustomerView({ events, clock, language: () => preferences.language });
  following.tell = (seq, row) => {
    automaticPrint.changed(seq, row);
    if (row === undefined) return;
    customerView.changed(recentSales.view(row));
    drills.sale(recentSales.view(row));
  };
  const checkoutHandlers = createHandlers({
    ...issuing,
    version,
    settings,
    notices,
    practiceCollectors: uplink.practiceCollectors,
    draft,
    preview: createPreview({ ...issuing, client: uplink.client, connection, forwarder }),
    recentSales,
    status,
    forwarder,
    operators,
    automaticPrint,
    preferences,
    customerView,
    drills,
  });

  /** What was decided here is on the screens at once. */
  const showRow = (row: TransactionRow): void => {
    recentSales.changed(row.seq, row);
    status.changed();
  };
  const handlers = {
    ...checkoutHandlers,
    'checkout.issue': pressWatch.watch(checkoutHandlers['checkout.issue']),
    ...upkeep.handlers,
    ...createLockdownHandlers({
      window,
      settings,
      authority: operators.authority,
      platform: process.platform,
      log,
    }),
    ...createUpdateHandlers(options.updates, settings),
    ...operators.handlers,
    ...createDeviceHandlers(devices, {
      writeSheets: createSheetWriter(join(dataFolder, 'sheets'), log),
      makeId: randomUUID,
      storeNumber: settings.store.number,
      authority: operators.authority,
      journal,
      clock,
    }),
    ...receipts.handlers,
    ...drills.handlers,
    ...customerHandlers(customerView, settings),
    ...createAfterSale({
      issuing,
      settings,
      client: uplink.client,
      forwarder,
      recentSales,
      status,
      operators,
      customerView,
      automaticPrint,
      keying,
      showRow,
    }),
  };
  const { part: day, handlers: dayHandlers } = createDayPart({
    journal,
    journalFolder,
    client: uplink.client,
    forwarder,
    clock,
    random,
    log,
    settings,
    authority: operators.authority,
    events,
    show: showRow,
  });

  const housekeeping = createHousekeeping({
    journal,
    clock,
    log,
    backupFolder: settings.journal.backupFolder ?? join(journalFolder, 'backups'),
    backupEveryMs: settings.journal.backupEveryHours * 3_600_000,
    backupsKept: settings.journal.backupsKept,
    archiveFolder: join(journalFolder, 'archives'),
    retentionMs: settings.journal.retentionDays * 86_400_000,
  });
  const networkWatch = createNetworkWatch(clock, () => forwarder.networkChanged());

  forwarder.start();
  devices.start();
  networkWatch.start();
  housekeeping.start();
  await day.start();
  metrics.start();
  const metricsExport = await startExport({
    metrics,
    queue: () => queueFigures(journal, clock),
    settings,
    version,
    log,
  });
  log.info('terminal-started', { version, environment: settings.environment });

  const terminal: StartedTerminal = {
    handlers: { ...handlers, ...dayHandlers },
    installation: {
      settings,
      updateSubject: createUpdateSubject({ journal, operators, draft, keying, clock, dataFolder }),
    },
    devices,
    onEvent: (listener) => events.on(listener),
    stop: async () => {
      upkeep.stop();
      await metricsExport.stop();
      await day.stop();
      await housekeeping.stop();
      networkWatch.stop();
      await scanning.stop();
      operators.stop();
      automaticPrint.stop();
      customerView.stop();
      drills.close();
      status.stop();
      await forwarder.stop(STOP_WAIT_MS);
      await uplink.close();
      metrics.stop();
      await journal.close();
      log.info('terminal-stopped');
    },
  };
  return { kind: 'started', terminal };
}
