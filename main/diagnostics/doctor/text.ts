import type { DoctorReport, Finding } from '../../../shared/contract/doctor.ts';
import { worstOf } from '../../../shared/domain/verdict.ts';
import type { Language } from '../../../shared/contract/views.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { worded } from '../../../shared/i18n/finding-facts.ts';
import { colonOf, plainText } from '../../../shared/i18n/plain-text.ts';

/** The message ids of a finding: what was found and, where something is wrong, what mends it. */
export function idsOf({ check, verdict, code }: Finding): {
  readonly said: string;
  readonly fix: string | undefined;
} {
  if (verdict === 'not-checked') return { said: `doctor.not-checked.${code}`, fix: undefined };
  const said = `doctor.${check}.${code}`;
  return { said, fix: verdict === 'well' ? undefined : `${said}.fix` };
}

const marks = {
  well: 'doctor.mark.well',
  warning: 'doctor.mark.warning',
  fault: 'doctor.mark.fault',
  'not-checked': 'doctor.mark.not-checked',
} satisfies Record<Finding['verdict'], MessageId>;

/** A report as a person reads it on a console or in a bundle. */
export function reportText(report: DoctorReport, language: Language, programmeName: string): string {
  const say = (id: string, facts: Readonly<Record<string, string>> = {}): string =>
    plainText(language, id, { programme: programmeName, ...facts });
  const colon = colonOf(language);
  const markWidth = Math.max(...Object.values(marks).map((id) => say(id).length));
  const lines = report.findings.flatMap((finding) => {
    const { said, fix } = idsOf(finding);
    const number = String(finding.number).padStart(2);
    const title = say(`doctor.check.${finding.check}`);
    const facts = worded(finding, say);
    const start = `${say(marks[finding.verdict]).padEnd(markWidth)} ${number}. `;
    const head = `${start}${title}${colon} ${say(said, facts)}`;
    return fix === undefined ? [head] : [head, `${' '.repeat(start.length)}${say(fix, facts)}`];
  });
  const environment = say(`environment.${report.environment}`);
  const desks = [report.support.partnerDesk, report.support.programmeDesk]
    .map((desk) => Object.values(desk).join(', '))
    .filter((text) => text !== '');
  return [
    `Milepost ${report.version}, ${report.store}, ${environment}, ${new Date(report.madeAtMs).toISOString()}`,
    '',
    ...lines,
    '',
    say(`doctor.worst.${worstOf(report.findings)}`),
    ...desks,
    `${say('support.quote')}${colon} ${say('support.terminal', { store: report.store, version: report.version })}`,
    ...report.support.escalation.map((step, index) => `${index + 1}. ${step}`),
    '',
  ].join('\n');
}
