import { z } from 'zod';

const Desk = z.strictObject({
  name: z.string().max(100).optional(),
  phone: z.string().max(40).optional(),
  email: z.string().max(100).optional(),
  hours: z.string().max(200).optional(),
});

/** Whom a person turns to, and in which order. */
export const SupportSettings = z.strictObject({
  /** The partner's own help desk. */
  partnerDesk: Desk.default({}),
  /** The programme's support for partners. */
  programmeDesk: Desk.default({}),
  /** What to do, step by step, in the words of the partner. */
  escalation: z.array(z.string().min(1).max(300)).max(10).default([]),
  /** Where support bundles are saved. Left out, a folder beside the logs. */
  bundleFolder: z.string().min(1).max(1000).optional(),
});

const otlpAddress = z
  .url({ protocol: /^https?$/, error: 'otlp-address' })
  .refine(
    (address) => address.startsWith('https:') || /^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(address),
    { error: 'otlp-address' },
  );

export const MetricsSettings = z.strictObject({
  /** Left out, nothing is exported. */
  otlpUrl: otlpAddress.optional(),
  exportEverySeconds: z.int().min(10).max(3600).default(60),
});

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time-of-day');

export const UpdateSettings = z.strictObject({
  /** `it-tool`: only IT's own tool installs; the terminal looks for nothing. */
  mode: z.enum(['off', 'on', 'it-tool']).default('off'),
  feedUrl: z.url({ protocol: /^https$/, error: 'https-address' }).optional(),
  /** Local time. A window may cross midnight. */
  windowFrom: TimeOfDay.default('02:00'),
  windowTo: TimeOfDay.default('05:00'),
  /** Of all stores, how many get a new version so far: 0 to 100. Each store has its own stable place. */
  rolloutPercent: z.int().min(0).max(100).default(100),
  /** With stored sales older than this nothing is installed. */
  oldestQueueHours: z.int().min(0).max(720).default(0),
  /** After so many starts that did not come up, the version before is put back. */
  startsAllowed: z.int().min(1).max(10).default(3),
});

/** How the screen is locked to Milepost, and what the browser host may do. */
export const LockdownSettings = z.strictObject({
  /** Full screen without a way out but a manager's. */
  isKiosk: z.boolean().default(false),
  /** The browser host is for development, tests and demonstrations: production wants the installed program. */
  mayBrowserServeProduction: z.boolean().default(false),
});
