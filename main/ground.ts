import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '../shared/contract/views.ts';
import { readEarning } from './checkout/earning.ts';
import type { Clock } from './clock.ts';
import type { Redactor } from './diagnostics/redact.ts';
import type { TerminalOptions } from './hosts/host.ts';
import { refusalOfHost, type HostWindow } from './hosts/lockdown.ts';
import { JournalUnavailable, openJournal, type Journal } from './journal/journal.ts';
import type { Recovery } from './journal/recover.ts';
import { openSecrets } from './secrets/secrets.ts';
import { changesSince, rememberStart } from './settings/changes.ts';
import { loadSettings, type LoadedSettings } from './settings/load.ts';
import { numbered } from './settings/read.ts';
import { readOfferTableFile } from './settings/text-file.ts';
import { connectToIssuance } from './uplink.ts';

/**
 * What a terminal stands on, opened in this order: settings, secrets, the journal, the way to AIR MILES. Expected reasons
 * not to start are returned, and leave nothing open.
 */
export async function openGround(options: TerminalOptions, clock: Clock, redactor: Redactor) {
  const { dataFolder, log } = options;
  const read = loadSettings({
    dataFolder,
    settingsFile: options.settingsFile,
    policyFile: options.policyFile,
    environmentVariables: options.environmentVariables,
    nowMs: clock.nowMs(),
    canWrite: true,
  });
  const { settings } = read;
  const window: HostWindow = options.window ?? { kind: 'browser', leaveKiosk: undefined };
  const refusal = refusalOfHost(window.kind, settings);
  if (refusal !== undefined) return { kind: 'refused', code: 'host-not-allowed', message: refusal } as const;
  for (const { file, line, key, reason } of read.notices)
    log.warn('setting-refused', { file, line, key, reason: reason.code });
  const { earning, notices: offerNotices } = readEarning(settings, readOfferTableFile, log);
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
  for (const { file, line, reason } of opened.notices)
    log.warn('provisioning-refused', { file, line, reason: reason.code });
  const notices = [
    ...(options.updates?.notices ?? []),
    ...offerNotices,
    ...read.notices,
    ...numbered(opened.notices, 'secret'),
  ];
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
  return {
    kind: 'opened',
    read,
    settings,
    window,
    earning,
    offerNotices,
    secrets,
    secretNotices: opened.notices,
    journalFolder,
    journal,
    uplink,
    /** For the person in front of it: what went wrong at this start. */
    notices: recovery === undefined ? notices : [recoveryNotice(recovery), ...notices],
  } as const;
}
export type Ground = Extract<Awaited<ReturnType<typeof openGround>>, { kind: 'opened' }>;

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
  return { id: 'journal-damaged', code: 'journal-damaged', file: folder, kept, lost };
}
