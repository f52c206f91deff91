import type { Outcome, OutcomeReason } from '../../shared/domain/outcome.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { Answer, NetworkFailure } from '../airmiles/client.ts';

/** What one answer means for one transaction. */
export type Verdict =
  | {
      readonly kind: 'credited';
      readonly milesAmount: number | undefined;
      readonly balanceMiles: number | undefined;
    }
  | { readonly kind: 'accepted' }
  /** Refused for good: a person decides. */
  | { readonly kind: 'refused'; readonly detail: string | undefined }
  /** Nobody knows whether it arrived, or it surely did not: sent again later with the same key and bytes. */
  | {
      readonly kind: 'unknown';
      readonly reason: OutcomeReason;
      readonly detail: string | undefined;
      readonly mayHaveArrived: boolean;
      readonly retryAfterMs: number | undefined;
    }
  /** This terminal's credentials were refused: the whole queue waits and no transaction pays for it with an attempt. */
  | { readonly kind: 'held'; readonly reason: OutcomeReason; readonly detail: string | undefined };

function describe(answer: Extract<Answer, { kind: 'answered' }>): string {
  const { code, message } = answer.reading;
  return [`HTTP ${answer.status}`, code, message]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}

/** What helps a person to mend it: who signed, which proxy, which name, and the system's own code. */
function detailOf(failure: NetworkFailure): string | undefined {
  const parts = [
    'issuer' in failure ? failure.issuer : undefined,
    'proxy' in failure ? failure.proxy : undefined,
    'host' in failure ? failure.host : undefined,
    'status' in failure && failure.status !== undefined ? `HTTP ${failure.status}` : undefined,
    'code' in failure ? failure.code : undefined,
  ].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/**
 * Reads an answer by its HTTP status first, as the programme's retry table has it: 200 success, 202 success and
 * pending, 400 rejected, 500 failed and to be tried again. 401/403 concern the terminal, not the sale. The table
 * names no other status, so everything else is unknown: 409 because parallel calls for a Collector "will result in an
 * error" that no page describes, 404 and redirects because they come from a wrong address or a gateway.
 */
export function verdictOn(answer: Answer): Verdict {
  if (answer.kind === 'unanswered') {
    const reason = answer.failure.kind;
    const detail = detailOf(answer.failure);
    if (reason === 'token-refused' || reason === 'client-not-allowed')
      return { kind: 'held', reason, detail };
    const retryAfterMs = 'retryAfterMs' in answer.failure ? answer.failure.retryAfterMs : undefined;
    return { kind: 'unknown', reason, detail, mayHaveArrived: answer.mayHaveArrived, retryAfterMs };
  }
  const { status, reading, retryAfterMs } = answer;
  const unknown = (reason: OutcomeReason): Verdict => ({
    kind: 'unknown',
    reason,
    detail: describe(answer),
    mayHaveArrived: true,
    retryAfterMs,
  });
  if (status === 202) return { kind: 'accepted' };
  if (status >= 200 && status < 300) {
    return { kind: 'credited', milesAmount: reading.milesAmount, balanceMiles: reading.balanceMiles };
  }
  if (status === 401) return { kind: 'held', reason: 'token-refused', detail: describe(answer) };
  if (status === 403) return { kind: 'held', reason: 'client-not-allowed', detail: describe(answer) };
  if (status === 407) return unknown('proxy-refused');
  if (status === 429) return unknown('rate-limited');
  if (status === 503) return unknown('maintenance');
  if (status >= 500 || status < 200 || [404, 405, 408, 409, 425].includes(status))
    return unknown('airmiles-failing');
  if (status >= 300 && status < 400) return unknown('airmiles-failing');
  return { kind: 'refused', detail: describe(answer) };
}

/** The word under which an attempt is kept. */
export function codeOf(verdict: Verdict): Outcome | OutcomeReason {
  switch (verdict.kind) {
    case 'credited':
    case 'accepted':
      return verdict.kind;
    case 'refused':
      return 'rejected';
    case 'unknown':
    case 'held':
      return verdict.reason;
    default:
      return assertNever(verdict);
  }
}

const connectionFaults: ReadonlySet<OutcomeReason> = new Set<OutcomeReason>([
  'no-network',
  'dns',
  'connection-refused',
  'connection-lost',
  'tls-untrusted',
  'tls-expired',
  'proxy-refused',
  'timeout',
]);

/** Whether a reason speaks of the way to AIR MILES, not of one transaction: only these open the circuit breaker. */
export function isConnectionFault(reason: OutcomeReason): boolean {
  return connectionFaults.has(reason);
}
