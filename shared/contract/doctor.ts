import { z } from 'zod';

/** What doctor looks at, in the order of its numbers. */
export const checkIds = [
  'version',
  'settings',
  'folder',
  'disk',
  'journal',
  'queue',
  'backups',
  'time-zone',
  'secrets',
  'proxy',
  'dns',
  'tcp',
  'tls',
  'clock',
  'token',
  'api',
  'scanner',
] as const;
export type CheckId = (typeof checkIds)[number];

/** What was found, as a stable word: the sentence for it stands in the catalogues, under `doctor.<check>.<word>`. */
export const verdicts = ['well', 'warning', 'fault', 'not-checked'] as const;

export const Finding = z.strictObject({
  number: z.int().min(1),
  check: z.enum(checkIds),
  verdict: z.enum(verdicts),
  code: z.string().max(60),
  /** What the sentence tells besides. */
  facts: z.record(z.string(), z.string().max(500)),
});
export type Finding = z.output<typeof Finding>;

const Desk = z.strictObject({
  name: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  hours: z.string().optional(),
});

export const SupportContact = z.strictObject({
  partnerDesk: Desk,
  programmeDesk: Desk,
  escalation: z.array(z.string()),
});
export type SupportContact = z.output<typeof SupportContact>;

export const DoctorReport = z.strictObject({
  madeAtMs: z.int(),
  version: z.string(),
  environment: z.string(),
  store: z.string(),
  findings: z.array(Finding),
  support: SupportContact,
});
export type DoctorReport = z.output<typeof DoctorReport>;

/** The worst of a report. */
export function worstOf(findings: readonly Finding[]): 'well' | 'warning' | 'fault' {
  if (findings.some(({ verdict }) => verdict === 'fault')) return 'fault';
  return findings.some(({ verdict }) => verdict === 'warning') ? 'warning' : 'well';
}
