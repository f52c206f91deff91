import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Proxy } from '../../../main/airmiles/proxy.ts';
import { createCertificate } from '../../../main/simulator/certificate.ts';
import { createProxyServer } from './proxy-server.ts';
import { clientOf, createRig, saleOf } from './rig.ts';
import { listen } from './scripted.ts';
import { unusedPort } from './unused-port.ts';

const proxyAt = (address: string, authorization?: string) => (): Proxy => ({
  url: new URL(address),
  authorization,
});

describe('through a proxy', () => {
  test('a sale goes in a tunnel to the far end, and certificates are still checked there', async () => {
    const rig = await createRig();
    const proxy = await createProxyServer({ status: 200 });
    const chooseProxy = proxyAt(`http://${proxy.name}`, 'Basic dGlsbDpzZWNyZXQ=');
    const client = clientOf(rig.simulator, { chooseProxy });
    expect(await client.send(saleOf(rig.collector))).toMatchObject({ status: 200 });
    const target = rig.simulator.url.replace('https://', '');
    const tunnels = proxy.asked.length;
    expect(proxy.asked[0]).toEqual({ target, authorization: 'Basic dGlsbDpzZWNyZXQ=' });
    expect(await client.send(saleOf(rig.collector))).toMatchObject({ status: 200 });
    expect(proxy.asked, 'the second sale uses a connection that is there').toHaveLength(tunnels);

    const doubting = clientOf(rig.simulator, { chooseProxy, trust: { kind: 'system' } });
    expect(await doubting.send(saleOf(rig.collector))).toMatchObject({
      failure: { kind: 'tls-untrusted', issuer: 'Milepost simulator' },
      mayHaveArrived: false,
    });
  });

  test('that speaks TLS itself, with a certificate that is believed', async () => {
    const certificate = await createCertificate();
    const rig = await createRig({ certificate });
    const proxy = await createProxyServer({ status: 200, certificate });
    const client = clientOf(rig.simulator, { chooseProxy: proxyAt(`https://${proxy.name}`) });
    expect(await client.send(saleOf(rig.collector))).toMatchObject({ status: 200 });

    const stranger = await createProxyServer({ status: 200, certificate: await createCertificate() });
    const doubting = clientOf(rig.simulator, { chooseProxy: proxyAt(`https://${stranger.name}`) });
    expect(await doubting.send(saleOf(rig.collector))).toMatchObject({
      failure: { kind: 'proxy-refused', proxy: stranger.name },
    });
    expect(stranger.asked).toEqual([]);
  });

  test.each([407, 403, 502])(
    'that answers %i is named, with its answer, and nothing left',
    async (status) => {
      const rig = await createRig();
      const proxy = await createProxyServer({ status });
      const client = clientOf(rig.simulator, { chooseProxy: proxyAt(`http://${proxy.name}`) });
      expect(await client.send(saleOf(rig.collector))).toMatchObject({
        kind: 'unanswered',
        failure: { kind: 'proxy-refused', proxy: proxy.name, code: `HTTP ${status}` },
        mayHaveArrived: false,
      });
      expect(rig.simulator.ledger().stats).toMatchObject({ requests: 0, tokensIssued: 0 });
    },
  );

  test('that is not there is named', async () => {
    const rig = await createRig();
    const name = `127.0.0.1:${await unusedPort()}`;
    const client = clientOf(rig.simulator, { chooseProxy: proxyAt(`http://${name}`) });
    expect(await client.send(saleOf(rig.collector))).toMatchObject({
      failure: { kind: 'proxy-refused', proxy: name, code: 'ECONNREFUSED' },
      mayHaveArrived: false,
    });
  });

  test('whose name does not exist is named, unless there is no network at all', async () => {
    const rig = await createRig();
    const sendWith = (hasNetwork: boolean) =>
      clientOf(rig.simulator, {
        chooseProxy: proxyAt('http://no-such-proxy.invalid:3128'),
        hasNetwork: () => hasNetwork,
      }).send(saleOf(rig.collector));
    expect(await sendWith(true)).toMatchObject({
      failure: { kind: 'proxy-refused', proxy: 'no-such-proxy.invalid:3128' },
    });
    expect(await sendWith(false)).toMatchObject({ failure: { kind: 'no-network' } });
  });

  test('that takes the question and never answers is a timeout', async () => {
    const rig = await createRig();
    const proxy = await createProxyServer({});
    const client = clientOf(rig.simulator, {
      chooseProxy: proxyAt(`http://${proxy.name}`),
      connectTimeoutMs: 150,
    });
    expect(await client.send(saleOf(rig.collector))).toMatchObject({
      failure: { kind: 'timeout' },
      mayHaveArrived: false,
    });
  });

  test('that breaks in the middle of a sale leaves it open whether that arrived', async () => {
    const rig = await createRig();
    const proxy = await createProxyServer({ status: 200 });
    const client = clientOf(rig.simulator, { chooseProxy: proxyAt(`http://${proxy.name}`) });
    await client.send(saleOf(rig.collector));
    rig.simulator.setFaults({ next: ['hang'] });
    const sending = client.send(saleOf(rig.collector));
    await expect.poll(rig.credits).toHaveLength(2);
    proxy.resetTunnels();
    expect(await sending).toMatchObject({ failure: { kind: 'connection-lost' }, mayHaveArrived: true });
    expect(await client.send(saleOf(rig.collector))).toMatchObject({ status: 200 });
  });

  test('that breaks in the middle of a handshake is a lost connection, and nothing left', async () => {
    const rig = await createRig();
    const silent = await listen(createServer());
    const proxy = await createProxyServer({ status: 200, leadsTo: silent });
    const client = clientOf(rig.simulator, { chooseProxy: proxyAt(`http://${proxy.name}`) });
    const sending = client.send(saleOf(rig.collector));
    await expect.poll(() => proxy.begunHandshakes()).toBe(1);
    proxy.resetTunnels();
    expect(await sending).toMatchObject({ failure: { kind: 'connection-lost' }, mayHaveArrived: false });
  });

  test('that speaks no HTTP is refused', async () => {
    const rig = await createRig();
    const port = await listen(createServer((socket) => socket.end('220 mail.example ESMTP\r\n')));
    const client = clientOf(rig.simulator, { chooseProxy: proxyAt(`http://127.0.0.1:${port}`) });
    expect(await client.send(saleOf(rig.collector))).toMatchObject({ failure: { kind: 'proxy-refused' } });
  });
});
