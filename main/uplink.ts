import type { Log } from './diagnostics/log.ts';
import { createIssuanceClient, type PartnerClient } from './airmiles/client.ts';
import { readAccess, readPemFiles, refused } from './airmiles/from-settings.ts';
import { createServerProbe, type ServerProbe } from './airmiles/probe.ts';
import { chooseProxy } from './airmiles/proxy.ts';
import type { Trust } from './airmiles/trust.ts';
import environments from './settings/environments.json' with { type: 'json' };
import type { Secrets } from './secrets/secrets.ts';
import type { Settings } from './settings/schema.ts';
import { createSimulator, type Simulator } from './simulator/simulator.ts';

export type Uplink =
  | {
      readonly kind: 'connected';
      readonly client: PartnerClient;
      /** Looks at the way there stage by stage, for doctor. Sends nothing that counts. */
      readonly probe: ServerProbe;
      /** Collectors of the built-in simulator; none elsewhere. */
      readonly practiceCollectors: readonly string[];
      /** The built-in one, for drills. */
      readonly simulator?: Simulator;
      close(): Promise<void>;
    }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export interface UplinkOptions {
  readonly settings: Settings;
  readonly secrets: Pick<Secrets, 'candidates'>;
  /** Reads a PEM file that the settings name. */
  readonly readCaFile: (file: string) => string;
  /** For the proxy. */
  readonly environmentVariables?: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

const isLoopback = (address: string): boolean => loopback.has(new URL(address).hostname);

/**
 * The way to AIR MILES that the settings ask for: in training the simulator inside the terminal, or one of one's own on
 * this machine; else the environment's own addresses, or a gateway's. Training can not reach anything but loopback,
 * and the other environments can not reach a simulator.
 */
export async function connectToIssuance(options: UplinkOptions): Promise<Uplink> {
  const { environment, airmiles } = options.settings;
  const isBuiltIn = environment === 'training' && airmiles.baseUrl === undefined;
  return isBuiltIn ? await connectToOwnSimulator(options.log) : connectToServer(options);
}

async function connectToOwnSimulator(log: Log): Promise<Uplink> {
  const simulator = await createSimulator({ log });
  const client = createIssuanceClient({
    baseUrl: simulator.url,
    credentials: {
      tokenUrl: simulator.tokenUrl,
      clientId: simulator.clientId,
      clientSecret: () => Promise.resolve(simulator.clientSecret),
    },
    trust: { kind: 'pinned', caPem: simulator.caPem },
    log,
  });
  return {
    kind: 'connected',
    client,
    probe: createServerProbe({ baseUrl: simulator.url, trust: { kind: 'pinned', caPem: simulator.caPem } }),
    practiceCollectors: simulator.practiceCollectors,
    simulator,
    close: async () => {
      await client.close();
      await simulator.stop();
    },
  };
}

function connectToServer(options: UplinkOptions): Uplink {
  const { settings, secrets, environmentVariables = {}, log } = options;
  const { environment, airmiles } = settings;
  const preset = environment === 'training' ? undefined : environments[environment];
  const baseUrl = airmiles.baseUrl ?? preset?.baseUrl;
  if (baseUrl === undefined) return refused('no-address', 'The settings give no airmiles.baseUrl');
  const tokenUrl = airmiles.tokenUrl ?? preset?.tokenUrl ?? new URL('/oauth/token', baseUrl).href;
  const addresses = airmiles.access === 'token' ? [baseUrl, tokenUrl] : [baseUrl];
  if (addresses.some((address) => isLoopback(address) !== (environment === 'training'))) {
    return refused(
      'wrong-address',
      environment === 'training'
        ? 'Training talks to a simulator on this machine only: correct airmiles.baseUrl and airmiles.tokenUrl'
        : `A terminal in ${environment} can not use a simulator on this machine: correct airmiles.baseUrl`,
    );
  }

  const pem = readPemFiles({
    airmiles,
    readFile: options.readCaFile,
    keyPem: secrets.candidates('client-key')[0],
    keyPassphrase: secrets.candidates('client-key-passphrase')[0],
    log,
  });
  if (pem.kind === 'refused') return pem;
  const proxy = chooseProxy({
    setting: airmiles.proxy,
    environmentVariables,
    credentials: secrets.candidates('proxy-credentials')[0],
  });
  if (proxy.kind === 'refused') {
    const where = airmiles.proxy === 'environment' ? 'the variable HTTPS_PROXY' : 'airmiles.proxy';
    return refused('proxy-unusable', `${where} is no http:// or https:// address of a proxy`);
  }
  const access = readAccess({
    airmiles,
    tokenUrl,
    secrets,
    pem,
  });
  if ('kind' in access) return access;

  const { caPem, clientCertificate } = pem;
  const isPinned = environment === 'training' && caPem !== undefined;
  const trust: Trust = isPinned ? { kind: 'pinned', caPem } : { kind: 'system', caPem };
  const client = createIssuanceClient({
    baseUrl,
    ...access,
    headers: airmiles.headers,
    clientCertificate,
    trust,
    chooseProxy: proxy.choose,
    connectTimeoutMs: airmiles.connectTimeoutMs,
    channelCode: airmiles.channelCode,
    log,
  });
  const probe = createServerProbe({
    baseUrl,
    trust,
    clientCertificate,
    chooseProxy: proxy.choose,
    connectTimeoutMs: airmiles.connectTimeoutMs,
  });
  return { kind: 'connected', client, probe, practiceCollectors: [], close: () => client.close() };
}
