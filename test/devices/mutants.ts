import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mutations, type Mutation } from './mutations.ts';

const root = resolve(import.meta.dirname, '../..');

/** A copy of what the unit tests of the devices need, with one text changed where a mutation is given. */
function makeCopy(folder: string, mutation: Mutation | undefined): void {
  for (const part of ['main', 'shared', 'renderer', 'package.json', 'build/vitest.config.ts', 'test/unit'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  if (mutation === undefined) return;
  const file = join(folder, mutation.file);
  const parts = readFileSync(file, 'utf8').split(mutation.find);
  if (parts.length !== 2)
    throw new Error(
      `${mutation.name}: the text to change stands ${parts.length - 1} times in ${mutation.file}`,
    );
  writeFileSync(file, parts.join(mutation.replace));
}

/** Runs the devices' unit tests on a copy; which of them failed, or `undefined` where they did not run at all. */
async function failuresOf(mutation: Mutation | undefined): Promise<readonly string[] | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-device-mutant-'));
  try {
    makeCopy(folder, mutation);
    const program = join(root, 'node_modules/vitest/vitest.mjs');
    const words = [
      'run',
      '--config=build/vitest.config.ts',
      '--project=unit',
      '--reporter=json',
      'test/unit/devices',
    ];
    const child = spawn(process.execPath, [program, ...words], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(child, 'close');
    const start = output.indexOf('{"numTotal');
    if (start === -1) return undefined;
    const report: unknown = JSON.parse(output.slice(start));
    return failedIn(report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function failedIn(report: unknown): readonly string[] {
  const text = JSON.stringify(report);
  return [...text.matchAll(/"fullName":"([^"]*)","status":"failed"/g)].map(([, name = '']) => name);
}

/** Every deliberate fault has to be found, and the program as it is has to pass. True when all is as it should be. */
export async function runMutants(words: readonly string[]): Promise<boolean> {
  const chosen = mutations.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  const clean = await failuresOf(undefined);
  let isGood = clean?.length === 0;
  process.stdout.write(
    `${isGood ? 'passes' : 'FAILS'}   (nothing changed) ${clean?.join('; ') ?? 'no report'}\n`,
  );
  for (const mutation of chosen) {
    const failed = await failuresOf(mutation);
    const isCaught = failed !== undefined && failed.length > 0;
    isGood &&= isCaught;
    const by = failed === undefined ? 'no report' : `${failed.length} tests, first: ${failed[0] ?? 'none'}`;
    process.stdout.write(`${isCaught ? 'caught' : 'SURVIVED'}  ${mutation.name.padEnd(46)} ${by}\n`);
  }
  process.stdout.write(`${chosen.length} mutants\n`);
  return isGood;
}
