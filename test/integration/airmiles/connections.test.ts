import { connect, createServer } from 'node:net';
import { generate } from 'selfsigned';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createIssuanceClient } from '../../../main/airmiles/client.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { createCertificate } from '../../../main/simulator/certificate.ts';
import { createSimulator } from '../../../main/simulator/simulator.ts';
import { clientOf, createRig, createWarmRig, saleOf } from './rig.ts';
import { createScripted, listen } from './scripted.ts';
import { unusedPort } from './unused-port.ts';

const DAY_MS = 86_400_000;

/** The rig's client, sent to another address. */
async function sendTo(url: string, options: Parameters<typeof clientOf>[1] = {}) {
  const rig = await createRig();
  const client = clientOf(rig.simulator, {
    baseUrl: url,
    credentials: {
      tokenUrl: `${url}/oauth/token`,
      clientId: 'till',
      clientSecret: () => Promise.resolve('secret'),
    },
    ...options,
  });
  return await client.send(saleOf(rig.collector, { totalTimeoutMs: 2000 }));
}

describe('a way that leads nowhere', () => {
  test('is DNS when the name does not exist', async () => {
    expect(await sendTo('https://no-such-host.invalid', { hasNetwork: () => true })).toMatchObject({
      kind: 'unanswered',
      failure: { kind: 'dns', host: 'no-such-host.invalid' },
      mayHaveArrived: false,
    });
  });

  test('is no network when the name does not exist and this machine has no address', async () => {
    expect(await sendTo('https://no-such-host.invalid', { hasNetwork: () => false })).toMatchObject({
      failure: { kind: 'no-network' },
      mayHaveArrived: false,
    });
  });

  test('is refused when nobody listens', async () => {
    expect(await sendTo(`https://127.0.0.1:${await unusedPort()}`)).toMatchObject({
      failure: { kind: 'connection-refused' },
      mayHaveArrived: false,
    });
  });

  test('is a timeout when somebody listens and says nothing', async () => {
    const port = await listen(createServer());
    expect(await sendTo(`https://127.0.0.1:${port}`, { connectTimeoutMs: 100 })).toMatchObject({
      failure: { kind: 'timeout' },
      mayHaveArrived: false,
    });
  });

  test('is lost when the other side hangs up during the handshake', async () => {
    const port = await listen(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
    expect(await sendTo(`https://127.0.0.1:${port}`)).toMatchObject({
      failure: { kind: 'connection-lost' },
      mayHaveArrived: false,
    });
  });

  test('is untrusted when the other side does not speak TLS', async () => {
    const port = await listen(
      createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
    );
    expect(await sendTo(`https://127.0.0.1:${port}`)).toMatchObject({
      failure: { kind: 'tls-untrusted', issuer: undefined },
      mayHaveArrived: false,
    });
  });
});

describe('a certificate', () => {
  test('nobody vouches for is refused, and its issuer named', async () => {
    const rig = await createRig();
    const client = clientOf(rig.simulator, { trust: { kind: 'system' } });
    expect(await client.send(saleOf(rig.collector))).toMatchObject({
      failure: { kind: 'tls-untrusted', issuer: 'Milepost simulator' },
      mayHaveArrived: false,
    });
    expect(rig.simulator.ledger().stats).toMatchObject({ requests: 0, tokensIssued: 0 });
  });

  test('another than the pinned one is refused', async () => {
    const { certificatePem } = await createCertificate();
    const rig = await createRig();
    const client = clientOf(rig.simulator, { trust: { kind: 'pinned', caPem: certificatePem } });
    expect(await client.send(saleOf(rig.collector))).toMatchObject({ failure: { kind: 'tls-untrusted' } });
  });

  test('of a CA file is believed beside those of the operating system', async () => {
    const rig = await createRig();
    const client = clientOf(rig.simulator, { trust: { kind: 'system', caPem: rig.simulator.caPem } });
    expect(await client.send(saleOf(rig.collector))).toMatchObject({ status: 200 });
  });

  test('that expired says so', async () => {
    const rig = await createRig({ certificate: await createCertificate(Date.now() - 400 * DAY_MS) });
    expect(await rig.client.send(saleOf(rig.collector))).toMatchObject({
      failure: { kind: 'tls-expired', issuer: 'Milepost simulator' },
      mayHaveArrived: false,
    });
  });

  test('made out to another name is refused', async () => {
    const made = await generate([{ name: 'commonName', value: 'Somebody else' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'elsewhere.example' }] }],
    });
    const rig = await createRig({ certificate: { certificatePem: made.cert, privateKeyPem: made.private } });
    expect(await rig.client.send(saleOf(rig.collector))).toMatchObject({
      failure: { kind: 'tls-untrusted', issuer: 'Somebody else', code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      mayHaveArrived: false,
    });
  });
});

describe('without TLS', () => {
  test.each(['http://127.0.0.1:9', 'http://airmilesapis.example', 'not a url', 'ftp://127.0.0.1'])(
    'no client is made for %s',
    (baseUrl) => {
      const make = (api: string, token: string) => () =>
        createIssuanceClient({
          baseUrl: api,
          credentials: { tokenUrl: token, clientId: 'till', clientSecret: () => Promise.resolve('') },
          trust: { kind: 'system' },
          log: createLog({ write: () => undefined }),
        });
      expect(make(baseUrl, 'https://127.0.0.1:9/oauth/token')).toThrow(/https/);
      expect(make('https://127.0.0.1:9', baseUrl)).toThrow(/https/);
    },
  );
});

describe('time', () => {
  test('that runs out before the answer leaves it open whether the sale arrived', async () => {
    const rig = await createWarmRig({ next: ['hang'] });
    const sale = saleOf(rig.collector, { totalTimeoutMs: 1000 });
    expect(await rig.client.send(sale)).toMatchObject({ failure: { kind: 'timeout' }, mayHaveArrived: true });
    expect(rig.credits()).toHaveLength(1);
  });

  test('that runs out in the middle of the answer leaves it open too', async () => {
    const rig = await createWarmRig({ next: ['slow'], slowMs: 60_000 });
    const sale = saleOf(rig.collector, { totalTimeoutMs: 500 });
    expect(await rig.client.send(sale)).toMatchObject({ kind: 'unanswered', mayHaveArrived: true });
  });

  test('that runs out while connecting means that nothing left, and nothing leaves later', async () => {
    const rig = await createRig();
    await rig.client.send(saleOf(rig.collector));
    const gate = Promise.withResolvers<void>();
    const target = Number(new URL(rig.simulator.url).port);
    const relay = await listen(
      createServer((socket) => {
        socket.on('error', () => socket.destroy());
        void gate.promise.then(() => {
          const onward = connect(target, '127.0.0.1');
          onward.on('error', () => onward.destroy());
          return socket.pipe(onward).pipe(socket);
        });
      }),
    );
    // The token comes by the open way, the sale has to wait at the gate.
    const client = clientOf(rig.simulator, { baseUrl: `https://127.0.0.1:${relay}` });
    const impatient = await client.send(saleOf(rig.collector, { totalTimeoutMs: 500 }));
    expect(impatient).toMatchObject({ failure: { kind: 'timeout' }, mayHaveArrived: false });
    gate.resolve();
    expect(await client.send(saleOf(rig.other))).toMatchObject({ status: 200 });
    expect(rig.credits().map(({ collectorNumber }) => collectorNumber)).toEqual([rig.collector, rig.other]);
  });

  test('is up at once when the caller stops waiting', async () => {
    const rig = await createRig({ faults: { latencyMs: 60_000 } });
    const caller = new AbortController();
    const sending = rig.client.send(saleOf(rig.collector, { totalTimeoutMs: 60_000 }), caller.signal);
    caller.abort();
    expect(await sending).toMatchObject({ kind: 'unanswered', failure: { kind: 'timeout' } });
    expect(await rig.client.send(saleOf(rig.collector), caller.signal)).toMatchObject({
      mayHaveArrived: false,
    });
  });
});

describe('an answer out of the ordinary', () => {
  test('a redirect is an answer and is not followed', async () => {
    const paths: string[] = [];
    const scripted = await createScripted((path) => {
      paths.push(path);
      return { status: 307, headers: { location: '/elsewhere' }, body: '' };
    });
    expect(await sendTo(scripted.baseUrl, { trust: scripted.trust })).toMatchObject({
      kind: 'answered',
      status: 307,
    });
    expect(paths).toEqual(['/checkout/issuance/issue']);
  });

  test('a gateway’s prefix stands before the documented path', async () => {
    const paths: string[] = [];
    const scripted = await createScripted((path) => {
      paths.push(path);
      return { status: 200, headers: {}, body: '' };
    });
    const { collector } = await createRig();
    const simulator = await createSimulator();
    onTestFinished(() => simulator.stop());
    const client = clientOf(simulator, {
      baseUrl: `${scripted.baseUrl}/gateway/v2/`,
      trust: scripted.trust,
      credentials: {
        tokenUrl: `${scripted.baseUrl}/oauth/token`,
        clientId: 'till',
        clientSecret: () => Promise.resolve('secret'),
      },
    });
    expect(await client.send(saleOf(collector))).toMatchObject({ status: 200 });
    expect(paths).toEqual(['/gateway/v2/checkout/issuance/issue']);
  });

  test('a page with a status of failure is decided by its status', async () => {
    const scripted = await createScripted(() => ({ status: 502, headers: {}, body: '<h1>Bad Gateway' }));
    expect(await sendTo(scripted.baseUrl, { trust: scripted.trust })).toMatchObject({
      status: 502,
      reading: { body: 'unreadable' },
    });
  });

  test('64 KB are kept of a long answer that was read whole', async () => {
    const body = JSON.stringify({ filler: 'x'.repeat(200_000), milesAmount: 3 });
    const scripted = await createScripted(() => ({ status: 200, headers: {}, body }));
    const answer = await sendTo(scripted.baseUrl, { trust: scripted.trust });
    expect(answer).toMatchObject({ status: 200, reading: { milesAmount: 3 } });
    expect(answer.kind === 'answered' && answer.body.length).toBe(64 * 1024);
  });

  test('an answer without an end is unreadable', async () => {
    const scripted = await createScripted(() => ({
      status: 200,
      headers: {},
      body: ' '.repeat(2 * 1024 * 1024),
    }));
    expect(await sendTo(scripted.baseUrl, { trust: scripted.trust })).toMatchObject({
      failure: { kind: 'answer-unreadable' },
      mayHaveArrived: true,
    });
  });
});
