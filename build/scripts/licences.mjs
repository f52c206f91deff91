import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './lib/workspace.mjs';

/**
 * Writes the list of everything that is inside the installed program: what main loads from node_modules with all it
 * needs, and what the screens are bundled from. A test keeps the list equal to what is installed.
 *
 * @typedef {{ name: string, version: string, licence: string }} Entry
 * @typedef {{ name?: string, version?: string, license?: string | { type?: string }, dependencies?: Record<string, string> }} Manifest
 */

/** The screens' libraries are bundled, so they are development dependencies; their own dependencies come along. */
const bundled = ['react', 'react-dom', 'react-aria-components', 'react-intl', '@fontsource-variable/inter'];

/** @returns {Entry[]} by name */
function listLicences() {
  /** @type {Map<string, Entry>} */
  const found = new Map();
  const own = manifestIn(inRoot());
  for (const name of [...Object.keys(own.dependencies ?? {}), ...bundled]) walk(name, inRoot(), found);
  return [...found.values()].toSorted((left, right) => left.name.localeCompare(right.name, 'en'));
}

/**
 * @param {string} name
 * @param {string} from the folder whose code asks for it
 * @param {Map<string, Entry>} found
 */
function walk(name, from, found) {
  const folder = folderOf(name, from);
  // Types and optional parts of other systems are not there and not in the program.
  if (folder === undefined || name.startsWith('@types/')) return;
  const manifest = manifestIn(folder);
  const version = manifest.version ?? '';
  const key = `${name}@${version}`;
  if (found.has(key)) return;
  const { license } = manifest;
  const licence = typeof license === 'string' ? license : (license?.type ?? licenceIn(folder));
  found.set(key, { name, version, licence });
  for (const each of Object.keys(manifest.dependencies ?? {})) walk(each, folder, found);
}

/**
 * Some packages say it in a file only.
 * @param {string} folder
 */
function licenceIn(folder) {
  const file = path.join(folder, 'LICENSE');
  const isMit =
    existsSync(file) && readFileSync(file, 'utf8').includes('Permission is hereby granted, free of charge');
  return isMit ? 'MIT' : 'see its package';
}

/**
 * As Node looks: in node_modules beside the asking code, then further up.
 * @param {string} name
 * @param {string} from
 * @returns {string | undefined}
 */
function folderOf(name, from) {
  for (let folder = from; folder.startsWith(inRoot()); folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', ...name.split('/'));
    if (existsSync(path.join(candidate, 'package.json'))) return candidate;
  }
  return undefined;
}

/**
 * @param {string} folder
 * @returns {Manifest}
 */
function manifestIn(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

const text = `${JSON.stringify(listLicences(), undefined, 2)}\n`;
// `--print` leaves the list as it is.
if (process.argv[2] === '--print') process.stdout.write(text);
else writeFileSync(inRoot('renderer', 'features', 'about', 'licences.json'), text);
