import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runTool } from './processes.mjs';
import { inRoot, say, seconds } from './workspace.mjs';

const downloadIdleLimitMs = 30_000;
const downloadTimeLimitMs = 15 * 60_000;
const failureHoldsMs = 24 * 60 * 60_000;

const cache = inRoot('node_modules', '.cache', 'milepost');
const failureRecord = path.join(cache, 'electron-not-fetched.json');

/**
 * The Electron program, fetched by Electron's own installer where it is missing. A failure is remembered for a day, so that a
 * network that refuses it does not slow down every start.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @param {{ isWanted: boolean }} options wanted by name: tries again whatever happened before
 * @returns {Promise<string | undefined>}
 */
export async function findElectron(node, env, { isWanted }) {
  const present = locate(env);
  if (present !== undefined) return present;
  if (!isWanted && failedLately()) return undefined;

  // A network that refuses says so at once, and then one line is enough.
  const notice = setTimeout(() => say('Fetching the Electron program ...'), 3000);
  // Its own folder for unfinished downloads: how it grows tells a slow network from one that does not answer.
  const downloads = path.join(cache, 'electron-download');
  mkdirSync(downloads, { recursive: true });
  const result = await runTool(node, [inRoot('node_modules', 'electron', 'install.js')], {
    env: { ...env, TMPDIR: downloads, TEMP: downloads, TMP: downloads },
    timeLimitMs: downloadTimeLimitMs,
    idleLimitMs: downloadIdleLimitMs,
    progress: () => bytesIn(downloads) + bytesIn(inRoot('node_modules', 'electron')),
  });
  clearTimeout(notice);
  rmSync(downloads, { recursive: true, force: true });
  if (result.code === 0) {
    say(`Fetched in ${seconds(result.elapsedMs)}.`);
    rmSync(failureRecord, { force: true });
    return locate(env);
  }
  writeFileSync(failureRecord, JSON.stringify({ reason: result.output.trim().split('\n')[0] ?? '' }));
  return undefined;
}

/**
 * Where Electron's own package looks for it.
 * @param {NodeJS.ProcessEnv} env
 */
function locate(env) {
  const folder = inRoot('node_modules', 'electron');
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const pathFile = path.join(folder, 'path.txt');
  const inDist = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : programInDist();
  const program = path.join(override ?? path.join(folder, 'dist'), inDist);
  return existsSync(program) ? program : undefined;
}

function programInDist() {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

function failedLately() {
  return existsSync(failureRecord) && Date.now() - statSync(failureRecord).mtimeMs < failureHoldsMs;
}

/**
 * @param {string} folder
 * @returns {number}
 */
function bytesIn(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // Files come and go while we look.
    if (entry.isFile())
      bytes += statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}
