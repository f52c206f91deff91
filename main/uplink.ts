import type { Log } from './diagnostics/log.ts';
import { createIssuanceClient, type IssuanceClient } from './airmiles/client.ts';
import environments from './settings/environments.json' with { type: 'json' };
import type { Settings } from './settings/schema.ts';
import { createSimulator } from './simulator/simulator.ts';

export type Uplink =
  | {
      readonly kind: 'connected';
      readonly client: IssuanceClient;
      /** Collectors of the built-in simulator; none elsewhere. */
      readonly practiceCollectors: readonly string[];
      close(): Promise<void>;
    }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

const isLoopback = (address: string): boolean => loopback.has(new URL(address).hostname);

/**
 * The way to AIR MILES that the settings ask for: in training the simulator inside the terminal, or one of one's own on
 * this machine; else the environment's own addresses, or a gateway's. Training can not reach anything but loopback,
 * and the other environments can not reach a simulator.
 */
export async function connectToIssuance(options: {
  readonly settings: Settings;
  readonly secret: string | undefined;
  readonly readCaFile: (file: string) => string;
  readonly log: Log;
}): Promise<Uplink> {
  const { settings, secret, readCaFile, log } = options;
  const { environment, airmiles } = settings;
  const refused = (code: string, message: string): Uplink => ({ kind: 'refused', code, message });

  if (environment === 'training' && airmiles.baseUrl === undefined) {
    const simulator = await createSimulator({ log });
    const client = createIssuanceClient({
      baseUrl: simulator.url,
      credentials: {
        tokenUrl: new URL('/oauth/token', simulator.url).href,
        clientId: simulator.clientId,
        clientSecret: () => Promise.resolve(simulator.clientSecret),
      },
      trust: { kind: 'pinned', caPem: simulator.caPem },
      log,
    });
    return {
      kind: 'connected',
      client,
      practiceCollectors: simulator.practiceCollectors,
      close: async () => {
        await client.close();
        await simulator.stop();
      },
    };
  }

  const preset = environment === 'training' ? undefined : environments[environment];
  const baseUrl = airmiles.baseUrl ?? preset?.baseUrl;
  const tokenUrl = airmiles.tokenUrl ?? preset?.tokenUrl ?? new URL('/oauth/token', baseUrl).href;
  if (baseUrl === undefined) return refused('no-address', 'The settings give no airmiles.baseUrl');
  if ([baseUrl, tokenUrl].some((address) => isLoopback(address) !== (environment === 'training'))) {
    return refused(
      'wrong-address',
      environment === 'training'
        ? 'Training talks to a simulator on this machine only: correct airmiles.baseUrl and airmiles.tokenUrl'
        : `A terminal in ${environment} can not use a simulator on this machine: correct airmiles.baseUrl`,
    );
  }
  if (airmiles.clientId === undefined || secret === undefined) {
    return refused(
      'no-credentials',
      'The client id (airmiles.clientId in the settings) or its secret (MILEPOST_CLIENT_SECRET) is missing',
    );
  }
  let caPem: string | undefined;
  try {
    caPem = airmiles.caFile === undefined ? undefined : readCaFile(airmiles.caFile);
  } catch (error) {
    log.error('ca-file-unreadable', { file: airmiles.caFile }, error);
    return refused(
      'ca-file-unreadable',
      `The file airmiles.caFile names can not be read: ${airmiles.caFile}`,
    );
  }
  const client = createIssuanceClient({
    baseUrl,
    credentials: {
      tokenUrl,
      clientId: airmiles.clientId,
      clientSecret: () => Promise.resolve(secret),
      audience: airmiles.audience,
      scope: airmiles.scope,
    },
    trust:
      environment === 'training' && caPem !== undefined
        ? { kind: 'pinned', caPem }
        : { kind: 'system', caPem },
    log,
  });
  return { kind: 'connected', client, practiceCollectors: [], close: () => client.close() };
}
