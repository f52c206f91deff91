import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { TLSSocket, type DetailedPeerCertificate } from 'node:tls';
import { Agent } from 'undici';
import { createConnector, issuerOf, type ConnectorOptions } from './connector.ts';
import { exchange } from './exchange.ts';
import { codeOf, type NetworkFailure } from './failures.ts';
import { readServerDate } from './reading.ts';
import { proxyName } from './tunnel.ts';

/** What was found on the way to the server, as far as the way went. */
export interface ServerFindings {
  readonly host: string;
  readonly port: number;
  /** `host:port` of the proxy in between. */
  readonly proxy: string | undefined;
  /** This machine's own answer to the name; none is asked for an address or where a proxy resolves it. */
  readonly addresses: readonly string[];
  readonly issuer: string | undefined;
  /** The certificates as they vouch for each other, by their subjects: the server's own first, the root last. */
  readonly chain: readonly string[];
  readonly validUntil: string | undefined;
  readonly tlsVersion: string | undefined;
  readonly status: number | undefined;
  readonly serverDateMs: number | undefined;
  readonly elapsedMs: number;
  /** Where the way ended before an answer came. */
  readonly failure: NetworkFailure | undefined;
}

export type ServerProbe = (signal: AbortSignal) => Promise<ServerFindings>;

export interface ServerProbeOptions extends Omit<ConnectorOptions, 'connectTimeoutMs' | 'hasNetwork'> {
  readonly baseUrl: string;
  readonly connectTimeoutMs?: number | undefined;
}

/** Looks at the way to a server: name, proxy, connection, certificate, one request without a token. Never rejects. */
export function createServerProbe(options: ServerProbeOptions): ServerProbe {
  const url = new URL(options.baseUrl);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? 443 : Number(url.port);
  const proxy = options.chooseProxy?.(url.hostname, port);

  return async (signal) => {
    const startedMs = performance.now();
    let seen: Pick<ServerFindings, 'issuer' | 'chain' | 'validUntil' | 'tlsVersion'> = {
      issuer: undefined,
      chain: [],
      validUntil: undefined,
      tlsVersion: undefined,
    };
    const named = await namesOf(host, proxy === undefined);
    const known = {
      host,
      port,
      proxy: proxy === undefined ? undefined : proxyName(proxy),
      addresses: named.addresses,
    };
    const elapsedMs = (): number => Math.round(performance.now() - startedMs);
    const failed = (failure: NetworkFailure) => ({
      ...known,
      ...seen,
      status: undefined,
      serverDateMs: undefined,
      elapsedMs: elapsedMs(),
      failure,
    });
    if (named.code !== undefined) return failed({ kind: 'dns', host, code: named.code });
    const connect = createConnector({ ...options, connectTimeoutMs: options.connectTimeoutMs ?? 3000 });
    const agent = new Agent({
      connect: (target, callback) =>
        connect(target, (...result) => {
          const [, socket] = result;
          if (socket instanceof TLSSocket) seen = certificateOf(socket);
          callback(...result);
        }),
      allowH2: false,
    });
    try {
      const request = { origin: url.origin, path: url.pathname, headers: {}, body: undefined };
      const exchanged = await exchange(agent, request, signal);
      if (exchanged.kind === 'failed') return failed(exchanged.failure);
      const { status, headers } = exchanged;
      const serverDateMs = readServerDate(headers['date']);
      return { ...known, ...seen, status, serverDateMs, elapsedMs: elapsedMs(), failure: undefined };
    } finally {
      await agent.destroy();
    }
  };
}

function certificateOf(socket: TLSSocket) {
  const { valid_to: validTo } = socket.getPeerCertificate();
  return {
    issuer: issuerOf(socket),
    chain: chainOf(socket),
    validUntil: validTo === undefined ? undefined : new Date(validTo).toISOString(),
    tlsVersion: socket.getProtocol() ?? undefined,
  };
}

/** More than any real chain has: one that vouches for itself ends the walk, a circle must, too. */
const LONGEST_CHAIN = 10;

function chainOf(socket: TLSSocket): string[] {
  const names: string[] = [];
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (certificate?.subject !== undefined && names.length < LONGEST_CHAIN) {
    const { CN, O } = certificate.subject;
    names.push([CN ?? O].flat().join(', '));
    const { issuerCertificate }: { issuerCertificate?: DetailedPeerCertificate } = certificate;
    if (issuerCertificate?.fingerprint256 === certificate.fingerprint256) break;
    certificate = issuerCertificate;
  }
  return names;
}

async function namesOf(
  host: string,
  isResolvedHere: boolean,
): Promise<{ readonly addresses: readonly string[]; readonly code: string | undefined }> {
  if (isIP(host) !== 0) return { addresses: [host], code: undefined };
  if (!isResolvedHere) return { addresses: [], code: undefined };
  try {
    const found = await lookup(host, { all: true });
    return { addresses: found.map(({ address }) => address), code: undefined };
  } catch (error) {
    return { addresses: [], code: codeOf(error) };
  }
}
