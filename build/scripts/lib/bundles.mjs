import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runTool } from './processes.mjs';
import { ClearStop, inRoot, root, say, seconds } from './workspace.mjs';

const stamp = inRoot('out', 'built-from.txt');
const outputs = [
  'out/main/index.js',
  'out/main/browser.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
];
/** What the bundles are made of, packages (through the lock file) and the recipe included. */
const sources = [
  'main',
  'renderer',
  'shared',
  'build/electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./processes.mjs').ToolResult>} code 0 and no elapsed time when the bundles were up to date
 */
export async function bundle(node, env) {
  const fingerprint = fingerprintOf(sources);
  const isUpToDate =
    outputs.every((file) => existsSync(inRoot(file))) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === fingerprint;
  if (isUpToDate) return { code: 0, output: '', elapsedMs: 0 };
  const cli = inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const result = await runTool(node, [cli, 'build', '--config', 'build/electron.vite.config.ts'], {
    env: { ...env, NODE_ENV: 'production' },
    timeLimitMs: 5 * 60_000,
  });
  if (result.code === 0) writeFileSync(stamp, fingerprint);
  return result;
}

/**
 * Builds when the sources changed since the last time; their content counts, not their dates.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
export async function ensureBuilt(node, env) {
  const result = await bundle(node, env);
  if (result.code !== 0) {
    say(result.output);
    throw new ClearStop('The build failed, see above.');
  }
  if (result.elapsedMs > 0) say(`Built in ${seconds(result.elapsedMs)}.`);
}

/** @param {readonly string[]} places */
function fingerprintOf(places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap(filesIn).toSorted()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} place file or folder, from the root
 * @returns {string[]}
 */
function filesIn(place) {
  if (path.extname(place) !== '') return [place];
  return readdirSync(inRoot(place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
