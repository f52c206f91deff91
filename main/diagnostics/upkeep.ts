import { join } from 'node:path';
import type { Handlers } from '../../shared/contract/contract.ts';
import type { DoctorReport } from '../../shared/contract/doctor.ts';
import { refusalsIn } from '../../shared/domain/issue-reason.ts';
import { reason } from '../../shared/domain/reasons.ts';
import type { PrinterLook } from '../devices/messages.ts';
import type { Notice, Status } from '../../shared/contract/views.ts';
import type { Clock } from '../clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { Authority } from '../operators/authority.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { settingKeys } from '../settings/keys.ts';
import type { SettingsNotice } from '../settings/layer.ts';
import type { LoadedSettings } from '../settings/load.ts';
import { settingViews } from '../settings/views.ts';
import type { Uplink } from '../uplink.ts';
import { makeBundle, saveBundle, type Bundle } from './bundle.ts';
import { examine } from './doctor/examine.ts';
import type { Log } from './log.ts';
import type { QueueFigures } from './metrics/export.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Redactor } from './redact.ts';

export interface UpkeepDependencies {
  readonly loaded: LoadedSettings;
  readonly secrets: Secrets;
  /** What was wrong with a provisioning file at this start. */
  readonly secretNotices: readonly SettingsNotice[];
  readonly offerNotices: readonly Notice[];
  readonly uplink: Uplink;
  readonly journal: Journal;
  readonly metrics: Metrics;
  /** Who may change how the terminal works; left out where the store works without operators. */
  readonly authority: Authority | undefined;
  readonly scanner: () => Status['scanner'];
  readonly lookAtPrinter: () => Promise<PrinterLook>;
  readonly dataFolder: string;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly redactor: Redactor;
}

type UpkeepName = Extract<
  keyof Handlers,
  `settings.${string}` | `secrets.${string}` | `doctor.${string}` | `support.${string}` | `metrics.${string}`
>;
export type UpkeepHandlers = Pick<Handlers, UpkeepName>;

const DAYS_SHOWN = 14;
const SALES_IN_TIMELINE = 300;
const LINES_IN_TIMELINE = 100;
/** Lines of the audit chain about the terminal as a whole that a timeline tells. */
const TOLD = ['settings-changed', 'secret-entered', 'recovered', 'support-bundle'];

const codeOf = (error: unknown): string => {
  if (error instanceof Error && 'code' in error) return String(error.code);
  throw error;
};

/** How many sales wait and how long the oldest has. */
export async function queueFigures(journal: Journal, clock: Clock): Promise<QueueFigures> {
  const { due, oldestDueAtMs } = await journal.counts();
  return { depth: due, oldestAgeMs: oldestDueAtMs === null ? 0 : Math.max(0, clock.nowMs() - oldestDueAtMs) };
}

/** Answers what the pages of settings, doctor and figures ask. `stop` ends a look that is under way. */
export function createUpkeep(dependencies: UpkeepDependencies): {
  readonly handlers: UpkeepHandlers;
  stop(): void;
} {
  const { loaded, secrets, secretNotices, journal, metrics, clock, log, redactor, dataFolder, version } =
    dependencies;
  const { settings } = loaded;
  const stopping = new AbortController();
  let looking: Promise<DoctorReport> | undefined;
  let report: DoctorReport | undefined;
  let prepared: Bundle | undefined;

  const look = async (): Promise<DoctorReport> => {
    const subject = {
      ...dependencies,
      secrets: { kind: 'open', secrets, notices: secretNotices } as const,
      scanner: dependencies.scanner(),
      nowMs: () => clock.nowMs(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
    try {
      report = await examine(subject, stopping.signal);
      return report;
    } finally {
      looking = undefined;
    }
  };
  const begin = (): Promise<DoctorReport> => {
    looking ??= look();
    return looking;
  };
  /** `undefined` where nobody with the right stands behind it. */
  const actorFor = (approval: string | undefined): { readonly actor: string | null } | undefined => {
    const { authority } = dependencies;
    if (authority === undefined) return { actor: null };
    const given = authority.authorize('it', approval);
    return given.kind === 'authorized' ? given : undefined;
  };
  const note = (what: string, actor: string | null, detail: object): Promise<void> =>
    journal.note({ seq: null, atMs: clock.nowMs(), what, actor, detail });

  const handlers: UpkeepHandlers = {
    'settings.list': () => ({
      settings: settingViews(loaded.origins, loaded.own.layer, loaded.own.current()),
      secrets: [...secrets.views()],
      files: loaded.files,
    }),
    'settings.change': async ({ key, value, approval }) => {
      const setting = settingKeys().find((known) => known.key === key);
      if (setting === undefined) return { kind: 'refused', reason: reason('no-such-setting') };
      if (loaded.origins.find((origin) => origin.setting.key === key)?.isLocked === true)
        return { kind: 'locked' };
      let parsed: unknown;
      try {
        parsed = value === null ? undefined : JSON.parse(value);
      } catch {
        return { kind: 'refused', reason: reason('json') };
      }
      const checked = parsed === undefined ? undefined : setting.schema.safeParse(parsed);
      if (checked?.success === false) {
        const [first] = refusalsIn(checked.error.issues, parsed);
        return { kind: 'refused', reason: first?.reason ?? reason('not-usable') };
      }
      const authorized = actorFor(approval);
      if (authorized === undefined) return { kind: 'approval-needed' };
      try {
        loaded.own.set(key, parsed);
      } catch (error) {
        return { kind: 'not-written', code: codeOf(error) };
      }
      const to = key === 'airmiles.headers' ? 'not shown' : (value ?? 'taken out');
      await note('settings-changed', authorized.actor, { key, to, layer: 'terminal', from: 'screen' });
      log.info('setting-changed', { key });
      return { kind: 'changed' };
    },
    'secrets.enter': async ({ name, value, oldAcceptedUntil, approval }) => {
      const authorized = actorFor(approval);
      if (authorized === undefined) return { kind: 'approval-needed' };
      try {
        await secrets.enter({ name, value, oldAcceptedUntil });
      } catch (error) {
        return { kind: 'not-kept', code: codeOf(error) };
      }
      await note('secret-entered', authorized.actor, { name });
      return { kind: 'kept' };
    },
    'doctor.start': () => {
      // Not awaited: a look takes longer than a call may. What it came to is read by the call below.
      begin().catch((cause: unknown) => log.error('doctor-failed', {}, cause));
      return {};
    },
    'doctor.read': () => ({ isLooking: looking !== undefined, ...(report === undefined ? {} : { report }) }),
    'support.contact': () => {
      const { partnerDesk, programmeDesk, escalation } = settings.support;
      return { partnerDesk, programmeDesk, escalation };
    },
    'support.prepare': async () => {
      const found = await begin();
      const lines = await Promise.all(TOLD.map((what) => journal.lines(what, LINES_IN_TIMELINE)));
      prepared = makeBundle({
        report: found,
        language: settings.language,
        loaded,
        sales: await journal.recent(SALES_IN_TIMELINE),
        lines: lines.flat(),
        days: metrics.days(DAYS_SHOWN),
        logFolder: join(dataFolder, 'logs'),
        versions: { milepost: version, ...process.versions },
        redactor,
      });
      return { files: [...prepared.files] };
    },
    'support.save': async () => {
      if (prepared === undefined) return { kind: 'nothing-prepared' };
      const folder = settings.support.bundleFolder ?? join(dataFolder, 'support');
      try {
        const path = saveBundle(
          prepared,
          folder,
          `${settings.store.number}-${settings.store.lane}`,
          clock.nowMs(),
        );
        await note('support-bundle', null, { path });
        return { kind: 'saved', path };
      } catch (error) {
        return { kind: 'not-saved', code: codeOf(error) };
      }
    },
    'metrics.read': async () => ({
      days: metrics.days(DAYS_SHOWN),
      queue: await queueFigures(journal, clock),
    }),
  };
  return { handlers, stop: () => stopping.abort() };
}
