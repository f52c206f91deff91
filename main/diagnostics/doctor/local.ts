import { accessSync, constants, existsSync, statfsSync, statSync, writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../../shared/contract/doctor.ts';
import type { Notice } from '../../../shared/contract/views.ts';
import { layerNames } from '../../../shared/contract/settings.ts';
import { listBackups } from '../../journal/backup.ts';
import type { Inspection } from '../../journal/inspect.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { LoadedSettings } from '../../settings/load.ts';
import type { Settings } from '../../settings/schema.ts';
import { fault, notChecked, warning, well } from './finding.ts';

const HOUR_MS = 3_600_000;

/** What a part of an installation's files was refused for, and where. */
type Refused = Pick<Notice, 'file' | 'line' | 'key' | 'reason'>;

/** The facts of the first of what was refused, its reason's values among them; `undefined` where nothing was. */
function firstOf(refused: readonly Refused[]): Readonly<Record<string, string | number>> | undefined {
  const first = refused.find(({ reason }) => reason !== undefined);
  if (first?.reason === undefined) return undefined;
  const at = [first.file, first.line].filter((part) => part !== undefined).join(':');
  const place = [at, first.key].filter((part) => part !== undefined && part !== '').join(', ');
  const { code: problem, values } = first.reason;
  return { ...values, count: refused.length, place, problem };
}

/** Which values do not come from the defaults, and what was refused, the offer table they name included. */
export function checkSettings(
  { origins, notices }: LoadedSettings,
  offerNotices: readonly Refused[],
): Finding {
  const refused = firstOf([...notices, ...offerNotices]);
  if (refused !== undefined) return fault('settings', 'refused', refused);
  const layers = layerNames.filter((name) => origins.some(({ holds }) => holds.layer === name));
  const count = origins.filter(({ holds }) => holds.layer !== 'defaults').length;
  return well('settings', 'well', { count, layers: layers.join(', ') });
}

/** Whether the data folder can be written, and by nobody else. */
export function checkFolder(folder: string): Finding {
  if (!existsSync(folder)) return fault('folder', 'missing', { folder });
  const probe = join(folder, `.doctor-${process.pid}`);
  try {
    accessSync(folder, constants.R_OK | constants.W_OK);
    writeFileSync(probe, 'x', { mode: 0o600 });
    rmSync(probe);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return fault('folder', 'not-writable', { folder, code });
  }
  const isOpen = process.platform !== 'win32' && (statSync(folder).mode & 0o022) !== 0;
  return isOpen ? warning('folder', 'open', { folder }) : well('folder', 'well', { folder });
}

/** Room on the disk, against what the journal keeps in reserve. */
export function checkDisk(folder: string, reserveMegabytes: number): Finding {
  if (!existsSync(folder)) return notChecked('disk', 'no-folder');
  const { bavail, bsize } = statfsSync(folder);
  const megabytes = Math.floor((bavail * bsize) / 1_000_000);
  const facts = { megabytes, reserve: reserveMegabytes };
  if (megabytes < reserveMegabytes) return fault('disk', 'full', facts);
  return megabytes < reserveMegabytes * 4 ? warning('disk', 'low', facts) : well('disk', 'well', facts);
}

/** Whether the journal is whole, how much is in it, and how long ago something was last written. */
export function checkJournal(inspection: Inspection, settings: Settings, nowMs: number): Finding {
  switch (inspection.kind) {
    case 'none':
      return well('journal', 'new');
    case 'unreadable':
      return fault('journal', 'unreadable', { code: inspection.code });
    case 'broken':
      return fault('journal', 'broken', {
        chain: inspection.chain,
        at: inspection.at,
        problem: inspection.problem,
      });
    default: {
      const { transactions, auditLines, environment, firstAtMs, lastAtMs } = inspection;
      if (environment !== settings.environment) {
        return fault('journal', 'other-environment', {
          journal: environment,
          settings: settings.environment,
        });
      }
      const counts = { transactions, auditLines };
      if (firstAtMs === null || lastAtMs === null) return well('journal', 'well', counts);
      const hours = Math.max(0, Math.floor((nowMs - lastAtMs) / HOUR_MS));
      const since = new Date(firstAtMs).toISOString().slice(0, 10);
      return well('journal', 'aged', { ...counts, since, hours });
    }
  }
}

/** How long the oldest sale has waited, and how many wait for a manager. */
export function checkQueue(inspection: Inspection, settings: Settings, nowMs: number): Finding {
  if (inspection.kind === 'none') return well('queue', 'empty');
  if (inspection.kind !== 'whole') return notChecked('queue', 'no-journal');
  const { due, needsManager, oldestDueAtMs } = inspection;
  const hours = oldestDueAtMs === null ? 0 : Math.max(0, Math.floor((nowMs - oldestDueAtMs) / HOUR_MS));
  const facts = { count: due, hours, manager: needsManager };
  const { storedDaysLimit, storedLimit } = settings.forwarding;
  if (hours >= storedDaysLimit * 24 * 0.9 || due >= storedLimit * 0.9) return fault('queue', 'limit', facts);
  if (needsManager > 0) return warning('queue', 'needs-manager', facts);
  if (due === 0) return well('queue', 'empty');
  return hours >= 24 ? warning('queue', 'old', facts) : well('queue', 'well', facts);
}

export function checkBackups(
  journalFolder: string,
  settings: Settings,
  inspection: Inspection,
  nowMs: number,
): Finding {
  const { backupFolder, backupEveryHours } = settings.journal;
  if (backupEveryHours === 0) return notChecked('backups', 'off');
  const folder = backupFolder ?? join(journalFolder, 'backups');
  const newest = listBackups(folder).at(-1);
  if (newest === undefined) {
    const isYoung = inspection.kind !== 'whole' || inspection.transactions === 0;
    return isYoung ? notChecked('backups', 'none-yet') : warning('backups', 'none', { folder });
  }
  const hours = Math.max(0, Math.floor((nowMs - statSync(newest).mtimeMs) / HOUR_MS));
  const isLate = hours > backupEveryHours * 2 + 1;
  return isLate ? warning('backups', 'late', { hours, folder }) : well('backups', 'well', { hours, folder });
}

/** Zones of Canada, and the one Transaction Days are counted in. */
const CANADIAN =
  /^(America\/(Toronto|Montreal|Thunder_Bay|Nipigon|Iqaluit|Rainy_River|Winnipeg|Regina|Swift_Current|Edmonton|Yellowknife|Inuvik|Vancouver|Whitehorse|Dawson|Dawson_Creek|Fort_Nelson|Creston|Halifax|Glace_Bay|Moncton|Goose_Bay|St_Johns|Blanc-Sablon|Atikokan|Pangnirtung|Rankin_Inlet|Resolute|Cambridge_Bay|Coral_Harbour)|Canada\/\w+)$/;

export function checkTimeZone(zone: string, transactionDayZone: string): Finding {
  const facts = { zone, transactionDayZone };
  return CANADIAN.test(zone) ? well('time-zone', 'well', facts) : warning('time-zone', 'abroad', facts);
}

/** Whether the secrets that the settings need are there, and no provisioning file lies about that was refused. */
export function checkSecrets(
  { secrets, notices }: { readonly secrets: Secrets; readonly notices: readonly Refused[] },
  settings: Settings,
  isBuiltIn: boolean,
): Finding {
  const refused = firstOf(notices);
  if (refused !== undefined) return fault('secrets', 'provisioning', refused);
  const { access } = settings.airmiles;
  const wanted = access === 'token' ? 'client-secret' : access === 'api-key' ? 'api-key' : 'client-key';
  const view = secrets.views().find(({ name }) => name === wanted);
  const isInFile = wanted === 'client-key' && settings.airmiles.clientKeyFile !== undefined;
  if (isBuiltIn || isInFile) return well('secrets', 'not-needed');
  if (view === undefined || view.state === 'missing') return fault('secrets', 'missing', { name: wanted });
  const until = view.oldAcceptedUntil;
  if (until !== undefined) return well('secrets', 'rotating', { name: wanted, until: until.slice(0, 10) });
  return well('secrets', 'well', { name: wanted, place: view.state });
}
