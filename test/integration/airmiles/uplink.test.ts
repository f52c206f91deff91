import { generate } from 'selfsigned';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../../main/diagnostics/log.ts';
import { Settings } from '../../../main/settings/schema.ts';
import { createSimulator } from '../../../main/simulator/simulator.ts';
import { connectToIssuance, type UplinkOptions } from '../../../main/uplink.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { createProxyServer } from './proxy-server.ts';
import { saleOf } from './rig.ts';
import { someSecrets } from './some-secrets.ts';
import { createRecording } from './scripted.ts';

const collector = makeCollectorNumber(() => 0.5);

/** A certificate for a name, signing itself, good for a server and for a client. */
async function certificateFor(name: string) {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  });
  return { certificatePem: made.cert, privateKeyPem: made.private };
}

async function connect(
  settings: object,
  options: Partial<UplinkOptions> & { readonly files?: Readonly<Record<string, string>> } = {},
) {
  const lines: string[] = [];
  const { files = {}, ...rest } = options;
  const uplink = await connectToIssuance({
    settings: Settings.parse(settings),
    secrets: someSecrets(),
    readCaFile: (file) => {
      const text = files[file];
      if (text === undefined) throw new Error(`ENOENT: ${file}`);
      return text;
    },
    log: createLog({ write: (line: string) => lines.push(line) }),
    ...rest,
  });
  if (uplink.kind === 'connected') onTestFinished(() => uplink.close());
  return { uplink, lines };
}

const gatewaySettings = (airmiles: object) => ({
  environment: 'certification',
  airmiles: { baseUrl: 'https://gateway.example/miles', ...airmiles },
});

test('everything a partner’s network can ask for at once: a proxy with a password, a CA file, a client certificate, a key and headers', async () => {
  const [server, till] = [await certificateFor('gateway.example'), await certificateFor('till-7')];
  const gateway = await createRecording(
    { requestCert: true, rejectUnauthorized: true, ca: till.certificatePem },
    server,
  );
  const proxy = await createProxyServer({ status: 200, leadsTo: gateway.port });
  const { uplink, lines } = await connect(
    gatewaySettings({
      access: 'api-key',
      headers: { 'X-Store': '0037' },
      caFile: 'ca.pem',
      clientCertificateFile: 'till.pem',
      clientKeyFile: 'till.key',
    }),
    {
      files: {
        'ca.pem': server.certificatePem,
        'till.pem': till.certificatePem,
        'till.key': till.privateKeyPem,
      },
      environmentVariables: { HTTPS_PROXY: `http://${proxy.name}` },
      secrets: someSecrets({
        'proxy-credentials': 'till:proxy-password',
        'api-key': 'the-key-of-this-test',
      }),
    },
  );
  if (uplink.kind === 'refused') throw new Error(uplink.message);
  const answer = await uplink.client.send(saleOf(collector), new AbortController().signal);
  expect(answer).toMatchObject({ status: 200 });
  expect(proxy.asked[0]).toEqual({
    target: 'gateway.example:443',
    authorization: `Basic ${Buffer.from('till:proxy-password').toString('base64')}`,
  });
  expect(gateway.seen).toMatchObject([
    {
      path: '/miles/checkout/issuance/issue',
      headers: { 'x-api-key': 'the-key-of-this-test', 'x-store': '0037' },
    },
  ]);
  const written = `${lines.join('')}${JSON.stringify(answer)}`;
  for (const secret of ['the-key-of-this-test', 'proxy-password', 'dGlsbDpw']) {
    expect(written).not.toContain(secret);
  }
});

test('a proxy that wants a password is named where none was given', async () => {
  const proxy = await createProxyServer({ status: 407 });
  const { uplink } = await connect(gatewaySettings({ access: 'api-key', proxy: `http://${proxy.name}` }), {
    secrets: someSecrets({ 'api-key': 'k' }),
  });
  if (uplink.kind === 'refused') throw new Error(uplink.message);
  expect(await uplink.client.send(saleOf(collector), new AbortController().signal)).toMatchObject({
    failure: { kind: 'proxy-refused', proxy: proxy.name, code: 'HTTP 407' },
    mayHaveArrived: false,
  });
});

test('training goes to the simulator of this machine directly, whatever proxy there is', async () => {
  const simulator = await createSimulator();
  onTestFinished(() => simulator.stop());
  const { uplink } = await connect(
    {
      environment: 'training',
      airmiles: { baseUrl: simulator.url, clientId: simulator.clientId, caFile: 'ca.pem' },
    },
    {
      secrets: someSecrets({ 'client-secret': simulator.clientSecret }),
      files: { 'ca.pem': simulator.caPem },
      environmentVariables: { HTTPS_PROXY: 'http://no-such-proxy.invalid:1' },
    },
  );
  if (uplink.kind === 'refused') throw new Error(uplink.message);
  const [known = ''] = simulator.practiceCollectors;
  expect(await uplink.client.send(saleOf(known), new AbortController().signal)).toMatchObject({
    status: 200,
  });
});

describe('a terminal does not start', () => {
  const certificate = { clientCertificateFile: 'till.pem', clientKeyFile: 'till.key' };
  test.each<[string, string, object, object]>([
    ['in certification without a client id', 'no-credentials', { environment: 'certification' }, { secrets: someSecrets({ 'client-secret': 's' }) }],
    ['with a key of a gateway that nobody gave', 'no-credentials', gatewaySettings({ access: 'api-key' }), {}],
    ['with a client certificate that nobody gave', 'no-credentials', gatewaySettings({ access: 'client-certificate' }), {}],
    ['with half a client certificate', 'client-certificate-incomplete', gatewaySettings({ clientKeyFile: 'till.key' }), {}],
    ['with a certificate that is not there', 'pem-file-unreadable', gatewaySettings(certificate), {}],
    ['with a CA file that is not there', 'pem-file-unreadable', gatewaySettings({ caFile: 'ca.pem' }), {}],
    ['with a certificate that is none', 'client-certificate-unusable', gatewaySettings(certificate),
      { files: { 'till.pem': 'x', 'till.key': 'y' } }],
    ['with a proxy that is none', 'proxy-unusable', gatewaySettings({}), { environmentVariables: { HTTPS_PROXY: 'socks5://secret@p' } }],
    ['in production with a simulator', 'wrong-address',
      { environment: 'production', airmiles: { baseUrl: 'https://127.0.0.1:1' } }, {}],
    ['in training with anything else', 'wrong-address',
      { environment: 'training', airmiles: { baseUrl: 'https://gateway.example' } }, {}],
  ])('%s', async (_name, code, settings, options) => {
    const { uplink } = await connect(settings, options);
    expect(uplink).toMatchObject({ kind: 'refused', code });
    expect(JSON.stringify(uplink)).not.toContain('secret@');
  }); // prettier-ignore
});
