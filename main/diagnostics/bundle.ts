import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { BundleFile, DayFigures, DoctorReport } from '../../shared/contract/doctor.ts';
import type { Language } from '../../shared/contract/views.ts';
import type { JournalLine, TransactionRow } from '../journal/rows.ts';
import { explainSettings } from '../settings/explain.ts';
import type { LoadedSettings } from '../settings/load.ts';
import { writeAtomically } from '../settings/write-atomically.ts';
import { reportText } from './doctor/text.ts';
import type { Redactor } from './redact.ts';

export interface BundleSources {
  readonly report: DoctorReport;
  readonly language: Language;
  readonly loaded: LoadedSettings;
  readonly sales: readonly TransactionRow[];
  readonly lines: readonly JournalLine[];
  readonly days: readonly DayFigures[];
  readonly logFolder: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly redactor: Redactor;
}

export interface Bundle {
  /** What is in it, for the person who decides to save it. */
  readonly files: readonly BundleFile[];
  readonly zip: Uint8Array;
}

const LOGS_KEPT = 3;

const README = `This is a support bundle of Milepost. Every file is plain text and can be read without any program of ours.
doctor.txt    what the terminal found when it looked at itself
timeline.txt  what happened, in words, the newest first
settings.txt  every setting and where it came from; no secrets
versions.txt  what is running
figures.json  counts and durations by day
logs/         the log, one line of JSON an event
It holds no full Collector Number, no PIN, no token and no secret.
`;

const moment = (atMs: number): string => new Date(atMs).toISOString().replace('T', ' ').slice(0, 19);
const dollars = (amountCents: number): string => `$${(amountCents / 100).toFixed(2)}`;

function saleInWords(row: TransactionRow): readonly [number, string] {
  const { reference, kind, entryMode, preTaxCents, state, reason, attempts, recordedAtMs } = row;
  const why = reason === null ? '' : ` (${reason})`;
  const tried = attempts === 1 ? 'one attempt' : `${attempts} attempts`;
  const words = `${kind} ${reference} of ${dollars(preTaxCents)}, Collector by ${entryMode}: ${state}${why} after ${tried}`;
  return [recordedAtMs, words];
}

function lineInWords({ atMs, what, actor, detail }: JournalLine): readonly [number, string] {
  return [atMs, `${what.replaceAll('-', ' ')}${actor === null ? '' : ` by ${actor}`} ${detail}`];
}

/** What happened, in words, the newest first. Times are UTC. */
function timelineText(sales: readonly TransactionRow[], lines: readonly JournalLine[]): string {
  const all = [...sales.map(saleInWords), ...lines.map(lineInWords)];
  const sorted = all.toSorted(([left], [right]) => right - left);
  return `Times are UTC.\n${sorted.map(([atMs, words]) => `${moment(atMs)}  ${words}`).join('\n')}\n`;
}

function logsIn(folder: string): ReadonlyArray<readonly [string, string]> {
  return readdirSync(folder)
    .filter((name) => /^terminal\.log(\.\d+)?$/.test(name))
    .toSorted((left, right) => statSync(join(folder, right)).mtimeMs - statSync(join(folder, left)).mtimeMs)
    .slice(0, LOGS_KEPT)
    .map((name) => [`logs/${name}`, readFileSync(join(folder, name), 'utf8')] as const);
}

/** Gathers everything support needs into one file, with the redactor in front of each part. Saves nothing. */
export function makeBundle(sources: BundleSources): Bundle {
  const { report, loaded, redactor, versions } = sources;
  const programmeName = loaded.settings.programme.name;
  const parts: ReadonlyArray<readonly [string, string]> = [
    ['README.txt', README],
    ['doctor.txt', reportText(report, sources.language, programmeName)],
    ['timeline.txt', timelineText(sources.sales, sources.lines)],
    ['settings.txt', explainSettings(loaded, sources.language)],
    [
      'versions.txt',
      `${Object.entries(versions)
        .map(([name, version]) => `${name} ${version ?? ''}`)
        .join('\n')}\n`,
    ],
    ['figures.json', JSON.stringify(sources.days, undefined, 2)],
    ...logsIn(sources.logFolder),
  ];
  const clean = parts.map(([name, text]) => [name, strToU8(redactor.redact(text))] as const);
  return {
    files: clean.map(([name, bytes]) => ({ name, bytes: bytes.length })),
    zip: zipSync(Object.fromEntries(clean)),
  };
}

/** Saves a bundle under a name that sorts by time; gives its path. Throws the system's error. */
export function saveBundle(bundle: Bundle, folder: string, store: string, nowMs: number): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const time = new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
  const file = join(folder, `milepost-support-${store.replaceAll(/[^\w-]/g, '_')}-${time}.zip`);
  writeAtomically(file, bundle.zip);
  return file;
}
