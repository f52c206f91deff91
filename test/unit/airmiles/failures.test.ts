import { describe, expect, test } from 'vitest';
import { codeOf, connectFailure, type ConnectStage } from '../../../main/airmiles/failures.ts';
import { outcomeReasons } from '../../../shared/domain/outcome.ts';

const errorWith = (code: string): Error => Object.assign(new Error('made for a test'), { code });

const understand = (error: unknown, stage: ConnectStage, hasNetwork = true) =>
  connectFailure(error, {
    host: 'api.example',
    stage,
    issuer: 'Inspector',
    hasNetwork,
    proxy: 'proxy.example:8080',
  });

describe('a connection that could not be opened', () => {
  test.each([
    ['ENOTFOUND', 'tcp', 'dns'],
    ['EAI_AGAIN', 'tcp', 'dns'],
    ['ECONNREFUSED', 'tcp', 'connection-refused'],
    ['ENETUNREACH', 'tcp', 'no-network'],
    ['EHOSTUNREACH', 'tcp', 'no-network'],
    ['ETIMEDOUT', 'tcp', 'timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'tls', 'timeout'],
    ['ECONNRESET', 'tcp', 'connection-lost'],
    ['ECONNRESET', 'tls', 'connection-lost'],
    ['CERT_HAS_EXPIRED', 'tls', 'tls-expired'],
    ['CERT_NOT_YET_VALID', 'tls', 'tls-expired'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', 'tls-untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', 'tls-untrusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'tls-untrusted'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'tls-untrusted'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls', 'client-not-allowed'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'tls', 'client-not-allowed'],
    ['HTTP 407', 'proxy', 'proxy-refused'],
    ['ECONNREFUSED', 'proxy', 'proxy-refused'],
    ['ENOTFOUND', 'proxy', 'proxy-refused'],
    ['ETIMEDOUT', 'proxy', 'proxy-refused'],
    ['CERT_HAS_EXPIRED', 'proxy', 'proxy-refused'],
    ['ENETUNREACH', 'proxy', 'no-network'],
  ] as const)('%s during %s is %s', (code, stage, kind) => {
    expect(understand(errorWith(code), stage).kind).toBe(kind);
    expect(outcomeReasons).toContain(kind);
  });

  test('a name that is not found is no network when the machine has no address', () => {
    expect(understand(errorWith('ENOTFOUND'), 'tcp', false)).toEqual({
      kind: 'no-network',
      code: 'ENOTFOUND',
    });
  });

  test('an untrusted certificate names who signed it', () => {
    expect(understand(errorWith('SELF_SIGNED_CERT_IN_CHAIN'), 'tls')).toMatchObject({ issuer: 'Inspector' });
  });

  test('all addresses of a name failing is read from the first', () => {
    const attempts = new AggregateError([errorWith('ECONNREFUSED'), errorWith('ENETUNREACH')]);
    expect(codeOf(attempts)).toBe('ECONNREFUSED');
    expect(understand(attempts, 'tcp')).toEqual({ kind: 'connection-refused' });
  });
});
