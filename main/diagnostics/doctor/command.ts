import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Language } from '../../../shared/contract/views.ts';
import { worstOf } from '../../../shared/domain/verdict.ts';
import { readEarning } from '../../checkout/earning.ts';
import { openSecrets } from '../../secrets/secrets.ts';
import type { Sealer } from '../../secrets/sealer.ts';
import { commandOptions, noLanguage, placesOf, type CommandResult } from '../../settings/command.ts';
import { loadSettings } from '../../settings/load.ts';
import { readOfferTableFile } from '../../settings/text-file.ts';
import { connectToIssuance } from '../../uplink.ts';
import { createLog } from '../log.ts';
import { createRedactor } from '../redact.ts';
import { examine } from './examine.ts';
import { reportText } from './text.ts';

const USAGE = `doctor [--data DIR] [--settings FILE] [--policy FILE] [--json] [--language en-CA|fr-CA]
ends with 0 when all is well, 1 with warnings, 2 with a fault, 3 when it could not look
`;

const exitCodes = { well: 0, warning: 1, fault: 2 } as const;
const COULD_NOT_LOOK = 3;

/** `doctor`, beside a running terminal or without one. `sealer` is there in the installed program. */
export async function runDoctorCommand(
  words: readonly string[],
  version: string,
  sealer?: Sealer,
): Promise<CommandResult> {
  const values = readWords(words);
  if (typeof values === 'string')
    return { exitCode: COULD_NOT_LOOK, output: '', complaint: `${values}\n${USAGE}` };
  try {
    return await look(values, version, sealer);
  } catch (error) {
    // A fleet tool reads the code: Node's own for a program that throws, 1, would be taken for warnings.
    if (!(error instanceof Error)) throw error;
    const complaint = createRedactor().redact(`doctor could not look: ${error.stack ?? error.message}\n`);
    return { exitCode: COULD_NOT_LOOK, output: '', complaint };
  }
}

type Words = Exclude<ReturnType<typeof readWords>, string>;

async function look(values: Words, version: string, sealer: Sealer | undefined): Promise<CommandResult> {
  const redactor = createRedactor();
  const log = createLog({ write: () => undefined }, redactor);
  const environmentVariables = process.env;
  const nowMs = (): number => Date.now();
  const places = placesOf(values);
  const loaded = loadSettings({ ...places, environmentVariables, nowMs: nowMs(), canWrite: false });
  const { dataFolder } = places;
  const secrets = await openSecrets({
    dataFolder,
    sealer,
    environmentVariables,
    nowMs,
    log,
    redactor,
    canWrite: false,
  });
  const { notices: offerNotices } = readEarning(loaded.settings, readOfferTableFile, log);
  const none = { candidates: () => [] };
  const uplink = await connectToIssuance({
    settings: loaded.settings,
    secrets: secrets.kind === 'open' ? secrets.secrets : none,
    environmentVariables,
    readCaFile: (file) => readFileSync(file, 'utf8'),
    log,
  });
  try {
    const report = await examine(
      {
        loaded,
        dataFolder,
        version,
        secrets,
        offerNotices,
        uplink,
        scanner: undefined,
        lookAtPrinter: undefined,
        nowMs,
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      },
      new AbortController().signal,
    );
    const { language, programme } = loaded.settings;
    const chosen = Language.safeParse(values.language).data ?? language;
    const redacted = (_key: string, value: unknown): unknown =>
      typeof value === 'string' ? redactor.redact(value) : value;
    const output =
      values.json === true
        ? `${JSON.stringify({ worst: worstOf(report.findings), ...report }, redacted, 2)}\n`
        : reportText(report, chosen, programme.name);
    return {
      exitCode: exitCodes[worstOf(report.findings)],
      output: values.json === true ? output : redactor.redact(output),
    };
  } finally {
    if (uplink.kind === 'connected') await uplink.close();
  }
}

function readWords(words: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...words], options: commandOptions });
    const { language } = values;
    const isKnown = language === undefined || Language.safeParse(language).success;
    return isKnown ? values : noLanguage(language);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error) return error.message;
    throw error;
  }
}
