import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createLog } from '../diagnostics/log.ts';
import { CERTIFICATE_FILE, keepCertificate } from './certificate.ts';
import { Faults } from './faults.ts';
import { RealSettingsError } from './real-looking.ts';
import { createSimulator } from './simulator.ts';
import { loopbackHosts } from './tls-server.ts';

const USAGE = `npm run simulator -- [options]
  --host ADDRESS         127.0.0.1 or ::1: nobody but this machine can reach it
  --port N               a free one where not given
  --seed N               decides the Collectors, the ids of transactions and the draw of faults
  --faults FILE|JSON     what shall go wrong, see main/simulator/faults.ts
  --client-id ID
  --client-secret TEXT   made up, and kept in the TLS folder, where not given
  --audience TEXT        grant tokens for this audience only
  --token-seconds N      how long a token is good
  --offer-codes A,B      the offer codes that exist; every one where not given
  --location-codes A,B   the location codes that exist; every one where not given
  --tls-folder DIR       keeps certificate and key, so that a restart keeps the pin
  --ledger FILE          keeps credits and answers over a restart
`;

const WholeNumber = z.string().regex(/^\d+$/).transform(Number).pipe(z.int());

const CodeList = z
  .string()
  .regex(/^[^,]+(,[^,]+)*$/)
  .transform((text) => text.split(','));

const Flags = z.strictObject({
  host: z.enum(loopbackHosts, { error: 'a simulator listens on 127.0.0.1 or ::1 only' }).optional(),
  port: WholeNumber.pipe(z.int().max(65_535)).optional(),
  seed: WholeNumber.optional(),
  faults: z.string().optional(),
  'client-id': z.string().min(1).optional(),
  'client-secret': z.string().min(1).optional(),
  audience: z.string().optional(),
  'token-seconds': WholeNumber.optional(),
  'offer-codes': CodeList.optional(),
  'location-codes': CodeList.optional(),
  'tls-folder': z.string().optional(),
  ledger: z.string().optional(),
});

/** A flag or file that can not be used: told in one line, without a stack. */
class UsageError extends Error {}

function readFlags(argv: readonly string[]): z.output<typeof Flags> {
  const text = { type: 'string' } as const;
  const names = Object.keys(Flags.shape).map((name) => [name, text] as const);
  let values: unknown;
  try {
    ({ values } = parseArgs({ args: [...argv], options: Object.fromEntries(names), strict: true }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const flags = Flags.safeParse({ ...(typeof values === 'object' ? values : {}) });
  if (flags.success) return flags.data;
  throw new UsageError(
    flags.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'),
  );
}

async function readFaults(flag: string | undefined): Promise<Faults> {
  if (flag === undefined) return Faults.parse({});
  try {
    const text = flag.trimStart().startsWith('{') ? flag : await readFile(flag, 'utf8');
    return Faults.parse(JSON.parse(text));
  } catch (error) {
    throw new UsageError(`--faults: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The secret of this folder, made once. */
async function keepClientSecret(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const secret = randomBytes(24).toString('base64url');
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}

/** `npm run simulator`: prints one JSON line when it can be used, and runs until it is told to stop. */
async function run(argv: readonly string[]): Promise<void> {
  const flags = readFlags(argv);
  const faults = await readFaults(flags.faults);
  const kept = flags['tls-folder'];
  if (kept !== undefined) {
    await mkdir(kept, { recursive: true });
    await serve(flags, faults, resolve(kept));
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'milepost-simulator-'));
  try {
    await serve(flags, faults, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function serve(flags: z.output<typeof Flags>, faults: Faults, folder: string): Promise<void> {
  const secretFile = join(folder, 'simulator-client-secret');
  const given = flags['client-secret'];
  const simulator = await createSimulator({
    ...(flags.port === undefined ? {} : { port: flags.port }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags['client-id'] === undefined ? {} : { clientId: flags['client-id'] }),
    ...(flags['token-seconds'] === undefined ? {} : { tokenLifetimeSeconds: flags['token-seconds'] }),
    clientSecret: given ?? (await keepClientSecret(secretFile)),
    audience: flags.audience,
    host: flags.host,
    offerCodes: flags['offer-codes'],
    locationCodes: flags['location-codes'],
    certificate: await keepCertificate(folder),
    faults,
    ledgerFile: flags.ledger,
    log: createLog(process.stderr),
  });
  const ready = {
    event: 'ready',
    url: simulator.url,
    tokenUrl: simulator.tokenUrl,
    caFile: join(folder, CERTIFICATE_FILE),
    clientId: simulator.clientId,
    ...(given === undefined ? { clientSecretFile: secretFile } : {}),
    controlSecret: simulator.controlSecret,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  await new Promise<void>((stopped) => {
    process.once('SIGTERM', stopped);
    process.once('SIGINT', stopped);
  });
  await simulator.stop();
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (isPortTaken(error)) process.stderr.write('--port: another program listens there already.\n');
  else if (error instanceof RealSettingsError) process.stderr.write(`${error.message}\n`);
  else if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}`);
  else throw error;
  process.exitCode = 2;
}
