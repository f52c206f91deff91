import type { Finding } from '../../../shared/contract/doctor.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { isDoctorMessage } from './doctor-messages.ts';

export interface FindingText {
  readonly title: MessageId;
  /** What was found; a word this version has no sentence for is not guessed at. */
  readonly said: MessageId | undefined;
  readonly fix: MessageId | undefined;
}

/** The sentences of a finding. */
export function findingText({ check, verdict, code }: Finding): FindingText {
  const stem = verdict === 'not-checked' ? `doctor.not-checked.${code}` : `doctor.${check}.${code}`;
  const fix = `${stem}.fix`;
  return {
    title: `doctor.check.${check}`,
    said: isDoctorMessage(stem) ? stem : undefined,
    fix: isDoctorMessage(fix) ? fix : undefined,
  };
}
