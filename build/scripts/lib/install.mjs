import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runTool } from './processes.mjs';
import { ClearStop, inRoot, isWindows, say, seconds } from './workspace.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {string | string[]} [os]
 */

/**
 * Installs the locked packages when what stands in node_modules is not what the lock file says. Compares npm's own record of
 * what it installed, so an install by hand counts, and an install that broke off does not.
 */
export async function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new ClearStop(
      `Milepost needs Node.js 20.19 or newer to start from; this is ${process.versions.node}.`,
    );
  }
  if (isInstalled()) return;
  say('Installing packages (npm ci), a minute or two the first time ...');
  freeRunningNode();
  const npm = findNpm();
  const result = await runTool(npm.command, [...npm.args, 'ci', '--no-audit', '--no-fund']);
  if (result.code !== 0) {
    say(result.output);
    throw new ClearStop('The packages could not be installed: npm says why above.');
  }
  say(`Installed in ${seconds(result.elapsedMs)}.`);
}

function isInstalled() {
  const record = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = readPackages(inRoot('package-lock.json'));
  const present = readPackages(record);
  const asWanted = [...present].every(
    ([name, found]) => wanted.get(name)?.version === found.version && suitsThisSystem(found),
  );
  const complete = [...wanted].every(([name, locked]) => locked.optional || present.has(name));
  return asWanted && complete;
}

/** @param {LockedPackage} locked A folder brought over from another system has the wrong programs in it. */
function suitsThisSystem({ os }) {
  const systems = os === undefined ? [] : [os].flat();
  return systems.length === 0 || systems.some((name) => name === process.platform || name.startsWith('!'));
}

/**
 * @param {string} file
 * @returns {Map<string, LockedPackage>}
 */
function readPackages(file) {
  /** @type {{ packages: Record<string, LockedPackage> }} */
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(Object.entries(lock.packages).filter(([name]) => name !== ''));
}

/** Prefers the npm that called us; it is a script, which needs no shell on Windows. */
function findNpm() {
  const caller = process.env['npm_execpath'];
  const nodeFolder = path.dirname(process.execPath);
  const scripts = [
    caller !== undefined && path.basename(caller).startsWith('npm') ? caller : undefined,
    path.join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = scripts.find((file) => file?.endsWith('.js') && existsSync(file));
  // npm's own Node rather than ours: ours may be the one that is about to be replaced.
  if (script !== undefined)
    return { command: process.env['npm_node_execpath'] ?? process.execPath, args: [script] };
  return isWindows ? { command: 'cmd.exe', args: ['/d', '/s', '/c', 'npm'] } : { command: 'npm', args: [] };
}

/**
 * Windows can not delete a program that runs, and npm puts the Node of node_modules first on the path, so we may be that
 * program. It can be moved, though: out of npm's way, to be deleted the next time.
 */
function freeRunningNode() {
  if (!isWindows || !process.execPath.startsWith(inRoot('node_modules'))) return;
  const shelter = inRoot('out', 'replaced-node');
  mkdirSync(shelter, { recursive: true });
  for (const name of readdirSync(shelter)) {
    try {
      rmSync(path.join(shelter, name));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      say(`Left ${name} in place, it is still running (${error.message}).`);
    }
  }
  renameSync(process.execPath, path.join(shelter, `node-${process.pid}.exe`));
}
