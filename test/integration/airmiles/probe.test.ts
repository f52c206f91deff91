import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { expect, onTestFinished, test } from 'vitest';
import { createServerProbe } from '../../../main/airmiles/probe.ts';

const keys = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

/** A server whose certificate an authority of its own vouches for, as a filter in a store's network has one. */
async function startVouchedServer() {
  const root = await generate([{ name: 'commonName', value: 'Store filter root' }], {
    ...keys,
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const own = await generate([{ name: 'commonName', value: 'Issuance' }], {
    ...keys,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
    ca: { key: root.private, cert: root.cert },
  });
  const server = createServer({ key: own.private, cert: `${own.cert}\n${root.cert}` }, (_, response) =>
    response.end(),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `https://127.0.0.1:${port}`, rootPem: root.cert };
}

test('a look at the server tells the chain of certificates up to its root, and who issued the first', async () => {
  const { baseUrl, rootPem } = await startVouchedServer();
  const probe = createServerProbe({ baseUrl, trust: { kind: 'pinned', caPem: rootPem } });
  const { chain, issuer, failure } = await probe(new AbortController().signal);
  expect(failure).toBeUndefined();
  expect(chain).toEqual(['Issuance', 'Store filter root']);
  expect(issuer).toBe('Store filter root');
});
