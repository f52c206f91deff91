import type { Finding } from '../contract/doctor.ts';
import type { MessageId } from './catalogues.ts';
import { isReasonCode, reasonText } from './reasons.ts';

const secretNames = {
  'client-secret': 'settings.secret.client-secret',
  'api-key': 'settings.secret.api-key',
  'client-key': 'settings.secret.client-key',
  'client-key-passphrase': 'settings.secret.client-key-passphrase',
  'proxy-credentials': 'settings.secret.proxy-credentials',
  'pin-pepper': 'settings.secret.pin-pepper',
} satisfies Record<string, MessageId>;

const environments = {
  training: 'environment.training',
  certification: 'environment.certification',
  production: 'environment.production',
} satisfies Record<string, MessageId>;

const portStates = {
  searching: 'doctor.scanner.searching',
  lost: 'doctor.scanner.lost',
  other: 'doctor.scanner.other',
} satisfies Record<string, MessageId>;

/**
 * The facts of a finding that are words of ours, by check and name: what main sends is a code, and the reader's language
 * has the word. Everything else (paths, hosts, numbers, an operating system's own code) stays as it came.
 */
const wordsOfFacts: Readonly<Record<string, Readonly<Record<string, MessageId>>>> = {
  'settings.layers': {
    defaults: 'settings.layer.defaults',
    policy: 'settings.layer.policy',
    store: 'settings.layer.store',
    terminal: 'settings.layer.terminal',
    environment: 'settings.layer.environment',
  },
  'journal.chain': {
    transactions: 'doctor.journal.chain.transactions',
    audit: 'doctor.journal.chain.audit',
  },
  'journal.problem': {
    missing: 'doctor.journal.problem.missing',
    changed: 'doctor.journal.problem.changed',
    'cut-off': 'doctor.journal.problem.cut-off',
  },
  'journal.journal': environments,
  'journal.settings': environments,
  'secrets.name': secretNames,
  'secrets.place': {
    sealed: 'settings.secret.state.sealed',
    'owner-only-file': 'settings.secret.state.owner-only-file',
    environment: 'settings.secret.state.environment',
  },
  'secrets.problem': {
    'seal-unavailable': 'doctor.secrets.problem.seal-unavailable',
    'secrets-other-backend': 'doctor.secrets.problem.other-backend',
    'secrets-not-opened': 'doctor.secrets.problem.not-opened',
    'secrets-exposed': 'doctor.secrets.problem.exposed',
    'secrets-damaged': 'doctor.secrets.problem.damaged',
  },
  'api.problem': {
    'no-address': 'doctor.api.problem.no-address',
    'wrong-address': 'doctor.api.problem.wrong-address',
    'proxy-unusable': 'doctor.api.problem.proxy-unusable',
    'pem-file-unreadable': 'doctor.api.problem.pem-file-unreadable',
    'client-certificate-incomplete': 'doctor.api.problem.client-certificate-incomplete',
    'client-certificate-unusable': 'doctor.api.problem.client-certificate-unusable',
  },
  'scanner.code': portStates,
};

/** Checks whose `problem` may be the code of a reason; elsewhere the same word can mean something else. */
const toldWithReason: ReadonlySet<Finding['check']> = new Set(['settings', 'secrets']);

/** A finding's facts as its sentence tells them: lists are told word by word, and a code without a word as it is. */
export function worded(
  { check, facts }: Finding,
  say: (id: MessageId, values?: Readonly<Record<string, string>>) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      if (toldWithReason.has(check) && name === 'problem' && isReasonCode(value))
        return [name, reasonText({ code: value, values: facts }, say)];
      const words = wordsOfFacts[`${check}.${name}`];
      if (words === undefined) return [name, value];
      const told = value.split(', ').map((part) => {
        const id = words[part];
        return id === undefined ? part : say(id);
      });
      return [name, told.join(', ')];
    }),
  );
}
