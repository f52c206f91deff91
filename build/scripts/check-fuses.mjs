import { readFileSync } from 'node:fs';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { load } from 'js-yaml';
import { ClearStop, inRoot, runCommand, say } from './lib/workspace.mjs';

/** How electron-builder calls the fuses that Electron numbers. */
const numbers = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
};

/** `check-fuses.mjs APP`: reads the fuses out of a packaged program and holds them against electron-builder.yml. */
async function check() {
  const app = process.argv[2];
  if (app === undefined) throw new ClearStop('Usage: check-fuses.mjs APP');
  /** @type {any} */
  const { electronFuses } = load(readFileSync(inRoot('electron-builder.yml'), 'utf8'));
  const wire = await getCurrentFuseWire(app);
  let wrong = 0;
  for (const [name, number] of Object.entries(numbers)) {
    const isOn = wire[number] === FuseState.ENABLE;
    const isRight = isOn === electronFuses[name];
    if (!isRight) wrong += 1;
    say(`${isRight ? 'ok   ' : 'WRONG'} ${name} is ${isOn ? 'on' : 'off'}`);
  }
  return wrong === 0 ? 0 : 1;
}

await runCommand(check);
