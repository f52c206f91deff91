import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createLog } from '../../../main/diagnostics/log.ts';
import { createRedactor } from '../../../main/diagnostics/redact.ts';
import { startTerminal } from '../../../main/terminal.ts';
import { createSimulator } from '../../../main/simulator/simulator.ts';

const root = join(import.meta.dirname, '../../..');

export const quiet = createLog({ write: () => undefined });

export interface Installed {
  readonly folder: string;
  readonly dataFolder: string;
  readonly settingsFile: string;
  readonly policyFile: string;
  readonly clientSecret: string;
}

/** An empty folder made into a terminal as IT would: a policy, a store file, a provisioning file; not started yet. */
export async function install(folder = temporaryFolder()): Promise<Installed> {
  const simulator = await createSimulator();
  onTestFinished(() => simulator.stop());
  const dataFolder = join(folder, 'data');
  mkdirSync(dataFolder, { mode: 0o700 });
  const caFile = join(folder, 'simulator.pem');
  writeFileSync(caFile, simulator.caPem);
  const settingsFile = join(folder, 'store.json');
  const policyFile = join(folder, 'policy.json');
  const airmiles = { baseUrl: simulator.url, clientId: simulator.clientId, caFile };
  writeFileSync(settingsFile, JSON.stringify({ store: { number: '1100', lane: '3' }, airmiles }));
  writeFileSync(
    policyFile,
    JSON.stringify({ settings: { devices: { scanner: { path: 'none' } } }, locked: ['environment'] }),
  );
  const provisioning = JSON.stringify({ 'client-secret': simulator.clientSecret });
  writeFileSync(join(dataFolder, 'provisioning.json'), provisioning, { mode: 0o600 });
  return { folder, dataFolder, settingsFile, policyFile, clientSecret: simulator.clientSecret };
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-installed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the terminal on what is installed, with what it wrote to its log so far. */
export async function start(installed: Installed) {
  const lines: string[] = [];
  const redactor = createRedactor();
  const started = await startTerminal({
    ...installed,
    log: createLog({ write: (line: string) => lines.push(line) }, redactor),
    redactor,
    environmentVariables: {},
    version: '0.0.0-test',
  });
  if (started.kind === 'refused') throw new Error(started.message);
  return { terminal: started.terminal, log: () => lines.join('') };
}

/** Starts it and stops it again; gives what it wrote to its log. */
export async function startOnce(installed: Installed): Promise<string> {
  const { terminal, log } = await start(installed);
  await terminal.stop();
  return log();
}

/** Runs a program of main's as IT would, in a process of its own. */
export function runProgram(
  program: string,
  words: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Promise<{ readonly code: number; readonly output: string; readonly complaint: string }> {
  const args = ['--disable-warning=ExperimentalWarning', join(root, program), ...words];
  const env = { ...process.env, TZ: 'America/Toronto', ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, output, complaint) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, complaint });
    });
  });
}

export function wordsFor({ dataFolder, settingsFile, policyFile }: Installed): string[] {
  return ['--data', dataFolder, '--settings', settingsFile, '--policy', policyFile];
}
