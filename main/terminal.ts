import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice, Status } from '../shared/contract/views.ts';
import { createBoardHandlers } from './board/handlers.ts';
import { createHandlers } from './checkout/handlers.ts';
import { createDraftKeeper } from './checkout/draft.ts';
import { readEarning } from './checkout/earning.ts';
import { createExpectedMiles } from './checkout/expected-miles.ts';
import { knowingPostedMiles } from './checkout/posted-miles.ts';
import { createPreview } from './checkout/preview.ts';
import { createReturnsHandlers } from './checkout/returns/handlers.ts';
import { createOriginals } from './checkout/returns/originals.ts';
import { createRecentSales } from './checkout/recent-sales.ts';
import { coalesce, systemClock } from './clock.ts';
import { createDeviceStore } from './devices/device-store.ts';
import { createDeviceHandlers } from './devices/handlers.ts';
import { createSheetWriter } from './devices/sheets/sheets.ts';
import { createCustomerView, customerHandlers } from './customer/customer-view.ts';
import { createDevices } from './devices/devices.ts';
import { startExport } from './diagnostics/metrics/export.ts';
import { createPressWatch, measuredClient } from './diagnostics/metrics/measure.ts';
import { createMetrics } from './diagnostics/metrics/metrics.ts';
import { createRedactor } from './diagnostics/redact.ts';
import { createUpkeep, queueFigures } from './diagnostics/upkeep.ts';
import { createEvents } from './events.ts';
import { createConnection } from './forwarding/connection.ts';
import { createForwarder, type Forwarder } from './forwarding/forwarder.ts';
import { createLockdownHandlers, refusalOfHost } from './hosts/lockdown.ts';
import type { StartedTerminal, TerminalOptions, TerminalStart } from './hosts/host.ts';
import { createHousekeeping } from './journal/housekeeping.ts';
import type { TransactionRow } from './journal/rows.ts';
import type { Recovery } from './journal/recover.ts';
import { createNetworkWatch } from './network-watch.ts';
import { createOperators } from './operators/operators.ts';
import { createAutomaticPrint } from './receipts/automatic.ts';
import { createReceipts } from './receipts/receipts.ts';
import { createDayPart } from './reconciliation/day-part.ts';
import { createStatusKeeper } from './status.ts';
import { createDrills } from './training/drills.ts';
import { JournalUnavailable, openJournal, type Journal } from './journal/journal.ts';
import { openSecrets } from './secrets/secrets.ts';
import { changesSince, rememberStart } from './settings/changes.ts';
import { loadSettings, type LoadedSettings } from './settings/load.ts';
import { numbered } from './settings/read.ts';
import { createUpdateSubject } from './updates/subject.ts';
import { connectToIssuance } from './uplink.ts';

/** What is on the wire when the terminal stops gets this long to come back; after that it is sent again next time. */
const STOP_WAIT_MS = 3000;
/** Often enough to watch a scan arrive on the Device page, seldom enough for a scanner gone mad. */
const DEVICES_COALESCE_MS = 100;

/**
 * Builds a terminal by hand, in start order, and stops it in reverse: the table of contents of the program. Expected
 * reasons not to start are returned, with a message for the person who started it.
 */
export async function startTerminal(options: TerminalOptions): Promise<TerminalStart> {
  const { dataFolder, log, version } = options;
  const clock = systemClock;
  const redactor = options.redactor ?? createRedactor();
  const random = Math.random;

  const read = loadSettings({
    dataFolder,
    settingsFile: options.settingsFile,
    policyFile: options.policyFile,
    environmentVariables: options.environmentVariables,
    nowMs: clock.nowMs(),
    canWrite: true,
  });
  const { settings } = read;
  const window = options.window ?? { kind: 'browser', leaveKiosk: undefined };
  const refusal = refusalOfHost(window.kind, settings);
  if (refusal !== undefined) return { kind: 'refused', code: 'host-not-allowed', message: refusal };
  for (const { file, line, key } of read.notices) log.warn('setting-refused', { file, line, key });
  const { earning, notices: offerNotices } = readEarning(settings, (file) => readFileSync(file, 'utf8'), log);
  const opened = await openSecrets({
    dataFolder,
    sealer: options.sealer,
    environmentVariables: options.environmentVariables,
    nowMs: () => clock.nowMs(),
    log,
    redactor,
    canWrite: true,
  });
  if (opened.kind === 'refused') return opened;
  const { secrets } = opened;
  const notices = [...offerNotices, ...read.notices, ...numbered(opened.notices, 'secret')];
  const journalFolder = join(dataFolder, 'journal');

  const opening = await openJournal({
    folder: journalFolder,
    environment: settings.environment,
    reserveBytes: settings.journal.reserveMegabytes * 1_000_000,
  });
  if (opening.kind === 'refused') return opening;
  const { journal } = opening;
  await auditSettings(read, dataFolder, journal, clock.nowMs());
  const { recovery } = journal;
  if (recovery !== undefined) log.error('journal-damaged', { file: recovery.folder, count: recovery.lost });

  if (earning.kind === 'partner-calculated')
    await journal.keepOfferTable(earning.tableHash, earning.tableText);

  const uplink = await connectToIssuance({
    settings,
    secrets,
    environmentVariables: options.environmentVariables,
    readCaFile: (file) => readFileSync(file, 'utf8'),
    log,
  });
  if (uplink.kind === 'refused') {
    await journal.close();
    return uplink;
  }

  const metrics = createMetrics({ folder: join(dataFolder, 'metrics'), clock, log });
  const pressWatch = createPressWatch(metrics, clock);
  const events = createEvents();
  const operators = await createOperators({ journal, clock, events, log, ...settings.operators });
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

  let scannerSeen: Status['scanner'] = { state: 'none' };
  const collectorNumber = { length: 11, ...settings.collectorNumber };
  const draft = createDraftKeeper();
  const devices = createDevices({
    settings: settings.devices,
    collectorNumberRule: collectorNumber,
    store: createDeviceStore(join(dataFolder, 'devices.json'), log),
    log,
    spawn: options.spawnDeviceProcess,
    onScan: (scan) => {
      // A card read at a locked screen must not change, unseen, the sale that waits under it.
      // That something was read is heard; what it was is not told.
      if (operators.atCheckout().kind === 'sign-in-needed')
        return events.emit('scan', { kind: 'refused', code: 'no-read' });
      if (scan.kind === 'collector') draft.scanned(scan.collectorNumber, scan.entryMode);
      events.emit('scan', scan);
    },
    onChange: () => deviceChanges.changed(),
    onStatus: (scanner) => {
      scannerSeen = scanner;
      if (scanner.state === 'lost' || scanner.state === 'blocked') metrics.deviceFault();
      status.scannerChanged(scanner);
    },
  });
  const deviceChanges = coalesce(clock, DEVICES_COALESCE_MS, () => events.emit('devices', devices.view()));

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
      storedLimit,
      milesLimit: settings.sale.milesLimit,
      transactionDayZone: settings.store.transactionDayZone,
      deviceId: settings.airmiles.deviceId ?? `${settings.store.number}-${settings.store.lane}`,
    },
  };
  const upkeep = createUpkeep({
    loaded: read,
    secrets,
    uplink,
    journal,
    metrics,
    authority: operators.authority,
    scanner: () => scannerSeen,
    dataFolder,
    version,
    clock,
    log,
    redactor,
  });
  const originals = createOriginals({
    journal,
    earning,
    collectorNumber,
    view: (row) => recentSales.view(row),
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
    notices: recovery === undefined ? notices : [recoveryNotice(recovery), ...notices],
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
    ...createReturnsHandlers({
      ...issuing,
      originals,
      authority: operators.authority,
      forwarder,
      correctionMilesLimit: settings.sale.correctionMilesLimit,
      show: (row) => {
        recentSales.changed(row.seq, row);
        status.changed();
        automaticPrint.recorded(row, customerView.view().language);
        return recentSales.view(row);
      },
    }),
    ...createBoardHandlers({
      ...issuing,
      authority: operators.authority,
      client: uplink.client,
      forwarder,
      recentSales,
      status,
      sponsorCodes: settings.airmiles.sponsorCodes,
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
    show: (row) => {
      recentSales.changed(row.seq, row);
      status.changed();
    },
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
      updateSubject: createUpdateSubject({ journal, operators, draft, clock, dataFolder }),
    },
    onEvent: (listener) => events.on(listener),
    stop: async () => {
      upkeep.stop();
      await metricsExport.stop();
      await day.stop();
      await housekeeping.stop();
      networkWatch.stop();
      await devices.stop();
      deviceChanges.stop();
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

/** A changed setting is a line of the audit chain, whoever changed it and in whichever layer; then this start is remembered. */
async function auditSettings(
  { origins }: LoadedSettings,
  dataFolder: string,
  journal: Journal,
  atMs: number,
): Promise<void> {
  const file = join(dataFolder, 'settings-copies', 'last-start.json');
  const changes = changesSince(file, origins);
  try {
    if (changes.length > 0) {
      await journal.note({ seq: null, atMs, what: 'settings-changed', actor: null, detail: { changes } });
    }
    rememberStart(file, origins);
  } catch (error) {
    // A full or read-only disk is the journal's to tell. The change is noted at the first start that can.
    if (!(error instanceof JournalUnavailable || (error instanceof Error && 'code' in error))) throw error;
  }
}

/** For the person in front of a terminal whose journal had to be begun anew. */
function recoveryNotice({ folder, kept, lost }: Recovery): Notice {
  const problem = 'The damaged files are kept whole';
  return { id: 'journal-damaged', code: 'journal-damaged', file: folder, problem, kept, lost };
}
