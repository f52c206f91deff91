/** What a transaction asks of AIR MILES: the call it is sent with. CALCULATE records nothing and is none. */
export const transactionKinds = [
  'issue',
  'return',
  'record',
  'post',
  'post-event',
  'reverse',
  'reverse-event',
] as const;
export type TransactionKind = (typeof transactionKinds)[number];

const takingBack: ReadonlySet<TransactionKind> = new Set<TransactionKind>([
  'return',
  'reverse',
  'reverse-event',
]);

/** Whether its Miles leave the Collector's account. They are stated positive all the same. */
export const takesBack = (kind: TransactionKind): boolean => takingBack.has(kind);
