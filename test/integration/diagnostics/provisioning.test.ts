import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DoctorReport } from '../../../shared/contract/doctor.ts';
import { worstOf } from '../../../shared/domain/verdict.ts';
import { openOwnLayer } from '../../../main/settings/own-layer.ts';
import { install, runProgram, startOnce, wordsFor } from './installed.ts';

test('an empty folder, a policy, a store file, a provisioning file and one start make a terminal that is well', async () => {
  const installed = await install();
  const { dataFolder, clientSecret } = installed;
  const log = await startOnce(installed);
  expect(existsSync(join(dataFolder, 'provisioning.json'))).toBe(false);
  expect(log).toContain('secrets-provisioned');
  openOwnLayer(dataFolder, join(dataFolder, 'settings-copies'), Date.now(), true).set('language', 'fr-CA');

  const doctor = await runProgram('main/diagnostics/doctor/program.ts', [...wordsFor(installed), '--json']);
  const { worst, ...given } = JSON.parse(doctor.output);
  const report = DoctorReport.parse(given);
  expect(report.findings.filter(({ verdict }) => verdict === 'fault' || verdict === 'warning')).toEqual([]);
  expect([worst, worstOf(report.findings), doctor.code]).toEqual(['well', 'well', 0]);

  const explain = (...words: string[]) =>
    runProgram('main/settings/program.ts', ['explain', ...wordsFor(installed), ...words], {
      MILEPOST_STORE_PROVINCE: 'QC',
    });
  const explained = await explain('--language', 'en-CA');
  expect(explained.code).toBe(0);
  expect(explained.output).toContain(
    'Layers in use: default, policy, store file, this terminal, environment',
  );
  expect(explained.output).toContain('store.province = "QC"   (environment: MILEPOST_STORE_PROVINCE)');
  expect(explained.output).toContain('environment = "training"   (default, locked by the policy)');
  expect(explained.output).toContain('language = "fr-CA"   (this terminal: ');

  // Without being asked for a language it speaks the terminal's own.
  const french = await explain();
  expect(french.output).toContain('environment = "training"   (par défaut, verrouillé par la politique)');
  expect(french.output).toContain('Rien n’a été refusé.');
  expect((await explain('--language', 'de')).code).toBe(2);

  // The owner-only file is where it rests; nowhere else.
  const written = readdirSync(dataFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'secrets.json')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  const everything = [...written, log, doctor.output, explained.output].join('\n');
  expect(everything).not.toContain(clientSecret);
});

test('a terminal of production does not start in a browser’s window, unless the settings say so', async () => {
  const installed = await install();
  const { policyFile, settingsFile } = installed;
  rmSync(policyFile);
  const store = JSON.parse(readFileSync(settingsFile, 'utf8'));
  const write = (lockdown: object): void =>
    writeFileSync(settingsFile, JSON.stringify({ ...store, environment: 'production', lockdown }));
  write({});
  await expect(startOnce(installed)).rejects.toThrow('A browser window does not serve production');
  write({ mayBrowserServeProduction: true });
  // Past that; what stands in the way now is that this one's server is a simulator.
  await expect(startOnce(installed)).rejects.toThrow('can not use a simulator on this machine');
});
