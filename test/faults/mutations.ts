/** Figures of a run, in the order they are printed. */
export const verdicts = ['lost', 'doubled', 'parallel_violations', 'unexplained'] as const;
export type VerdictName = (typeof verdicts)[number];

/** One deliberate fault: the one place in the program's text that is changed, and what has to find it. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly by:
    | { readonly kind: 'power' }
    /** `clean`: figures that have to stay 0 all the same. */
    | { readonly kind: 'faults'; readonly clean?: readonly VerdictName[] };
}

const ATTEMPT = 'main/forwarding/attempt.ts';
const FORWARDER = 'main/forwarding/forwarder.ts';
const WORKER = 'main/journal/journal-worker.ts';
const STORE = 'main/journal/store.ts';

export const mutations: readonly Mutation[] = [
  {
    name: 'told and sent before the commit',
    file: WORKER,
    find: `  for (const reply of carryOutGroup(group)) port.postMessage(reply);`,
    replace: `  const early = file?.database;
  if (early !== undefined && !early.inTransaction) early.exec('BEGIN IMMEDIATE');
  for (const reply of carryOutGroup(group)) port.postMessage(reply);
  setTimeout(() => early?.open && early.inTransaction && early.exec('COMMIT'), 20);`,
    by: { kind: 'faults' },
  },
  {
    name: 'a new key on retry',
    file: ATTEMPT,
    find: `idempotencyKey: taken.kind === 'record' ? undefined : taken.idempotencyKey,`,
    replace: `idempotencyKey: taken.attempts === 0 ? taken.idempotencyKey : crypto.randomUUID(),`,
    by: { kind: 'faults' },
  },
  {
    name: 'the bytes rebuilt on retry',
    file: ATTEMPT,
    find: `body: taken.request,`,
    replace: `body: taken.attempts === 0 ? taken.request : new TextEncoder().encode(new TextDecoder().decode(taken.request)
          .replace(/"checkoutDateTime":"[^"]*"/, () => \`"checkoutDateTime":"\${new Date().toISOString()}"\`)),`,
    by: { kind: 'faults' },
  },
  {
    name: 'synchronous=NORMAL',
    file: 'main/journal/database.ts',
    find: `['synchronous', 'full', 2],`,
    replace: `['synchronous', 'normal', 1],`,
    by: { kind: 'power' },
  },
  {
    name: 'the anchor ignored',
    file: 'main/journal/open.ts',
    find: `verifyChains(database, epoch, anchor, LINKS_CHECKED_AT_START)`,
    replace: `verifyChains(database, epoch, undefined, LINKS_CHECKED_AT_START)`,
    by: { kind: 'faults' },
  },
  {
    name: 'marks before a send not kept',
    file: STORE,
    find: `        markSent.run(query.nowMs, claim.seq);\n`,
    replace: ``,
    by: { kind: 'faults' },
  },
  {
    name: 'marks taken back after a lost answer',
    file: ATTEMPT,
    find: `surelyNotSent: !verdict.mayHaveArrived && taken.maybeSentBeforeMs === null,`,
    replace: `surelyNotSent: true,`,
    by: { kind: 'faults' },
  },
  {
    name: 'two in flight for a Collector',
    file: FORWARDER,
    find: `busyCollectors: [...busyCollectors],`,
    replace: `busyCollectors: [],`,
    by: { kind: 'faults' },
  },
  {
    // Sent for ever under the same key: found because it never comes to an end, and doubles nothing.
    name: 'credited answers thrown away',
    file: ATTEMPT,
    find: `      case 'credited':
      case 'accepted':
        return verdict;`,
    replace: `      case 'credited':
      case 'accepted':
        return { kind: 'due', reason: 'waiting', dueAtMs: clock.nowMs() + policy.backoff.firstMs, surelyNotSent: false };`,
    by: { kind: 'faults', clean: ['doubled', 'parallel_violations'] },
  },
  {
    name: `the caller's key ignored`,
    file: 'main/checkout/issue.ts',
    find: `callerKey: input.saleKey,`,
    replace: `callerKey: randomUUID(),`,
    by: { kind: 'faults' },
  },
];
