import { randomBytes } from 'node:crypto';
import { getRequestListener } from '@hono/node-server';
import type { Log } from '../diagnostics/log.ts';
import { createApp } from './app.ts';
import { createCertificate, type Certificate } from './certificate.ts';
import { createCollectorBook, makeCollectors, type SimulatedCollector } from './collectors.ts';
import { createCounter } from './counter.ts';
import { createFaultDraw, faultKinds, Faults, plainFaultKinds, type FaultsInput } from './faults.ts';
import { createHistory } from './history.ts';
import { createIssuanceCalls } from './issuance-calls.ts';
import { createLedger, type LedgerEntry, type LedgerStats } from './ledger.ts';
import { createRandom, makeUuid } from './random.ts';
import type { KnownCodes } from './read-call.ts';
import { RealSettingsError, realLookingSettings } from './real-looking.ts';
import { startTlsServer, type LoopbackHost, type TlsServer } from './tls-server.ts';
import { createTokenOffice } from './tokens.ts';

export interface SimulatorOptions extends KnownCodes {
  readonly host?: LoopbackHost | undefined;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Decides the Collectors, the ids of transactions and the draw of faults. */
  readonly seed?: number;
  readonly clientId?: string;
  /** Made up where not given. */
  readonly clientSecret?: string;
  /** Where given, a token is granted for this audience only. */
  readonly audience?: string | undefined;
  readonly tokenLifetimeSeconds?: number;
  readonly controlSecret?: string;
  readonly certificate?: Certificate;
  readonly collectors?: readonly SimulatedCollector[];
  /** How many active Collectors are made where none are given. */
  readonly collectorCount?: number;
  readonly faults?: FaultsInput;
  /** Pre-tax cents for one Mile; $20, the programme's usual base, where not given. */
  readonly centsPerMile?: number;
  /** Keeps credits and first answers over a restart. */
  readonly ledgerFile?: string | undefined;
  /** How many first answers are remembered. */
  readonly rememberedLimit?: number;
  readonly nowMs?: () => number;
  /** Of a clock that does not jump, for the life of tokens. */
  readonly monotonicMs?: () => number;
  /** Hears of this program's own bugs, answered with a 500. */
  readonly log?: Log;
}

export interface Simulator {
  /** `https://127.0.0.1:port` or `https://[::1]:port` */
  readonly url: string;
  readonly tokenUrl: string;
  /** The certificate to pin. */
  readonly caPem: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Opens the control API under `/simulator`. */
  readonly controlSecret: string;
  /** Numbers of active Collectors, for a person to practise with. */
  readonly practiceCollectors: readonly string[];
  /** With their present balances. */
  collectors(): readonly SimulatedCollector[];
  ledger(): { readonly entries: readonly LedgerEntry[]; readonly stats: Readonly<LedgerStats> };
  /** Replaces all faults; what is left out is off. */
  setFaults(faults: FaultsInput): void;
  /** Makes every token given so far worthless. */
  revokeTokens(): void;
  stop(): Promise<void>;
}

/**
 * Starts a Real-Time Checkout on loopback. It holds to the published rules and assumes the rest (see `assumed.ts`).
 * Throws `RealSettingsError` where it is given what belongs to the real programme.
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const realLooking = realLookingSettings(options);
  if (realLooking.length > 0) throw new RealSettingsError(realLooking);
  const seed = options.seed ?? 1;
  const host = options.host ?? '127.0.0.1';
  const nowMs = options.nowMs ?? Date.now;
  const clientId = options.clientId ?? 'simulated-partner';
  const clientSecret = options.clientSecret ?? randomBytes(24).toString('base64url');
  const controlSecret = options.controlSecret ?? randomBytes(24).toString('base64url');
  const certificate = options.certificate ?? (await createCertificate());
  const known = options.collectors ?? makeCollectors(seed, options.collectorCount ?? 8);
  const stopping = new AbortController();

  const collectors = createCollectorBook(known);
  const ledger = createLedger(options.ledgerFile, options.rememberedLimit ?? 500_000);
  for (const { creditedTo, milesAmount } of ledger.entries()) {
    if (creditedTo !== undefined) collectors.credit(creditedTo, milesAmount);
  }
  const tokens = createTokenOffice(
    {
      clientId,
      clientSecret,
      audience: options.audience,
      lifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
    },
    options.monotonicMs ?? (() => performance.now()),
  );

  const random = createRandom(seed);
  const tokenRandom = createRandom(seed + 1);
  const historyRandom = createRandom(seed + 2);
  const plan = (input: FaultsInput) => {
    const faults = Faults.parse(input);
    return {
      faults,
      draw: createFaultDraw(faults, faultKinds, random),
      drawCalculate: createFaultDraw({ ...faults, ...faults.calculate }, faultKinds, random),
      drawToken: createFaultDraw(faults.token, plainFaultKinds, tokenRandom),
      drawHistory: createFaultDraw(faults.history, plainFaultKinds, historyRandom),
    };
  };
  let planned = plan(options.faults ?? {});
  const setFaults = (input: FaultsInput): void => {
    planned = plan(input);
  };

  const serving: { server?: TlsServer } = {};
  const answerCall = createIssuanceCalls({
    readCall: createCounter({
      collectors,
      ledger,
      codes: { offerCodes: options.offerCodes, locationCodes: options.locationCodes },
      centsPerMile: options.centsPerMile ?? 2000,
      transactionIdOf: (seq) => makeUuid(seed, seq),
      nowMs,
    }),
    tokens,
    stats: ledger.stats,
    faults: () => planned.faults,
    drawFault: (endpoint) => (endpoint === 'calculate' ? planned.drawCalculate() : planned.draw()),
    resetConnection: (socket) => serving.server?.reset(socket),
    nowMs,
    signal: stopping.signal,
  });
  const app = createApp({
    answerCall,
    answerHistory: createHistory(collectors, ledger),
    tokens,
    ledger,
    collectors,
    controlSecret,
    faults: () => planned.faults,
    setFaults,
    drawTokenFault: () => planned.drawToken(),
    drawHistoryFault: () => planned.drawHistory(),
    nowMs,
    log: options.log,
    reset: () => {
      ledger.clear();
      collectors.reset();
      setFaults({});
    },
  });
  const server = await startTlsServer({
    certificate,
    host,
    port: options.port ?? 0,
    listener: getRequestListener(app.fetch, { overrideGlobalObjects: false }),
    onPlainHttp: () => {
      ledger.stats.plainHttpRefused += 1;
    },
  });

  serving.server = server;

  const url = `https://${host.includes(':') ? `[${host}]` : host}:${server.port}`;
  return {
    url,
    tokenUrl: `${url}/oauth/token`,
    caPem: certificate.certificatePem,
    clientId,
    clientSecret,
    controlSecret,
    practiceCollectors: known
      .filter(({ state }) => state === 'active')
      .map(({ collectorNumber }) => collectorNumber),
    collectors: () => collectors.list(),
    ledger: () => ({ entries: ledger.entries(), stats: { ...ledger.stats } }),
    setFaults,
    revokeTokens: () => tokens.revokeAll(),
    async stop() {
      stopping.abort();
      await server.stop();
      ledger.close();
    },
  };
}
