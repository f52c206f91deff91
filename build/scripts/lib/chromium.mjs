import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runTool } from './processes.mjs';
import { inRoot, isWindows, say, seconds } from './workspace.mjs';

const downloadIdleLimitMs = 40_000;
const downloadTimeLimitMs = 10 * 60_000;
const packageTimeLimitMs = 10 * 60_000;

/**
 * @typedef {{ readonly kind: 'found', readonly path: string } | { readonly kind: 'none', readonly message: string }} FoundChromium
 */

/**
 * A Chromium to test in: one already there, else Playwright's own, else Debian's package. Installs where it can.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<FoundChromium>}
 */
export async function findChromium(node, env) {
  const named = env['MILEPOST_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (await starts(named)) return { kind: 'found', path: named };
    return { kind: 'none', message: `MILEPOST_CHROMIUM names ${named}, which does not start.` };
  }
  const ours = playwrightsOwn();
  const present = await firstThatStarts([...knownPlaces(env), ours]);
  if (present !== undefined) return { kind: 'found', path: present };

  await downloadPlaywrightsOwn(node, env);
  if (await starts(ours)) return { kind: 'found', path: ours };

  await installDebiansPackage(env);
  const installed = await firstThatStarts(knownPlaces(env));
  if (installed !== undefined) return { kind: 'found', path: installed };
  return {
    kind: 'none',
    message:
      'No Chromium was found or could be installed. Install Chromium, Chrome or Edge, or name one in MILEPOST_CHROMIUM.',
  };
}

/**
 * The places the terminal itself looks in, `${NAME}` being an environment variable.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
function knownPlaces(env) {
  /** @type {Record<string, string[]>} */
  const places = JSON.parse(readFileSync(inRoot('main', 'hosts', 'browser', 'known-browsers.json'), 'utf8'));
  return (places[process.platform] ?? []).map((place) =>
    place.replace(/\$\{([^}]+)\}/g, (_, /** @type {string} */ name) => env[name] ?? ''),
  );
}

/** @returns {string} where Playwright's own Chromium is, or would be */
function playwrightsOwn() {
  const require = createRequire(inRoot('package.json'));
  /** @type {typeof import('@playwright/test')} */
  const { chromium } = require('@playwright/test');
  return chromium.executablePath();
}

/** @param {readonly string[]} paths */
async function firstThatStarts(paths) {
  for (const path of paths) if (await starts(path)) return path;
  return undefined;
}

/**
 * Present is not enough: a downloaded Chromium may lack libraries of the system.
 * @param {string} path
 */
async function starts(path) {
  if (!existsSync(path)) return false;
  // On Windows the question for the version opens a window.
  if (isWindows) return true;
  return (await runTool(path, ['--version'], { timeLimitMs: 30_000 })).code === 0;
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
async function downloadPlaywrightsOwn(node, env) {
  say("No Chromium on this machine; fetching Playwright's own ...");
  const cli = inRoot('node_modules', '@playwright', 'test', 'cli.js');
  const result = await runTool(node, [cli, 'install', '--no-shell', 'chromium'], {
    env: { ...env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
    timeLimitMs: downloadTimeLimitMs,
    idleLimitMs: downloadIdleLimitMs,
  });
  say(
    result.code === 0
      ? `Fetched in ${seconds(result.elapsedMs)}.`
      : `It can not be fetched here (${seconds(result.elapsedMs)}).`,
  );
}

/** @param {NodeJS.ProcessEnv} env */
async function installDebiansPackage(env) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && (await runTool('sudo', ['-n', 'true'], { timeLimitMs: 10_000 })).code !== 0) return;
  say("Installing Debian's chromium package ...");
  const steps = [
    ['apt-get', '-qq', 'update'],
    ['apt-get', '-qq', 'install', '-y', '--no-install-recommends', 'chromium'],
  ];
  for (const step of steps) {
    const [command = '', ...args] = isRoot ? step : ['sudo', '-n', ...step];
    const result = await runTool(command, args, {
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
      timeLimitMs: packageTimeLimitMs,
    });
    if (result.code === 0) continue;
    say(`${step.join(' ')} failed: ${result.output.trim().split('\n').at(-1) ?? ''}`);
    return;
  }
}
