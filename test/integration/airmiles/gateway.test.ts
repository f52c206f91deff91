import { randomUUID } from 'node:crypto';
import { generate } from 'selfsigned';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createIssuanceClient, type IssuanceClientOptions } from '../../../main/airmiles/client.ts';
import { isUsableClientCertificate } from '../../../main/airmiles/trust.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { saleOf } from './rig.ts';
import { createRecording } from './scripted.ts';

const collector = makeCollectorNumber(() => 0.5);

type Gateway = Awaited<ReturnType<typeof createRecording>>;

function clientFor(gateway: Gateway, options: Partial<IssuanceClientOptions> = {}) {
  const lines: string[] = [];
  const client = createIssuanceClient({
    baseUrl: `${gateway.baseUrl}/miles/v1`,
    trust: gateway.trust,
    log: createLog({ write: (line: string) => lines.push(line) }),
    ...options,
  });
  onTestFinished(() => client.close());
  return { lines, send: () => client.send(saleOf(collector), new AbortController().signal) };
}

/** A certificate and key a client shows; it signs itself, so that a server knows it by itself. */
async function createClientCertificate() {
  const made = await generate([{ name: 'commonName', value: 'Till 7' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'extKeyUsage', clientAuth: true }],
  });
  return { certificatePem: made.cert, privateKeyPem: made.private };
}

const credentialsFor = (origin: string) => ({
  tokenUrl: `${origin}/oauth/token`,
  clientId: 'till',
  clientSecret: () => Promise.resolve('secret'),
});

describe('a gateway', () => {
  test('gets its key and its headers, and no token is asked for', async () => {
    const gateway = await createRecording();
    const client = clientFor(gateway, {
      apiKey: { header: 'X-Api-Key', key: () => Promise.resolve('the-key') },
      headers: { 'X-Store': '0037', 'X-Lane': '2' },
    });
    expect(await client.send()).toMatchObject({ status: 200 });
    expect(gateway.seen).toMatchObject([
      {
        path: '/miles/v1/checkout/issuance/issue',
        headers: {
          'x-api-key': 'the-key',
          'x-store': '0037',
          'x-lane': '2',
          'content-type': 'application/json',
        },
      },
    ]);
    expect(gateway.seen[0]?.headers.authorization).toBeUndefined();
    expect(client.lines.join('')).not.toContain('the-key');
  });

  test('gets them with the request for a token, too, where that goes through it', async () => {
    const gateway = await createRecording();
    const headers = { 'X-Store': '0037' };
    await clientFor(gateway, { headers, credentials: credentialsFor(gateway.baseUrl) }).send();
    expect(gateway.seen).toMatchObject([
      { path: '/oauth/token', headers: { 'x-store': '0037' } },
      { headers: { 'x-store': '0037', authorization: 'Bearer recorded-token' } },
    ]);
  });

  test('is the only one who gets them', async () => {
    const gateway = await createRecording();
    const elsewhere = await createRecording({}, gateway.certificate);
    const client = clientFor(gateway, {
      headers: { 'X-Store': '0037' },
      apiKey: { header: 'x-api-key', key: () => Promise.resolve('the-key') },
      credentials: credentialsFor(elsewhere.baseUrl),
    });
    expect(await client.send()).toMatchObject({ status: 200 });
    expect(elsewhere.seen).toHaveLength(1);
    expect(elsewhere.seen[0]?.headers).not.toHaveProperty('x-store');
    expect(elsewhere.seen[0]?.headers).not.toHaveProperty('x-api-key');
  });

  test('whose key can not be had: nothing left, and the words of the store stay there', async () => {
    const gateway = await createRecording();
    const key = () => Promise.reject(new Error('could not unwrap the-key'));
    const client = clientFor(gateway, { apiKey: { header: 'x-api-key', key } });
    expect(await client.send()).toMatchObject({
      failure: { kind: 'token-refused', code: 'secret-unavailable' },
      mayHaveArrived: false,
    });
    expect(gateway.seen).toEqual([]);
    expect(client.lines.join('')).not.toContain('the-key');
  });

  test.each(['Authorization', 'idempotency-key', 'HOST', 'Content-Length'])(
    'can not be given %s as a header of its own',
    async (name) => {
      const gateway = await createRecording();
      expect(() => clientFor(gateway, { headers: { [name]: 'x' } })).toThrow(name);
      const apiKey = { header: name, key: () => Promise.resolve('x') };
      expect(() => clientFor(gateway, { apiKey })).toThrow(name);
    },
  );
});

describe('a gateway that wants a client certificate', () => {
  test('lets in the one it knows', async () => {
    const known = await createClientCertificate();
    const gateway = await createRecording({
      requestCert: true,
      rejectUnauthorized: true,
      ca: known.certificatePem,
    });
    expect(await clientFor(gateway, { clientCertificate: known }).send()).toMatchObject({ status: 200 });
    expect(gateway.seen[0]?.headers.authorization).toBeUndefined();
  });

  test.each([
    // Said after the handshake, when the request is on its way: nothing proves that it was not read.
    ['TLSv1.3', { failure: { kind: 'client-not-allowed' }, mayHaveArrived: true }],
    // Said during the handshake, and no more than that it failed.
    ['TLSv1.2', { failure: { kind: 'tls-untrusted' }, mayHaveArrived: false }],
  ] as const)('refuses a client that shows none (%s)', async (version, expected) => {
    const known = await createClientCertificate();
    const gateway = await createRecording({
      requestCert: true,
      rejectUnauthorized: true,
      ca: known.certificatePem,
      minVersion: version,
      maxVersion: version,
    });
    expect(await clientFor(gateway).send()).toMatchObject({ kind: 'unanswered', ...expected });
    expect(gateway.seen).toEqual([]);
  });

  test('is told from a certificate and a key that can not be used', async () => {
    const [one, other] = [await createClientCertificate(), await createClientCertificate()];
    expect(isUsableClientCertificate(one)).toBe(true);
    expect(isUsableClientCertificate({ ...one, privateKeyPem: other.privateKeyPem })).toBe(false);
    expect(isUsableClientCertificate({ ...one, certificatePem: 'nothing' })).toBe(false);
    expect(isUsableClientCertificate({ ...one, privateKeyPem: randomUUID() })).toBe(false);
  });
});
