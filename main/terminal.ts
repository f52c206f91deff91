import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '../shared/contract/views.ts';
import { createHandlers } from './checkout/handlers.ts';
import { createDraftKeeper } from './checkout/draft.ts';
import { readEarning } from './checkout/earning.ts';
import { createExpectedMiles } from './checkout/expected-miles.ts';
import { knowingPostedMiles } from './checkout/posted-miles.ts';
import { createPreview } from './checkout/preview.ts';
import { createRecentSales } from './checkout/recent-sales.ts';
import { coalesce, systemClock } from './clock.ts';
import { createDeviceStore } from './devices/device-store.ts';
import { createDevices } from './devices/devices.ts';
import { createDeviceHandlers } from './devices/handlers.ts';
import { createSheetWriter } from './devices/sheets/sheets.ts';
import { createEvents } from './events.ts';
import { createConnection } from './forwarding/connection.ts';
import { createForwarder, type Forwarder } from './forwarding/forwarder.ts';
import type { HostedTerminal, TerminalOptions, TerminalStart } from './hosts/host.ts';
import { createHousekeeping } from './journal/housekeeping.ts';
import { openJournal } from './journal/journal.ts';
import type { Recovery } from './journal/recover.ts';
import { createNetworkWatch } from './network-watch.ts';
import { readSettingsFile } from './settings/read.ts';
import { createStatusKeeper } from './status.ts';
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
  const random = Math.random;

  const settingsFile = options.settingsFile ?? join(dataFolder, 'settings.json');
  const read = readSettingsFile(settingsFile, options.settingsFile !== undefined);
  const { settings } = read;
  for (const { file, line, key } of read.notices) log.warn('setting-refused', { file, line, key });
  const { earning, notices: offerNotices } = readEarning(settings, (file) => readFileSync(file, 'utf8'), log);
  const notices = [...offerNotices, ...read.notices];
  const journalFolder = join(dataFolder, 'journal');

  const opening = await openJournal({
    folder: journalFolder,
    environment: settings.environment,
    reserveBytes: settings.journal.reserveMegabytes * 1_000_000,
  });
  if (opening.kind === 'refused') return opening;
  const { journal } = opening;
  const { recovery } = journal;
  if (recovery !== undefined) log.error('journal-damaged', { file: recovery.folder, count: recovery.lost });

  if (earning.kind === 'partner-calculated')
    await journal.keepOfferTable(earning.tableHash, earning.tableText);

  const uplink = await connectToIssuance({
    settings,
    secret: options.environmentVariables['MILEPOST_CLIENT_SECRET'],
    environmentVariables: options.environmentVariables,
    readCaFile: (file) => readFileSync(file, 'utf8'),
    log,
  });
  if (uplink.kind === 'refused') {
    await journal.close();
    return uplink;
  }

  const events = createEvents();
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
  const forwarder = createForwarder({
    journal,
    client: knowingPostedMiles(uplink.client),
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
      recentSales.changed(seq, row);
      status.changed();
    },
  });
  wire.forwarder = forwarder;

  const collectorNumber = { length: 11, ...settings.collectorNumber };
  const draft = createDraftKeeper();
  const devices = createDevices({
    settings: settings.devices,
    collectorNumberRule: collectorNumber,
    store: createDeviceStore(join(dataFolder, 'devices.json'), log),
    log,
    spawn: options.spawnDeviceProcess,
    onScan: (scan) => {
      if (scan.kind === 'collector') draft.scanned(scan.collectorNumber, scan.entryMode);
      events.emit('scan', scan);
    },
    onStatus: (scanner) => status.scannerChanged(scanner),
    onChange: () => deviceChanges.changed(),
  });
  const deviceChanges = coalesce(clock, DEVICES_COALESCE_MS, () => events.emit('devices', devices.view()));

  const issuing = {
    journal,
    clock,
    log,
    earning,
    expectedMiles: createExpectedMiles(),
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
  const handlers = createHandlers({
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
    devices: createDeviceHandlers(devices, {
      writeSheets: createSheetWriter(join(dataFolder, 'sheets'), log),
      makeId: randomUUID,
      storeNumber: settings.store.number,
    }),
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
  log.info('terminal-started', { version, environment: settings.environment });

  const terminal: HostedTerminal & { stop(): Promise<void> } = {
    handlers,
    onEvent: (listener) => events.on(listener),
    stop: async () => {
      await housekeeping.stop();
      networkWatch.stop();
      await devices.stop();
      deviceChanges.stop();
      status.stop();
      await forwarder.stop(STOP_WAIT_MS);
      await uplink.close();
      await journal.close();
      log.info('terminal-stopped');
    },
  };
  return { kind: 'started', terminal };
}

/** For the person in front of a terminal whose journal had to be begun anew. */
function recoveryNotice({ folder, kept, lost }: Recovery): Notice {
  const problem = 'The damaged files are kept whole';
  return { id: 'journal-damaged', code: 'journal-damaged', file: folder, problem, kept, lost };
}
