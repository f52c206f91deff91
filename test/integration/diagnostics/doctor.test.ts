import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PartnerClient } from '../../../main/airmiles/client.ts';
import { worstOf } from '../../../shared/domain/verdict.ts';
import { catalogues } from '../../../shared/i18n/catalogues.ts';
import { readEarning } from '../../../main/checkout/earning.ts';
import { examine, type DoctorSubject } from '../../../main/diagnostics/doctor/examine.ts';
import { idsOf, reportText } from '../../../main/diagnostics/doctor/text.ts';
import { createRedactor } from '../../../main/diagnostics/redact.ts';
import { openSecrets } from '../../../main/secrets/secrets.ts';
import { loadSettings } from '../../../main/settings/load.ts';
import { readOfferTableFile } from '../../../main/settings/text-file.ts';
import { createCertificate } from '../../../main/simulator/certificate.ts';
import { connectToIssuance } from '../../../main/uplink.ts';
import {
  install,
  quiet,
  runProgram,
  start,
  startOnce,
  temporaryFolder,
  wordsFor,
  type Installed,
} from './installed.ts';

const canMount = process.platform === 'linux' && process.getuid?.() === 0;

/** A client that keeps the names of what it calls. */
const listening = (client: PartnerClient, called: string[]): PartnerClient => ({
  ...client,
  send(request, signal) {
    called.push(request.endpoint);
    return client.send(request, signal);
  },
});

/** Doctor's report of what is installed, with whatever of the circumstances a test makes worse. */
async function reportOf(installed: Installed, worse: Partial<DoctorSubject> = {}, called: string[] = []) {
  const nowMs = (): number => Date.now();
  const loaded = loadSettings({ ...installed, environmentVariables: {}, nowMs: nowMs(), canWrite: false });
  const secrets = await openSecrets({
    dataFolder: installed.dataFolder,
    sealer: undefined,
    environmentVariables: {},
    nowMs,
    log: quiet,
    redactor: createRedactor(),
    canWrite: false,
  });
  const uplink = await connectToIssuance({
    settings: loaded.settings,
    secrets: secrets.kind === 'open' ? secrets.secrets : { candidates: () => [] },
    readCaFile: (file) => readFileSync(file, 'utf8'),
    log: quiet,
  });
  if (uplink.kind === 'connected') onTestFinished(() => uplink.close());
  return await examine(
    {
      loaded,
      dataFolder: installed.dataFolder,
      version: '0.0.0-test',
      secrets,
      offerNotices: readEarning(loaded.settings, readOfferTableFile, quiet).notices,
      uplink: uplink.kind === 'refused' ? uplink : { ...uplink, client: listening(uplink.client, called) },
      scanner: undefined,
      lookAtPrinter: undefined,
      nowMs,
      zone: 'America/Toronto',
      ...worse,
    },
    new AbortController().signal,
  );
}

type Report = Awaited<ReturnType<typeof reportOf>>;

const named = ({ findings }: Report): string[] =>
  findings
    .filter(({ verdict }) => verdict === 'fault' || verdict === 'warning')
    .map(({ check, code }) => `${check}: ${code}`);

/** Everything a report says has its words, in both languages, and what is wrong has its fix. */
function expectWords(report: Report): void {
  const ids = report.findings.flatMap((finding) =>
    Object.values(idsOf(finding)).filter((id) => id !== undefined),
  );
  for (const catalogue of Object.values(catalogues)) {
    expect(ids.filter((id) => !Object.hasOwn(catalogue, id))).toEqual([]);
  }
}

function change(file: string, change: (tree: Record<string, Record<string, unknown>>) => void): void {
  const tree = JSON.parse(readFileSync(file, 'utf8'));
  change(tree);
  writeFileSync(file, JSON.stringify(tree));
}

function usePrinter(policyFile: string, printer: object): void {
  change(policyFile, (tree) => {
    tree['settings'] = { devices: { scanner: { path: 'none' }, printer } };
  });
}

/** A printer on the network that answers whatever it is asked with this byte. */
async function printerThatAnswers(status: number): Promise<object> {
  const server = createServer((socket) =>
    socket.on('data', () => socket.write(Uint8Array.of(status))).on('error', () => socket.destroy()),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return { connection: 'network', host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

interface Planted {
  readonly name: string;
  readonly plant: (installed: Installed) => void | Promise<void>;
  readonly worse?: Partial<DoctorSubject>;
  readonly says: string;
}

const planted: readonly Planted[] = [
  { name: 'nothing', plant: () => undefined, says: '' },
  {
    name: 'a clock ten minutes ahead',
    plant: () => undefined,
    worse: { nowMs: () => Date.now() + 600_000 },
    says: 'clock: ahead',
  },
  {
    name: 'a clock ten minutes behind',
    plant: () => undefined,
    worse: { nowMs: () => Date.now() - 600_000 },
    says: 'clock: behind',
  },
  {
    name: 'an authority that is not trusted',
    plant: async ({ folder }) => {
      const { certificatePem } = await createCertificate();
      writeFileSync(join(folder, 'simulator.pem'), certificatePem);
    },
    says: 'tls: tls-untrusted',
  },
  {
    name: 'a wrong secret',
    plant: ({ dataFolder }) => {
      writeFileSync(join(dataFolder, 'provisioning.json'), '{"client-secret":"the-wrong-one"}', {
        mode: 0o600,
      });
      const options = { environmentVariables: {}, nowMs: Date.now, log: quiet, redactor: createRedactor() };
      return openSecrets({ dataFolder, sealer: undefined, canWrite: true, ...options }).then(() => undefined);
    },
    says: 'token: token-refused',
  },
  {
    name: 'no secret',
    plant: ({ dataFolder }) => rmSync(join(dataFolder, 'secrets.json')),
    says: 'secrets: missing',
  },
  {
    name: 'a provisioning file with a slip in it',
    plant: ({ dataFolder }) => writeFileSync(join(dataFolder, 'provisioning.json'), '{"client-secret":'),
    says: 'secrets: provisioning',
  },
  {
    name: 'an offer table that is not there',
    plant: ({ settingsFile, folder }) =>
      change(settingsFile, (tree) => {
        const offers = { method: 'partner-calculated', locationCode: '1100' };
        tree['airmiles'] = { ...tree['airmiles'], ...offers, offerTableFile: join(folder, 'none.json') };
      }),
    says: 'settings: refused',
  },
  {
    name: 'a missing scanner',
    plant: ({ policyFile }) =>
      change(policyFile, (tree) => {
        tree['settings'] = { devices: { scanner: { path: '/dev/ttyUSB99' } } };
      }),
    says: 'scanner: missing',
  },
  {
    name: 'one of two scanners missing',
    plant: ({ policyFile }) =>
      change(policyFile, (tree) => {
        tree['settings'] = { devices: { scanners: [{ path: '/dev/null' }, { path: '/dev/ttyUSB99' }] } };
      }),
    says: 'scanner: missing',
  },
  {
    name: 'a lost printer',
    plant: ({ policyFile }) => usePrinter(policyFile, { connection: 'network', host: '127.0.0.1', port: 9 }),
    says: 'printer: not-reached',
  },
  {
    name: 'a serial printer that was unplugged',
    plant: ({ policyFile }) => usePrinter(policyFile, { connection: 'serial', path: '/dev/ttyUSB98' }),
    says: 'printer: missing',
  },
  {
    name: 'a printer without paper',
    plant: async ({ policyFile }) => usePrinter(policyFile, await printerThatAnswers(0x7e)),
    says: 'printer: paper-out',
  },
  {
    name: 'a printer that is well',
    plant: async ({ policyFile }) => usePrinter(policyFile, await printerThatAnswers(0x12)),
    says: '',
  },
  {
    name: 'a damaged journal',
    plant: ({ dataFolder }) => {
      const file = join(dataFolder, 'journal', 'journal.sqlite');
      const bytes = readFileSync(file);
      bytes.fill(0xff, 100, Math.min(4096, statSync(file).size));
      writeFileSync(file, bytes);
    },
    says: 'journal: unreadable',
  },
  {
    name: 'a setting that is wrong',
    plant: ({ settingsFile }) =>
      change(settingsFile, (tree) => {
        tree['store'] = { number: '1100', provnce: 'QC' };
      }),
    says: 'settings: refused',
  },
  {
    name: 'a machine on another continent’s time',
    plant: () => undefined,
    worse: { zone: 'UTC' },
    says: 'time-zone: abroad',
  },
  {
    name: 'a server that is not there',
    plant: ({ settingsFile }) =>
      change(settingsFile, (tree) => {
        tree['airmiles'] = { ...tree['airmiles'], baseUrl: 'https://127.0.0.1:9' };
      }),
    says: 'tcp: connection-refused',
  },
];

describe('doctor', () => {
  test.each(planted)('with $name names that and nothing else', async ({ plant, worse, says }) => {
    const installed = await install();
    await startOnce(installed);
    await plant(installed);
    const report = await reportOf(installed, worse);
    expect(named(report)).toEqual(says === '' ? [] : [says]);
    expect(report.findings.map(({ number }) => number)).toEqual(report.findings.map((_, index) => index + 1));
    expectWords(report);
  });

  test.runIf(canMount)('with a disk that became read-only names that and nothing else', async () => {
    const folder = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512m', 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
    const installed = await install(folder);
    await startOnce(installed);
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    expect(named(await reportOf(installed))).toEqual(['folder: not-writable']);
  });

  test('looks as a command beside the terminal that runs, finds it well, and leaves it running', async () => {
    const installed = await install();
    const { terminal } = await start(installed);
    onTestFinished(() => terminal.stop());
    const program = 'main/diagnostics/doctor/program.ts';
    const { output, code } = await runProgram(program, [...wordsFor(installed), '--json']);
    const report: Report & { worst: string } = JSON.parse(output);
    expect([named(report), report.worst, code]).toEqual([[], 'well', 0]);
    expect(report.findings.find(({ check }) => check === 'journal')?.verdict).toBe('well');
    const { environment, recentSales } = await terminal.handlers['terminal.snapshot']({});
    expect([environment, recentSales]).toEqual(['training', []]);
  });

  test('says on a console what is wrong, in either language, and ends with the code for it', async () => {
    const installed = await install();
    await startOnce(installed);
    const file = 'main/diagnostics/doctor/program.ts';
    const wrong = { MILEPOST_DEVICES_SCANNER_PATH: '/dev/ttyUSB99' };
    change(installed.policyFile, (tree) => {
      tree['settings'] = {};
    });
    const english = await runProgram(file, wordsFor(installed), wrong);
    expect(english.output).toContain('FAIL 17. Scanner: Not there: /dev/ttyUSB99 (ENOENT)');
    // Written "secret: …", the redactor would take what follows for one.
    expect(english.output).toContain('Secrets: Client secret (owner-only file)\n');
    expect(english.code).toBe(2);
    const french = await runProgram(file, [...wordsFor(installed), '--language', 'fr-CA'], wrong);
    expect(french.output).toContain('ÉCHEC 17. Lecteur\u00a0: Absent\u00a0: /dev/ttyUSB99 (ENOENT)');
    writeFileSync(join(installed.dataFolder, 'provisioning.json'), Buffer.from('{}', 'utf16le'));
    const refused = await runProgram(file, [...wordsFor(installed), '--language', 'fr-CA'], wrong);
    expect(refused.output).toMatch(/ÉCHEC {2}9\. .*Refusé\u00a0: .*provisioning\.json\. .*UTF-16/);
    expect((await runProgram(file, ['--no-such'])).code).toBe(3);
    expect((await runProgram(file, ['--language', 'de'])).code).toBe(3);
  });

  test('on a folder that is not there, or is none, says so and leaves it as it is', async () => {
    const file = 'main/diagnostics/doctor/program.ts';
    const folder = temporaryFolder();
    const missing = await runProgram(file, ['--data', join(folder, 'none')]);
    expect(missing.output).toContain('FAIL  3. Data folder: ');
    expect(missing.output).toContain('does not exist');
    writeFileSync(join(folder, 'file'), 'x');
    const none = await runProgram(file, ['--data', join(folder, 'file')]);
    expect(none.output).toContain('cannot be written (ENOTDIR)');
    expect([missing.code, none.code]).toEqual([2, 2]);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('tells whom to call, and no secret', async () => {
    const installed = await install();
    await startOnce(installed);
    change(installed.settingsFile, (tree) => {
      tree['support'] = {
        partnerDesk: { name: 'Store help', phone: '555-0100' },
        escalation: ['Call the store help'],
      };
    });
    const text = reportText(await reportOf(installed), 'en-CA', 'Sample');
    expect(text).toContain('Store help, 555-0100');
    expect(text).toContain('1. Call the store help');
    expect(text).toContain('Quote this: Terminal 1100-3, Milepost 0.0.0-test');
    expect(text).not.toContain(installed.clientSecret);
  });

  test.each([
    ['certification', 'record'],
    ['training', 'calculate'],
  ] as const)('reaches the API in %s by one %s, which credits nobody', async (environment, endpoint) => {
    const installed = await install();
    await startOnce(installed);
    const loaded = loadSettings({
      ...installed,
      environmentVariables: {},
      nowMs: Date.now(),
      canWrite: false,
    });
    // Only the name: a terminal in certification does not connect to a simulator on its own machine.
    const settings = { ...loaded.settings, environment };
    const called: string[] = [];
    const report = await reportOf(installed, { loaded: { ...loaded, settings } }, called);
    expect(called).toEqual([endpoint]);
    expect(report.environment).toBe(environment);
    expect(report.findings.find(({ check }) => check === 'api')?.code).toBe('well');
  });

  test('tells the chain of certificates, and how old the journal is', async () => {
    const installed = await install();
    await startOnce(installed);
    change(installed.settingsFile, (tree) => {
      tree['store'] = { number: '1100', lane: '4' };
    });
    await startOnce(installed);
    const { findings } = await reportOf(installed);
    const factsOf = (check: string) => findings.find((finding) => finding.check === check)?.facts ?? {};
    // The simulator's vouches for itself.
    expect(factsOf('tls')).toMatchObject({ chain: 'Milepost simulator', issuer: 'Milepost simulator' });
    expect(factsOf('journal')).toMatchObject({ since: new Date().toISOString().slice(0, 10), hours: '0' });
  });

  test('the worst finding decides', () => {
    const one = (verdict: 'well' | 'warning' | 'fault' | 'not-checked') =>
      ({ number: 1, check: 'disk', verdict, code: 'x', facts: {} }) as const;
    expect(worstOf([one('well'), one('not-checked')])).toBe('well');
    expect(worstOf([one('warning'), one('well')])).toBe('warning');
    expect(worstOf([one('warning'), one('fault')])).toBe('fault');
  });
});
