import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '../../..');
export const inRoot = (...path: string[]): string => join(root, ...path);

const Configuration = z.looseObject({
  directories: z.looseObject({ output: z.string() }),
  electronFuses: z.record(z.string(), z.boolean()),
  asarUnpack: z.array(z.string()),
});
export const configuration = Configuration.parse(load(readFileSync(inRoot('electron-builder.yml'), 'utf8')));

/** Packs for Linux with a stand-in for Electron; the folder is the caller's to remove. */
export function packWithStandIn(): { readonly folder: string; readonly resources: string } {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-package-'));
  const standIn = join(folder, 'electron-dist');
  mkdirSync(join(standIn, 'resources'), { recursive: true });
  writeFileSync(join(standIn, 'electron'), '#!/bin/sh\n');
  chmodSync(join(standIn, 'electron'), 0o755);
  const { electronFuses: _fuses, ...rest } = configuration;
  const config = {
    ...rest,
    electronDist: standIn,
    directories: { ...configuration.directories, output: join(folder, 'dist') },
  };
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const cli = inRoot('node_modules/electron-builder/cli.js');
  execFileSync(process.execPath, [cli, '--linux', 'dir', '--config', file, '--projectDir', root], {
    stdio: 'pipe',
  });
  return { folder, resources: join(folder, 'dist', 'linux-unpacked', 'resources') };
}
