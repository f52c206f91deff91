import { z } from 'zod';
import { operatorModes, operatorRoles, pinFaults } from '../domain/operator.ts';

const Nothing = z.strictObject({});
const Id = z.string().min(1).max(64);
/** As it was keyed; its rules are told apart in the answer, and the text itself never comes back. */
const Pin = z.string().max(32);
const Name = z.string().max(200);
const Role = z.enum(operatorRoles);
const Approval = z.string().max(64).optional();
const WaitMs = z.int().min(0);

const OperatorView = z.strictObject({ id: Id, name: z.string(), role: Role });
export type OperatorView = z.output<typeof OperatorView>;

/** Who works here and who is signed in. Nothing in it helps to guess a PIN. */
export const OperatorsView = z.strictObject({
  mode: z.enum(operatorModes),
  /** Whether there is a manager yet. */
  isSetUp: z.boolean(),
  /** Those who are active, by name. */
  operators: z.array(OperatorView),
  signedIn: OperatorView.nullable(),
  /** Signed in, but nobody is taken to stand here until their PIN is keyed again. */
  isLocked: z.boolean(),
  /** Who may approve what an IT person does: IT, or managers where the store has none. */
  itApprovers: z.array(Role),
});
export type OperatorsView = z.output<typeof OperatorsView>;

export const operatorFaults = [
  ...pinFaults,
  'name-empty',
  'name-taken',
  'last-manager',
  'no-such-operator',
] as const;
export type OperatorFault = (typeof operatorFaults)[number];

const PinRefusals = [
  /** `triesLeft` before a lockout; 0 when this try began one, `waitMs` says how long. */
  z.strictObject({ kind: z.literal('pin-wrong'), triesLeft: z.int().min(0), waitMs: WaitMs }),
  z.strictObject({ kind: z.literal('locked-out'), waitMs: WaitMs }),
  /** Too many wrong PINs in a short time, whoever they were for. */
  z.strictObject({ kind: z.literal('too-many-tries'), waitMs: WaitMs }),
  z.strictObject({ kind: z.literal('no-such-operator') }),
  /** It was kept with a PIN pepper that is no longer accepted: only a new PIN helps. */
  z.strictObject({ kind: z.literal('pin-lapsed') }),
] as const;
const PinRefusal = z.discriminatedUnion('kind', [...PinRefusals]);
export type PinRefusal = z.output<typeof PinRefusal>;

const Decision = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done') }),
  z.strictObject({ kind: z.literal('refused'), fault: z.enum(operatorFaults) }),
  z.strictObject({ kind: z.literal('approval-needed') }),
]);
export type OperatorDecision = z.output<typeof Decision>;

export const operatorsCalls = {
  /** Makes the first manager; only while there is none. `isSigningIn` signs that manager in at once. */
  'operators.setUp': {
    input: z.strictObject({ name: Name, pin: Pin, isSigningIn: z.boolean() }),
    output: z.discriminatedUnion('kind', [
      /** `approval`: who just chose a PIN need not key it again for what made them. */
      z.strictObject({ kind: z.literal('set-up'), approval: z.string() }),
      z.strictObject({ kind: z.literal('already-set-up') }),
      z.strictObject({ kind: z.literal('refused'), fault: z.enum(operatorFaults) }),
    ]),
  },
  /** Signs an operator in, or unlocks; whoever was signed in before is signed out. */
  'operators.signIn': {
    input: z.strictObject({ operatorId: Id, pin: Pin }),
    output: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('signed-in') }), ...PinRefusals]),
  },
  'operators.signOut': { input: Nothing, output: Nothing },
  'operators.lock': { input: Nothing, output: Nothing },
  /** Somebody touched the terminal: the time until it locks by itself begins anew. */
  'operators.active': { input: Nothing, output: Nothing },
  /** Approves one action over a cashier's shoulder; nobody is signed in or out. */
  'operators.approve': {
    input: z.strictObject({ operatorId: Id, pin: Pin }),
    output: z.discriminatedUnion('kind', [
      /** Good for one action within a minute. */
      z.strictObject({ kind: z.literal('approved'), approval: z.string() }),
      ...PinRefusals,
    ]),
  },
  /** Everybody, also those no longer active. */
  'operators.list': {
    input: Nothing,
    output: z.strictObject({
      operators: z.array(OperatorView.extend({ isActive: z.boolean(), isLockedOut: z.boolean() })),
    }),
  },
  'operators.add': {
    input: z.strictObject({ name: Name, role: Role, pin: Pin, approval: Approval }),
    output: Decision,
  },
  /** Renames, gives another role, deactivates or takes back. */
  'operators.change': {
    input: z.strictObject({
      operatorId: Id,
      name: Name,
      role: Role,
      isActive: z.boolean(),
      approval: Approval,
    }),
    output: Decision,
  },
  /** Gives a new PIN and forgives the wrong ones. */
  'operators.resetPin': {
    input: z.strictObject({ operatorId: Id, pin: Pin, approval: Approval }),
    output: Decision,
  },
  /** The first step to another PIN of one's own: keys the present one, under the same limits as signing in. */
  'operators.provePin': {
    input: z.strictObject({ operatorId: Id, pin: Pin }),
    output: z.discriminatedUnion('kind', [
      /** Good for one change of this operator's PIN, within a minute. */
      z.strictObject({ kind: z.literal('proven'), proof: z.string() }),
      ...PinRefusals,
    ]),
  },
  /** Changes one's own PIN; nobody else's yes is needed. A PIN that is refused leaves the proof good. */
  'operators.changePin': {
    input: z.strictObject({ operatorId: Id, pin: Pin, proof: z.string().max(64) }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('done') }),
      z.strictObject({ kind: z.literal('refused'), fault: z.enum(operatorFaults) }),
      /** The proof is too old, was used, or is of a PIN that is no longer this operator's. */
      z.strictObject({ kind: z.literal('proof-needed') }),
    ]),
  },
};
