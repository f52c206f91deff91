import { assertNever } from '../../shared/domain/assert-never.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Inspection } from '../journal/inspect.ts';
import { compareWithCopy, putCopyBack } from '../journal/put-back.ts';
import { rehearseUpgrade } from '../journal/rehearse.ts';
import { judgeStart, type Attempt } from './attempt.ts';
import { commandBack, type InstalledForm } from './installed-form.ts';
import { isWhole, putInstallerBack, type Successor } from './kept-installer.ts';
import type { UpdateMemory } from './memory.ts';
import { planRollBack, type StayReason } from './roll-back.ts';

/** Failed starts that are too many, where no settings were read yet. */
const STARTS_ALLOWED = 3;

/** A version that does not start here and can not be taken back by the terminal itself. */
export interface FailingVersion {
  readonly version: string;
  readonly previous: string;
  readonly why: StayReason;
  /** What IT runs to put the version before back; undefined where that one could not open the journal. */
  readonly command: string | undefined;
}

export type Supervised =
  /** The version before is in its place again: start that, and end. */
  | { readonly kind: 'put-back'; readonly successor: Successor }
  | {
      readonly kind: 'go-on';
      readonly failing: FailingVersion | undefined;
      /** The terminal stands: believes the version when its journal, looked at by `inspect`, is whole and misses nothing. */
      confirm(inspect: () => Promise<Inspection>, startsAllowed: number): Promise<boolean>;
    };

export interface SuperviseOptions {
  readonly memory: UpdateMemory;
  readonly version: string;
  readonly form: InstalledForm;
  readonly journalFolder: string;
  /** What this program was started with, for the version that comes back. */
  readonly words: readonly string[];
  readonly nowMs: () => number;
  readonly log: Log;
  /** The journal's migrations, where a test has others. */
  readonly steps?: readonly string[];
}

/**
 * Watches the first starts of a new version, before anything of it touches the data. Each start is counted first, so
 * that one that never comes up is known at the next. The very first brings a copy of the journal over; where that
 * fails, or after too many starts, the version before is put back where this form allows it.
 */
export async function superviseStart(options: SuperviseOptions): Promise<Supervised> {
  try {
    return await supervise(options);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    // A disk that can not be written keeps no count; whether it can hold sales is the journal's to say.
    options.log.error('update-not-supervised', { version: options.version }, cause);
    return goOn(options, undefined, undefined);
  }
}

async function supervise(options: SuperviseOptions): Promise<Supervised> {
  const { memory, version, log, nowMs } = options;
  const verdict = judgeStart(memory.attempt(), memory.known().confirmed, version);
  switch (verdict.kind) {
    case 'known':
      return goOn(options, undefined, undefined);
    case 'not-installed':
      // The installer did nothing. It is left alone for a night, or every minute would try again.
      log.warn('update-not-installed', { version: verdict.attempt.to });
      memory.learn({ notInstalled: { version: verdict.attempt.to, atMs: nowMs() } });
      memory.endAttempt();
      return goOn(options, undefined, undefined);
    case 'is-back':
      log.warn('update-taken-back', { version: verdict.attempt.to });
      memory.learn({ failed: { version: verdict.attempt.to, previous: version } });
      memory.endAttempt();
      return goOn(options, undefined, undefined);
    case 'roll-back':
      log.error('update-failed-to-start', { version, count: verdict.attempt.starts });
      return rollBack(options, verdict.attempt);
    case 'trial':
      return beginTrial(options, verdict.attempt);
    case 'unannounced':
      return beginTrial(options, {
        from: verdict.from,
        to: version,
        startedAtMs: nowMs(),
        lastSeq: 0,
        isRehearsed: false,
        starts: 0,
        startsAllowed: memory.known().startsAllowed ?? STARTS_ALLOWED,
      });
    default:
      return assertNever(verdict);
  }
}

async function beginTrial(options: SuperviseOptions, given: Attempt): Promise<Supervised> {
  const { memory, version, journalFolder, nowMs, log, steps } = options;
  const counted = { ...given, starts: given.starts + 1 };
  memory.keepAttempt(counted);
  if (counted.isRehearsed) return goOn(options, counted, undefined);
  const rehearsal = await rehearseUpgrade(journalFolder, memory.folder, nowMs(), steps);
  switch (rehearsal.kind) {
    case 'failed':
      log.error('update-journal-not-brought-over', { version, reason: rehearsal.problem });
      return rollBack(options, counted);
    case 'not-rehearsed':
      log.warn('update-journal-not-rehearsed', { version, reason: rehearsal.problem });
      return goOn(options, counted, undefined);
    case 'no-journal':
      return goOn(options, counted, undefined);
    case 'passed': {
      const { copy, lastSeq } = rehearsal;
      const rehearsed = { ...counted, copy, lastSeq, isRehearsed: true };
      memory.keepAttempt(rehearsed);
      log.info('update-journal-rehearsed', { version, count: lastSeq });
      return goOn(options, rehearsed, undefined);
    }
    default:
      return assertNever(rehearsal);
  }
}

async function rollBack(options: SuperviseOptions, attempt: Attempt): Promise<Supervised> {
  const { memory, form, journalFolder, version, words, nowMs, log } = options;
  const { copy, kept, from } = attempt;
  const plan = planRollBack({
    form: form.kind,
    canReplace: form.canReplace,
    isKeptWhole: await isWhole(kept),
    wasPutBack: attempt.wasPutBack === true,
    journal: compareWithCopy(journalFolder, copy),
  });
  memory.learn({ failed: { version, previous: from } });
  if (plan.kind === 'put-back' && kept !== undefined) {
    try {
      if (plan.restoresJournal && copy !== undefined) putCopyBack(journalFolder, copy, nowMs());
      memory.keepAttempt({ ...attempt, wasPutBack: true });
      const successor = putInstallerBack(kept, words);
      log.warn('update-rolled-back', { version });
      return { kind: 'put-back', successor };
    } catch (cause) {
      // A disk that fails: the new version is as good as any, and sells when it comes up.
      log.error('update-not-rolled-back', { version }, cause);
    }
  }
  const why = plan.kind === 'stay' ? plan.why : 'did-not-work';
  const isBarred = why === 'recorded-since' || why === 'journal-unreadable';
  const command = isBarred ? undefined : commandBack(form, version, from);
  log.error('update-stays', { version, reason: why });
  memory.keepAttempt({ ...attempt, starts: attempt.starts + 1, wasPutBack: plan.kind === 'put-back' });
  return goOn(options, attempt, { version, previous: from, why, command });
}

function goOn(
  { memory, version, log }: SuperviseOptions,
  attempt: Attempt | undefined,
  failing: FailingVersion | undefined,
): Supervised {
  return {
    kind: 'go-on',
    failing,
    async confirm(inspect, startsAllowed) {
      const known = memory.known();
      if (attempt !== undefined) {
        const inspection = await inspect();
        const lastSeq = inspection.kind === 'whole' ? inspection.lastSeq : 0;
        if (inspection.kind === 'broken' || lastSeq < attempt.lastSeq) {
          log.error('update-lost-transactions', { version, count: attempt.lastSeq - lastSeq });
          return false;
        }
        log.info('update-confirmed', { version, count: lastSeq });
      } else if (known.confirmed === version && known.startsAllowed === startsAllowed) return true;
      const failed = known.failed?.version === version ? undefined : known.failed;
      memory.learn({ confirmed: version, startsAllowed, notInstalled: known.notInstalled, failed });
      memory.endAttempt();
      return true;
    },
  };
}
