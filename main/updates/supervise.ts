import type { Log } from '../diagnostics/log.ts';
import { isComplete, judgeStart, type AttemptFile } from './attempt.ts';

export interface Supervised {
  /**
   * What a person must know: the new version can not be started here. The journal of before is kept whole in
   * `backup`, and nothing was recorded since.
   */
  readonly failed:
    { readonly version: string; readonly previous: string; readonly backup: string } | undefined;
  /** The new version stands, with so many transactions: believed, or given up when some are missing. */
  confirm(transactions: number): boolean;
}

/**
 * Watches the first starts after an update. Each is counted before anything else is done, so that one that never comes
 * up is known at the next. After three the version is given up for good here.
 */
export function superviseStart(attempts: AttemptFile, version: string, log: Log): Supervised {
  const verdict = judgeStart(attempts.read(), version);
  if (verdict.kind === 'none') return { failed: undefined, confirm: () => true };
  const { attempt } = verdict;
  if (verdict.kind === 'not-installed') {
    // The installer did nothing, or IT put the previous version back: that version is not tried again by itself.
    log.warn('update-not-installed', { version: attempt.to });
    if (attempt.starts > 0) attempts.fail(attempt.to);
    else attempts.end();
    return { failed: undefined, confirm: () => true };
  }
  const failed = { version: attempt.to, previous: attempt.from, backup: attempt.backup };
  if (verdict.kind === 'roll-back') {
    log.error('update-failed-to-start', { version: attempt.to, count: attempt.starts });
    return { failed, confirm: () => false };
  }
  attempts.countStart(attempt);
  return {
    failed: undefined,
    confirm(transactions) {
      if (!isComplete(attempt, transactions)) {
        log.error('update-lost-transactions', { count: attempt.transactions - transactions });
        attempts.fail(attempt.to);
        return false;
      }
      attempts.end();
      log.info('update-confirmed', { version, count: transactions });
      return true;
    },
  };
}
