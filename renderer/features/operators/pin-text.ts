import type { OperatorFault } from '../../../shared/contract/operators.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { OperatorRole } from '../../../shared/domain/operator.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import type { Words } from '../../app/words.ts';
import type { PinProblem } from './use-pin-tries.ts';

export const roleText: Readonly<Record<OperatorRole, MessageId>> = {
  cashier: 'role.cashier',
  manager: 'role.manager',
  it: 'role.it',
};

/** Why a PIN did not open, and what to do next. `waitSeconds`: how much longer nobody may try. */
export function pinProblemText(problem: PinProblem, waitSeconds: number, { text }: Words): string {
  switch (problem.kind) {
    case 'pin-wrong':
      return problem.triesLeft > 0
        ? text('pin.wrong', { count: problem.triesLeft })
        : text('pin.locked-out', { wait: waitText(waitSeconds, text) });
    case 'locked-out':
      return text('pin.locked-out', { wait: waitText(waitSeconds, text) });
    case 'too-many-tries':
      return text('pin.too-many-tries', { wait: waitText(waitSeconds, text) });
    case 'no-such-operator':
      return text('operator.fault.no-such-operator');
    case 'pin-lapsed':
      return text('pin.lapsed');
    case 'no-answer':
      return text('pin.no-answer');
    default:
      return assertNever(problem);
  }
}

function waitText(seconds: number, text: Words['text']): string {
  return seconds < 100
    ? text('wait.seconds', { count: seconds })
    : text('wait.minutes', { count: Math.ceil(seconds / 60) });
}

export const operatorFaultText: Readonly<Record<OperatorFault, MessageId>> = {
  'pin-not-digits': 'pin.fault.not-digits',
  'pin-too-short': 'pin.fault.too-short',
  'pin-too-long': 'pin.fault.too-long',
  'pin-trivial': 'pin.fault.trivial',
  'name-empty': 'operator.fault.name-empty',
  'name-taken': 'operator.fault.name-taken',
  'last-manager': 'operator.fault.last-manager',
  'no-such-operator': 'operator.fault.no-such-operator',
};
