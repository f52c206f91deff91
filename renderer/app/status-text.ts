import type { Snapshot, Status } from '../../shared/contract/views.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { OutcomeReason } from '../../shared/domain/outcome.ts';
import type { MessageId } from '../../shared/i18n/catalogues.ts';

export type Health = 'well' | 'idle' | 'trouble';

/** How the scanner is, as a colour and, where it is not simply well, the words for it. */
export function scannerHealth(scanner: Status['scanner']): { health: Health; id?: MessageId } {
  switch (scanner.state) {
    case 'ready':
      return { health: 'well' };
    case 'none':
      return { health: 'idle', id: 'status.scanner.none' };
    case 'searching':
      return { health: 'idle', id: 'status.scanner.searching' };
    case 'connecting':
      return { health: 'idle', id: 'status.scanner.connecting' };
    case 'lost':
      return { health: 'trouble', id: 'status.scanner.lost' };
    case 'blocked':
      return { health: 'trouble', id: blockedText[scanner.cause ?? 'other'] };
    default:
      return assertNever(scanner.state);
  }
}

/** What to call the environment where it must not be mistaken for the real one. */
export const environmentText: Readonly<Record<Snapshot['environment'], MessageId | null>> = {
  training: 'environment.training',
  certification: 'environment.certification',
  production: null,
};

/** Why the programme is not reached, in two or three words for the status bar. */
export const troubleText: Readonly<Record<OutcomeReason, MessageId>> = {
  waiting: 'status.trouble.unknown',
  'no-network': 'status.trouble.no-network',
  dns: 'status.trouble.dns',
  'connection-refused': 'status.trouble.connection-refused',
  'connection-lost': 'status.trouble.connection-lost',
  'tls-untrusted': 'status.trouble.tls-untrusted',
  'tls-expired': 'status.trouble.tls-expired',
  'proxy-refused': 'status.trouble.proxy-refused',
  timeout: 'status.trouble.timeout',
  'token-refused': 'status.trouble.token-refused',
  'client-not-allowed': 'status.trouble.client-not-allowed',
  'rate-limited': 'status.trouble.rate-limited',
  maintenance: 'status.trouble.maintenance',
  'airmiles-failing': 'status.trouble.airmiles-failing',
  'answer-unreadable': 'status.trouble.answer-unreadable',
  rejected: 'status.trouble.unknown',
  'may-have-arrived': 'status.trouble.unknown',
};

const blockedText: Readonly<Record<NonNullable<Status['scanner']['cause']>, MessageId>> = {
  permission: 'status.scanner.permission',
  'in-use': 'status.scanner.in-use',
  other: 'status.scanner.other',
};
