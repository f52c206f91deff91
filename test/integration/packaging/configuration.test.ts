import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configuration, inRoot } from './pack.ts';

const Targets = z.looseObject({ target: z.array(z.string()) });

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

  test('brings every form that IT installs, each silently where the system knows how', () => {
    expect(configuration).toMatchObject({
      win: { target: ['nsis', 'msi'] },
      linux: { target: ['deb', 'AppImage'] },
      mac: { target: ['dmg', 'zip'] },
    });
  });

  test('lets NSIS leave its installer behind, and an AppImage keep its file’s name: the way back needs both', () => {
    expect(configuration).toMatchObject({ appImage: { artifactName: '${productName}.${ext}' } });
    const macro = readFileSync(inRoot('build/resources/windows/keep-installer.nsh'), 'utf8');
    expect(macro).toContain(String.raw`"$EXEPATH" "$INSTDIR\resources\installer.exe"`);
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

  test('start what was packed: each program is looked for where electron-builder puts it', () => {
    const release = readFileSync(join(folder, 'release.yml'), 'utf8');
    const apps = [...release.matchAll(/app: (\S+)/g)].map(([, app = '']) => app);
    expect(apps).toEqual([
      'linux-unpacked/milepost',
      'win-unpacked/Milepost.exe',
      'mac-arm64/Milepost.app/Contents/MacOS/Milepost',
    ]);
    const output = /directories\.output=(\S+)/.exec(release)?.[1];
    expect(release).toContain(`/${output}/\${{ matrix.app }}`);
    expect(release).toContain(`check-fuses.mjs ${configuration.directories.output}/\${{ matrix.app }}`);
  });

  test('keep every form that is made, and what an update is found by', () => {
    const release = readFileSync(join(folder, 'release.yml'), 'utf8');
    const { win, linux, mac } = z
      .looseObject({ win: Targets, linux: Targets, mac: Targets })
      .parse(configuration);
    const made = [win, linux, mac].flatMap(({ target }) =>
      target.map((form) => (form === 'nsis' ? 'exe' : form)),
    );
    const kept = [...release.matchAll(/^ +dist\/\*\.(\w+)$/gm)].map(([, form = '']) => form);
    expect(kept.toSorted()).toEqual(made.toSorted());
    expect(release).toMatch(/^ +dist\/latest\*\.yml$/m);
  });

  test('are valid YAML with jobs that run somewhere', () => {
    const Workflow = z.looseObject({ jobs: z.record(z.string(), z.looseObject({ 'runs-on': z.string() })) });
    for (const [name, text] of files)
      expect([name, Workflow.safeParse(load(text)).success]).toEqual([name, true]);
  });
});
