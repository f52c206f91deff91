import { createServer } from 'node:net';
import { createServer as createHttpsServer } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import { createIssuanceClient, type IssuanceClient } from '../../../main/airmiles/client.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { Settings } from '../../../main/settings/schema.ts';
import { createCertificate } from '../../../main/simulator/certificate.ts';
import type { FaultsInput } from '../../../main/simulator/faults.ts';
import { createSimulator } from '../../../main/simulator/simulator.ts';
import { connectToIssuance } from '../../../main/uplink.ts';
import { createWords } from '../../../renderer/app/words.ts';
import { detailText } from '../../../renderer/features/sales/outcome-text.ts';
import type { Sale } from '../../../shared/contract/views.ts';
import { languages } from '../../../shared/i18n/languages.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import type { OutcomeReason } from '../../../shared/domain/outcome.ts';
import { createProxyServer } from '../airmiles/proxy-server.ts';
import { someSecrets } from '../airmiles/some-secrets.ts';
import { listen } from '../airmiles/scripted.ts';
import { unusedPort } from '../airmiles/unused-port.ts';
import { openShop } from './shop.ts';

const DAY_MS = 86_400_000;
const log = createLog({ write: () => undefined });
const programme = Settings.parse({}).programme;

/** The client a terminal with these settings gets. */
async function uplinkOf(
  settings: object,
  given: { readonly caPem?: string; readonly secret?: string } = {},
): Promise<IssuanceClient> {
  const uplink = await connectToIssuance({
    settings: Settings.parse(settings),
    secrets: someSecrets({ 'client-secret': given.secret ?? 'the-secret-of-this-test' }),
    readCaFile: () => given.caPem ?? '',
    log,
  });
  if (uplink.kind === 'refused') throw new Error(uplink.message);
  onTestFinished(() => uplink.close());
  return uplink.client;
}

const certification = (airmiles: object) => ({
  environment: 'certification',
  airmiles: { clientId: 'till', tokenUrl: 'https://issuance.example/token', ...airmiles },
});

/** A server behind a name outside this machine, reached through a proxy as in a store that has one. */
async function throughProxy(leadsTo: number): Promise<IssuanceClient> {
  const proxy = await createProxyServer({ status: 200, leadsTo });
  return await uplinkOf(
    certification({ baseUrl: 'https://issuance.example', proxy: `http://${proxy.name}` }),
  );
}

async function serverShowing(nowMs?: number): Promise<{ port: number; caPem: string }> {
  const { certificatePem, privateKeyPem } = await createCertificate(nowMs);
  const server = createHttpsServer({ cert: certificatePem, key: privateKeyPem });
  return { port: await listen(server), caPem: certificatePem };
}

const training = (port: number, airmiles: object = {}) => ({
  environment: 'training',
  airmiles: { baseUrl: `https://127.0.0.1:${port}`, clientId: 'till', connectTimeoutMs: 300, ...airmiles },
});

async function simulatorWith(faults: FaultsInput, secret?: string): Promise<IssuanceClient> {
  const simulator = await createSimulator({ faults });
  onTestFinished(() => simulator.stop());
  const { url: baseUrl, clientId, clientSecret, caPem } = simulator;
  const settings = { environment: 'training', airmiles: { baseUrl, clientId, caFile: 'ca.pem' } };
  return await uplinkOf(settings, { caPem, secret: secret ?? clientSecret });
}

interface Failure {
  readonly way: string;
  readonly connect: () => Promise<IssuanceClient>;
  readonly reason: OutcomeReason;
  /** What stands beside the sentence, for whoever mends it. */
  readonly detail?: RegExp;
}

const failures: readonly Failure[] = [
  {
    way: 'a machine without a network',
    connect: async () => {
      const client = createIssuanceClient({
        baseUrl: 'https://no-such-host.invalid',
        trust: { kind: 'system' },
        hasNetwork: () => false,
        log,
      });
      onTestFinished(() => client.close());
      return client;
    },
    reason: 'no-network',
  },
  {
    way: 'a DNS name that does not exist',
    connect: () => uplinkOf(certification({ baseUrl: 'https://no-such-host.invalid', access: 'token',
      tokenUrl: 'https://no-such-host.invalid/token', proxy: 'none' })),
    reason: 'dns',
    detail: /no-such-host\.invalid/,
  },
  {
    way: 'a port where nobody listens',
    connect: async () => uplinkOf(training(await unusedPort())),
    reason: 'connection-refused',
  },
  {
    way: 'a certificate nobody vouches for',
    connect: async () => throughProxy((await serverShowing()).port),
    reason: 'tls-untrusted',
    detail: /Milepost simulator/,
  },
  {
    way: 'a certificate that expired',
    connect: async () => {
      const { port, caPem } = await serverShowing(Date.now() - 400 * DAY_MS);
      return await uplinkOf(training(port, { caFile: 'ca.pem' }), { caPem });
    },
    reason: 'tls-expired',
    detail: /Milepost simulator/,
  },
  {
    way: 'a proxy that answers 407',
    connect: async () => {
      const proxy = await createProxyServer({ status: 407 });
      return await uplinkOf(
        certification({ baseUrl: 'https://issuance.example', proxy: `http://${proxy.name}` }),
      );
    },
    reason: 'proxy-refused',
    detail: /^127\.0\.0\.1:\d+ · HTTP 407$/,
  },
  {
    way: 'a server that accepts and says nothing',
    connect: async () => uplinkOf(training(await listen(createServer()))),
    reason: 'timeout',
  },
  { way: 'a sale that is taken and never answered', connect: () => simulatorWith({ next: ['hang'] }), reason: 'timeout' },
  { way: 'a secret that is refused', connect: () => simulatorWith({}, 'another-secret'), reason: 'token-refused' },
  { way: 'a client that may not', connect: () => simulatorWith({ rates: { 403: 1 } }), reason: 'client-not-allowed', detail: /HTTP 403/ },
  { way: 'too many requests', connect: () => simulatorWith({ next: ['429'] }), reason: 'rate-limited', detail: /HTTP 429/ },
  { way: 'maintenance', connect: () => simulatorWith({ maintenance: true }), reason: 'maintenance', detail: /HTTP 503/ },
  { way: 'a failure over there', connect: () => simulatorWith({ next: ['500'] }), reason: 'airmiles-failing', detail: /HTTP 500/ },
  { way: 'an answer that is none', connect: () => simulatorWith({ next: ['garbage'] }), reason: 'answer-unreadable' },
]; // prettier-ignore

const told = new Map<string, string>();

test.each(failures)('a sale behind $way is stored, and says why', async ({ connect, reason, detail }) => {
  const shop = await openShop(await connect(), { requestTimeoutMs: 1000 });
  // Credentials that are refused hold the queue, and no sale pays for it with an attempt.
  const isHeld = (one: Sale): boolean => {
    const state = shop.connection.state();
    return state.kind === 'trouble' && state.isHeld && !one.isSending;
  };
  const seq = await shop.issue(makeCollectorNumber(Math.random));
  const sale = await shop.shown(seq, (one) => one.attempts === 1 || isHeld(one));
  expect(sale).toMatchObject({ outcome: 'stored', reason });
  if (detail !== undefined) expect(sale.reasonDetail).toMatch(detail);
  expect(shop.connection.state()).toMatchObject({ kind: 'trouble', reason });
  for (const language of languages) {
    const sentence = createWords(language, programme).text(detailText(sale));
    expect(sentence).toMatch(/^[A-ZÀ-Ý].*\.$/);
    // One sentence for one reason.
    expect(told.get(sentence) ?? reason).toBe(reason);
    told.set(sentence, reason);
  }
  expect((await shop.journal.row(seq)).state).toBe('due');
});
