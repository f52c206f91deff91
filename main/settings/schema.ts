import { z } from 'zod';
import { operatorModes } from '../../shared/domain/operator.ts';
import { Language, ScreenChoice } from '../../shared/contract/views.ts';
import { provinces } from '../../shared/domain/tax.ts';
import { TaxCorrections } from '../../shared/domain/tax-table.ts';
import { AirmilesSettings } from './airmiles.ts';
import { DeviceSettings } from './devices.ts';
import { ReceiptSettings } from './receipts.ts';
import { LockdownSettings, MetricsSettings, SupportSettings, UpdateSettings } from './upkeep.ts';
import { DaySettings } from './day.ts';
import programme from './programme.json' with { type: 'json' };

const UnitWords = z.strictObject({ one: z.string().min(1).max(40), other: z.string().min(1).max(40) });
const Minutes = z.int().min(0).max(1440);

/**
 * Every setting with its type, bounds and default. Each object is strict, so a misspelt key is found; each key has a
 * default, so a refused one leaves a terminal that works. The message of a rule is the code of its reason
 * (shared/domain/reasons.ts): the sentence stands in the catalogues.
 */
export const Settings = z.strictObject({
  environment: z.enum(['training', 'certification', 'production']).default('training'),
  language: Language.default('en-CA'),
  /** The programme's brand and the word for its unit: data, because both are being renamed. */
  programme: z
    .strictObject({
      name: z.string().min(1).max(60).default(programme.name),
      unit: z.strictObject({ 'en-CA': UnitWords, 'fr-CA': UnitWords }).default(programme.unit),
      unitsInFull: z
        .strictObject({ 'en-CA': z.string().min(1).max(60), 'fr-CA': z.string().min(1).max(60) })
        .default(programme.unitsInFull),
    })
    .prefault({}),
  store: z
    .strictObject({
      number: z.string().min(1).max(20).default('0001'),
      lane: z.string().min(1).max(20).default('1'),
      province: z.enum(provinces).default('ON'),
      transactionDayZone: z.enum(['EST', 'America/Toronto']).default('EST'),
    })
    .prefault({}),
  collectorNumber: z
    .strictObject({
      startsWith: z
        .string()
        .regex(/^\d{0,6}$/, 'six-digits')
        .default('8'),
      /** No official text states the check digit's rule: `none` turns it off. */
      check: z.enum(['modulus-11', 'none']).default('modulus-11'),
    })
    .prefault({}),
  sale: z
    .strictObject({
      amountLimitCents: z.int().min(1).max(100_000_000).default(1_000_000),
      /** The same Collector and amounts within so many minutes are asked about once; 0 never asks. */
      askAgainMinutes: Minutes.default(5),
      /**
       * A sale that earns more is taken for a slip and refused: always where the partner calculates, else where AIR MILES
       * said beforehand what it would earn.
       */
      milesLimit: z.int().min(1).max(10_000_000).default(10_000),
      /** The most Miles that one correction by hand, or one return without its sale, may move. */
      correctionMilesLimit: z.int().min(1).max(10_000_000).default(500),
    })
    .prefault({}),
  operators: z
    .strictObject({
      /**
       * `managers`: anybody sells, what takes a manager takes a PIN. `everyone`: who sells is signed in. `off`: the store
       * wants none, everything is allowed and no name stands behind it; also the way back where the only manager forgot
       * their PIN.
       */
      mode: z.enum(operatorModes).default('managers'),
      /** After so many minutes without a touch whoever is signed in has to key their PIN again; 0 never asks. */
      autoLockMinutes: Minutes.default(5),
    })
    .prefault({}),
  /** A province's rates by date, where they are newer than this build: they replace the built-in ones. */
  taxes: TaxCorrections.default({}),
  devices: DeviceSettings.prefault({}),
  receipts: ReceiptSettings.prefault({}),
  screen: ScreenChoice.prefault({}),
  /** The tones of the four outcomes and of a refused scan. */
  sounds: z.boolean().default(true),
  airmiles: AirmilesSettings.prefault({}),
  day: DaySettings.prefault({}),
  forwarding: z
    .strictObject({
      parallel: z.int().min(1).max(16).default(4),
      requestTimeoutMs: z.int().min(1000).max(120_000).default(30_000),
      backoffFirstMs: z.int().min(50).max(60_000).default(1000),
      backoffCapMs: z.int().min(1000).max(3_600_000).default(300_000),
      /** How long AIR MILES is assumed to know an Idempotency-Key. No page says. */
      keyLifetimeHours: z.int().min(1).max(8760).default(24),
      backlogPerSecond: z.int().min(1).max(10_000).default(20),
      returnSpreadMs: z.int().min(0).max(600_000).default(10_000),
      storedLimit: z.int().min(1).max(1_000_000).default(50_000),
      /** A stored sale that waits longer is a matter for support: the screen says so from nine tenths on. */
      storedDaysLimit: z.int().min(1).max(365).default(30),
    })
    .prefault({}),
  journal: z
    .strictObject({
      /** Nothing new is recorded with less free space than this, so that outcomes can still be written. */
      reserveMegabytes: z.int().min(0).max(10_000).default(64),
      /** Where backups go: better another disk or a share. Left out, a folder beside the journal. */
      backupFolder: z.string().min(1).max(1000).optional(),
      /** 0 makes none. */
      backupEveryHours: z.int().min(0).max(720).default(24),
      backupsKept: z.int().min(1).max(100).default(7),
      /** What is final and older moves into an archive beside the journal. 0 keeps everything. */
      retentionDays: z.int().min(0).max(36_500).default(400),
    })
    .prefault({}),
  support: SupportSettings.prefault({}),
  metrics: MetricsSettings.prefault({}),
  updates: UpdateSettings.prefault({}),
  lockdown: LockdownSettings.prefault({}),
});
export type Settings = z.output<typeof Settings>;
