import { randomUUID } from 'node:crypto';
import { arch, platform, release } from 'node:os';
import { join } from 'node:path';
import type { DoctorReport, Finding } from '../../../shared/contract/doctor.ts';
import type { PrinterLook } from '../../devices/messages.ts';
import type { Notice, Status } from '../../../shared/contract/views.ts';
import { makeCollectorNumber, type CollectorNumber } from '../../../shared/domain/collector-number.ts';
import { cents } from '../../../shared/domain/money.ts';
import { noTaxes } from '../../../shared/domain/tax.ts';
import type { Answer } from '../../airmiles/client.ts';
import { buildBasketBody } from '../../airmiles/requests.ts';
import { inspectJournal } from '../../journal/inspect.ts';
import type { SecretsOpening } from '../../secrets/secrets.ts';
import type { LoadedSettings } from '../../settings/load.ts';
import type { Settings } from '../../settings/schema.ts';
import type { Uplink } from '../../uplink.ts';
import { checkPrinter, checkScanner } from './devices.ts';
import { fault, notChecked, well } from './finding.ts';
import {
  checkBackups,
  checkDisk,
  checkFolder,
  checkJournal,
  checkQueue,
  checkSecrets,
  checkSettings,
  checkTimeZone,
} from './local.ts';
import { checkCall, checkClock, checkWay } from './network.ts';

export interface DoctorSubject {
  readonly loaded: LoadedSettings;
  readonly dataFolder: string;
  readonly version: string;
  readonly secrets: SecretsOpening;
  /** What was wrong with the offer table that the settings name. */
  readonly offerNotices: readonly Notice[];
  readonly uplink: Uplink;
  /** Of a running terminal; elsewhere the ports are listed. */
  readonly scanner: Status['scanner'] | undefined;
  /** Of a running terminal, whose receipts go first. */
  readonly lookAtPrinter: (() => Promise<PrinterLook>) | undefined;
  readonly nowMs: () => number;
  /** This machine's time zone. */
  readonly zone: string;
}

/** Longer than any part of the way may take; what hangs then is told as a time-out. */
const WAY_LIMIT_MS = 15_000;
const CALL_LIMIT_MS = 10_000;

/**
 * Looks at everything a terminal needs, in numbered checks. It changes nothing, sends nothing that counts and takes no
 * turn of a sale: the journal is read by another connection, and the call is RECORD or CALCULATE for a Collector that
 * does not exist.
 */
export async function examine(subject: DoctorSubject, signal: AbortSignal): Promise<DoctorReport> {
  const { loaded, dataFolder, nowMs, version } = subject;
  const { settings } = loaded;
  const journalFolder = join(dataFolder, 'journal');
  const [inspection, network, scanner, printer] = await Promise.all([
    inspectJournal(journalFolder),
    checkNetwork(subject, signal),
    checkScanner(settings.devices, subject.scanner),
    checkPrinter(settings.devices.printer, subject.lookAtPrinter),
  ]);
  const system = `${platform()} ${release()} ${arch()}`;
  const findings: Finding[] = [
    well('version', 'well', { version, system, node: process.version }),
    checkSettings(loaded, subject.offerNotices),
    checkFolder(dataFolder),
    checkDisk(dataFolder, settings.journal.reserveMegabytes),
    checkJournal(inspection, settings, nowMs()),
    checkQueue(inspection, settings, nowMs()),
    checkBackups(journalFolder, settings, inspection, nowMs()),
    checkTimeZone(subject.zone, settings.store.transactionDayZone),
    secretsFinding(subject),
    ...network,
    scanner,
    printer,
  ];
  const { partnerDesk, programmeDesk, escalation } = settings.support;
  return {
    madeAtMs: nowMs(),
    version,
    environment: settings.environment,
    store: `${settings.store.number}-${settings.store.lane}`,
    findings,
    support: { partnerDesk, programmeDesk, escalation },
  };
}

function secretsFinding({ secrets, loaded: { settings } }: DoctorSubject): Finding {
  const isBuiltIn = settings.environment === 'training' && settings.airmiles.baseUrl === undefined;
  if (secrets.kind === 'open') return checkSecrets(secrets, settings, isBuiltIn);
  if (secrets.code === 'secrets-sealed') return notChecked('secrets', 'sealed');
  return fault('secrets', 'refused', { problem: secrets.code });
}

async function checkNetwork(subject: DoctorSubject, given: AbortSignal): Promise<Finding[]> {
  const { uplink, nowMs, loaded } = subject;
  const unreached = (['proxy', 'dns', 'tcp', 'tls', 'clock', 'token'] as const).map((check) =>
    notChecked(check, 'not-reached'),
  );
  if (uplink.kind === 'refused') {
    if (uplink.code === 'no-credentials') return [...unreached, notChecked('api', 'not-reached')];
    return [...unreached, fault('api', 'not-set-up', { problem: uplink.code })];
  }
  const seen = await uplink.probe(AbortSignal.any([given, AbortSignal.timeout(WAY_LIMIT_MS)]));
  const isWayOpen = seen.failure === undefined;
  const at = nowMs();
  const answer = isWayOpen ? await callOf(subject, loaded.settings, given) : undefined;
  const serverDateMs = answer?.kind === 'answered' ? answer.serverDateMs : seen.serverDateMs;
  const readAtMs = answer?.kind === 'answered' ? nowMs() : at;
  return [...checkWay(seen), checkClock(serverDateMs, readAtMs), ...checkCall(answer, isWayOpen)];
}

/** A call that counts for nothing: in certification RECORD, as AIR MILES asks of a new integration; else CALCULATE. */
async function callOf(
  { uplink, nowMs }: DoctorSubject,
  settings: Settings,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  if (uplink.kind === 'refused') return undefined;
  const amount = cents(100);
  const [practice] = uplink.practiceCollectors;
  const body = buildBasketBody({
    preTaxCents: amount,
    taxes: noTaxes,
    postTaxCents: amount,
    checkoutAtMs: nowMs(),
    checkoutTransactionId: randomUUID(),
    collectorNumber: (practice ?? makeCollectorNumber(Math.random)) as CollectorNumber,
    deviceId: 'doctor',
  });
  const endpoint = settings.environment === 'certification' ? 'record' : 'calculate';
  const request = { endpoint, idempotencyKey: undefined, body, totalTimeoutMs: CALL_LIMIT_MS } as const;
  return await uplink.client.send(request, signal);
}
