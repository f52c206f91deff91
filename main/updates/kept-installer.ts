import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { syncFile, syncFolder } from '../journal/sync.ts';
import type { KeptInstaller } from './attempt.ts';
import type { InstalledForm } from './installed-form.ts';

async function sha512Of(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * Before an update: keeps what puts the running version back in `<folder>/previous`, in the place of an older one.
 * Undefined where this form leaves nothing to keep. Throws the system's error.
 */
export async function keepInstaller(
  form: InstalledForm,
  version: string,
  folder: string,
): Promise<KeptInstaller | undefined> {
  const { ownInstaller } = form;
  if (ownInstaller === undefined || !existsSync(ownInstaller)) return undefined;
  const keep = join(folder, 'previous');
  mkdirSync(keep, { recursive: true, mode: 0o700 });
  const file = join(keep, `milepost-${version}${extname(ownInstaller)}`);
  const half = `${file}.half`;
  copyFileSync(ownInstaller, half);
  chmodSync(half, 0o700);
  syncFile(half);
  renameSync(half, file);
  for (const name of readdirSync(keep)) if (name !== basename(file)) rmSync(join(keep, name));
  syncFolder(keep);
  const sha512 = await sha512Of(file);
  return { version, file, sha512, ...(form.kind === 'appimage' ? { program: form.program } : {}) };
}

/** Whether what was kept is there, byte for byte. */
export async function isWhole(kept: KeptInstaller | undefined): Promise<boolean> {
  return kept !== undefined && existsSync(kept.file) && (await sha512Of(kept.file)) === kept.sha512;
}

/** A program to start in the place of this one. */
export interface Successor {
  readonly program: string;
  readonly words: readonly string[];
}

/**
 * Puts a kept version back and names what to start then. An AppImage takes its old place in one rename; NSIS's
 * installer does its work itself, silently, and starts the terminal when it is done. Throws the system's error.
 */
export function putInstallerBack(kept: KeptInstaller, words: readonly string[]): Successor {
  const { program } = kept;
  if (program === undefined) return { program: kept.file, words: ['--updated', '/S', '--force-run'] };
  const half = `${program}.back`;
  copyFileSync(kept.file, half);
  chmodSync(half, 0o755);
  syncFile(half);
  renameSync(half, program);
  syncFolder(dirname(program));
  return { program, words };
}

/** Starts a program that outlives this one. Rejects when it can not be started at all. */
export async function startSuccessor({ program, words }: Successor): Promise<void> {
  const child = spawn(program, words, { detached: true, stdio: 'ignore' });
  await once(child, 'spawn');
  child.unref();
}
