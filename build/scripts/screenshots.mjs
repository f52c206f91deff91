import { rmSync } from 'node:fs';
import { ensureBuilt } from './lib/bundles.mjs';
import { findChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { environmentFor, findNode } from './lib/node.mjs';
import { runTool } from './lib/processes.mjs';
import { ClearStop, inRoot, runCommand } from './lib/workspace.mjs';

const timeLimitMs = 60 * 60_000;

/** `screenshots.mjs [name]`: a picture of every page, state, theme and language, in out/screenshots; or of those so named. */
async function takePictures() {
  await ensureInstalled();
  const node = await findNode();
  const env = environmentFor(node);
  await ensureBuilt(node, env);
  const chromium = await findChromium(node, env);
  if (chromium.kind === 'none') throw new ClearStop(chromium.message);
  const [name] = process.argv.slice(2);
  if (name === undefined) rmSync(inRoot('out', 'screenshots'), { recursive: true, force: true });
  const { code } = await runTool(
    node,
    [
      inRoot('node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config=build/pictures.config.ts',
      ...(name === undefined ? [] : ['--grep', name]),
    ],
    { env: { ...env, MILEPOST_CHROMIUM: chromium.path }, live: true, timeLimitMs },
  );
  return code;
}

await runCommand(takePictures);
