import type { Finding } from '../../../shared/contract/doctor.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { Answer, NetworkFailure } from '../../airmiles/client.ts';
import type { ServerFindings } from '../../airmiles/probe.ts';
import { fault, notChecked, warning, well } from './finding.ts';

type Stage = 'proxy' | 'dns' | 'tcp' | 'tls' | 'answer';

const stages = ['proxy', 'dns', 'tcp', 'tls'] as const;

/** At which stage of the way a failure stopped it. */
function stageOf(failure: NetworkFailure): Stage {
  switch (failure.kind) {
    case 'proxy-refused':
      return 'proxy';
    case 'dns':
      return 'dns';
    case 'no-network':
    case 'connection-refused':
    case 'connection-lost':
    case 'timeout':
      return 'tcp';
    case 'tls-untrusted':
    case 'tls-expired':
    case 'client-not-allowed':
      return 'tls';
    case 'token-refused':
    case 'rate-limited':
    case 'maintenance':
    case 'airmiles-failing':
    case 'answer-unreadable':
      return 'answer';
    default:
      return assertNever(failure);
  }
}

/** `DEPTH_ZERO_SELF_SIGNED_CERT`, `ENOTFOUND`: the operating system's or TLS' own word, for support. */
function factsOf(failure: NetworkFailure, seen: ServerFindings): Record<string, string> {
  const issuer = 'issuer' in failure && failure.issuer !== undefined ? failure.issuer : (seen.issuer ?? '');
  const code = 'code' in failure && failure.code !== undefined ? failure.code : failure.kind;
  return { host: seen.host, port: String(seen.port), proxy: seen.proxy ?? '', issuer, code };
}

/** The way to the server, stage by stage: the one it stopped at is the fault, what comes after was not reached. */
export function checkWay(seen: ServerFindings): Finding[] {
  const facts = {
    host: seen.host,
    port: seen.port,
    proxy: seen.proxy ?? '',
    addresses: seen.addresses.join(', '),
    issuer: seen.issuer ?? '',
    chain: seen.chain.join(' ← '),
    until: seen.validUntil?.slice(0, 10) ?? '',
    version: seen.tlsVersion ?? '',
  };
  const stopped = seen.failure === undefined ? 'answer' : stageOf(seen.failure);
  const stoppedAt = stopped === 'answer' ? stages.length : stages.indexOf(stopped);
  return stages.map((stage, index): Finding => {
    if (index > stoppedAt) return notChecked(stage, 'not-reached');
    if (index === stoppedAt && seen.failure !== undefined) {
      return fault(stage, seen.failure.kind, factsOf(seen.failure, seen));
    }
    if (stage === 'proxy') return well('proxy', seen.proxy === undefined ? 'none' : 'well', facts);
    if (stage === 'dns' && seen.addresses.length === 0) return well('dns', 'by-proxy', facts);
    return well(stage, 'well', facts);
  });
}

const DRIFT_WARNED_MS = 60_000;
const DRIFT_FAULT_MS = 120_000;

/** This terminal's clock against the server's. */
export function checkClock(serverDateMs: number | undefined, nowMs: number): Finding {
  if (serverDateMs === undefined) return notChecked('clock', 'not-reached');
  const aheadMs = nowMs - serverDateMs;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const code = aheadMs > 0 ? 'ahead' : 'behind';
  if (Math.abs(aheadMs) > DRIFT_FAULT_MS) return fault('clock', code, { seconds });
  return Math.abs(aheadMs) > DRIFT_WARNED_MS
    ? warning('clock', code, { seconds })
    : well('clock', 'well', { seconds });
}

/** What one call with a token says about the token and about the API. */
export function checkCall(answer: Answer | undefined, isWayOpen: boolean): Finding[] {
  if (!isWayOpen || answer === undefined) {
    return [notChecked('token', 'not-reached'), notChecked('api', 'not-reached')];
  }
  if (answer.kind === 'unanswered') {
    const { failure } = answer;
    if (failure.kind === 'token-refused') {
      const code = failure.code ?? `HTTP ${failure.status ?? ''}`;
      return [fault('token', 'token-refused', { code }), notChecked('api', 'not-reached')];
    }
    return [well('token', 'well'), fault('api', 'failing', { code: failure.kind })];
  }
  const { status, elapsedMs } = answer;
  if (status === 401) return [fault('token', 'not-accepted', { status }), notChecked('api', 'not-reached')];
  if (status === 403) return [well('token', 'well'), fault('api', 'client-not-allowed', { status })];
  if (status >= 500) return [well('token', 'well'), fault('api', 'failing', { code: `HTTP ${status}` })];
  return [well('token', 'well'), well('api', 'well', { status, elapsed: elapsedMs })];
}
