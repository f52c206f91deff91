import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Recovery } from './recover.ts';
import type {
  NotStoredReason,
  Opened,
  OpenOptions,
  OperationName,
  Operations,
  RecordResult,
  Reply,
} from './protocol.ts';

type Operation<Name extends OperationName> = (
  ...args: Operations[Name]['args']
) => Promise<Operations[Name]['result']>;

/** Operations that record a transaction: on a disk that fails, they answer and do not throw. */
type Recording = 'record' | 'recordReturn' | 'correct';

/** The journal as the rest of main sees it: every call is answered after its commit reached the disk. */
export type Journal = { readonly [Name in Exclude<OperationName, Recording>]: Operation<Name> } & {
  /** Resolves once the transaction is safe, or says why it is not; recording a known caller key finds the first. */
  record(...args: Operations['record']['args']): Promise<RecordResult>;
  /** Likewise for a return; `returns-changed` where it has to be computed again. */
  recordReturn(
    ...args: Operations['recordReturn']['args']
  ): Promise<RecordResult | { readonly kind: 'returns-changed' }>;
  /** Likewise for a corrected transaction; `not-possible` where the refused one was settled otherwise meanwhile. */
  correct(...args: Operations['correct']['args']): Promise<RecordResult | { readonly kind: 'not-possible' }>;
  /** What was done about a damaged file at this start; undefined when it was whole. */
  readonly recovery: Recovery | undefined;
  close(): Promise<void>;
};

export type JournalOpening =
  | { readonly kind: 'opened'; readonly journal: Journal }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** A disk that failed under a call that was not a recording: nothing was lost, the caller tries again later. */
export class JournalUnavailable extends Error {
  override readonly name = 'JournalUnavailable';
  readonly reason: NotStoredReason;

  constructor(reason: NotStoredReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

const WORKER = `./journal-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;

/** Opens the journal in a worker thread of its own, so that a slow disk never holds up the window. */
export async function openJournal(options: Omit<OpenOptions, 'bootId'>): Promise<JournalOpening> {
  const workerData: OpenOptions = { ...options, bootId: randomUUID() };
  const worker = new Worker(new URL(WORKER, import.meta.url), { workerData });
  const pending = new Map<number, { resolve: (reply: Reply) => void; reject: (error: unknown) => void }>();
  const opened = Promise.withResolvers<Opened>();
  const exited = Promise.withResolvers<void>();
  let lastId = 0;
  let isOpen = false;
  let isClosed = false;

  const failAll = (error: unknown): void => {
    isClosed = true;
    opened.reject(error);
    for (const call of pending.values()) call.reject(error);
    pending.clear();
  };
  worker.on('message', (message: Opened | Reply) => {
    if (!isOpen) {
      isOpen = true;
      opened.resolve(message as Opened);
      return;
    }
    const reply = message as Reply;
    pending.get(reply.id)?.resolve(reply);
    pending.delete(reply.id);
  });
  worker.on('error', failAll);
  worker.on('exit', () => {
    failAll(new JournalUnavailable('stopping', 'The journal is closed'));
    exited.resolve();
  });

  const ask = (name: OperationName | 'close', args: readonly unknown[]): Promise<Reply> => {
    if (isClosed) return Promise.reject(new JournalUnavailable('stopping', 'The journal is closed'));
    lastId += 1;
    const answer = Promise.withResolvers<Reply>();
    pending.set(lastId, answer);
    worker.postMessage({ id: lastId, name, args });
    return answer.promise;
  };
  const call =
    <Name extends OperationName>(name: Name): Operation<Name> =>
    async (...args) => {
      const reply = await ask(name, args);
      if (reply.kind === 'done') return reply.result as Operations[Name]['result'];
      if (reply.diskFault !== undefined) throw new JournalUnavailable(reply.diskFault, reply.message);
      throw new Error(`The journal failed at ${name}: ${reply.message}`);
    };

  const opening = await opened.promise;
  if (opening.kind === 'refused') {
    await worker.terminate();
    return opening;
  }
  type NotStored = Extract<RecordResult, { readonly kind: 'not-stored' }>;
  const orNotStored = async <Result extends { readonly kind: string }>(
    recording: Promise<Result>,
  ): Promise<Exclude<Result, { readonly kind: 'queue-full' }> | NotStored> => {
    try {
      const result = await recording;
      if (result.kind === 'queue-full') return { kind: 'not-stored', reason: 'queue-full' };
      return result as Exclude<Result, { readonly kind: 'queue-full' }>;
    } catch (error) {
      if (error instanceof JournalUnavailable) return { kind: 'not-stored', reason: error.reason };
      throw error;
    }
  };
  const store = call('record');
  const recordReturn = call('recordReturn');
  const correct = call('correct');
  const journal: Journal = {
    record: (...args) => orNotStored(store(...args)),
    recordReturn: (...args) => orNotStored(recordReturn(...args)),
    correct: (...args) => orNotStored(correct(...args)),
    cancel: call('cancel'),
    writeOff: call('writeOff'),
    sendAgain: call('sendAgain'),
    foundCredited: call('foundCredited'),
    byReference: call('byReference'),
    returnsOf: call('returnsOf'),
    salesOf: call('salesOf'),
    dayPage: call('dayPage'),
    dayTotals: call('dayTotals'),
    story: call('story'),
    requestOf: call('requestOf'),
    lines: call('lines'),
    openPage: call('openPage'),
    operators: call('operators'),
    saveOperator: call('saveOperator'),
    renewPinHash: call('renewPinHash'),
    operatorTried: call('operatorTried'),
    keepOfferTable: call('keepOfferTable'),
    offerTable: call('offerTable'),
    note: call('note'),
    recordPrint: call('recordPrint'),
    printsOf: call('printsOf'),
    daySummary: call('daySummary'),
    days: call('days'),
    owedPage: call('owedPage'),
    logPage: call('logPage'),
    closingsOf: call('closingsOf'),
    beginReconciliation: call('beginReconciliation'),
    latestReconciliation: call('latestReconciliation'),
    unfinishedReconciliation: call('unfinishedReconciliation'),
    collectorsOfDay: call('collectorsOfDay'),
    unknownReferences: call('unknownReferences'),
    reconciled: call('reconciled'),
    markReconciliation: call('markReconciliation'),
    differences: call('differences'),
    differenceCounts: call('differenceCounts'),
    repair: call('repair'),
    claim: call('claim'),
    release: call('release'),
    settle: call('settle'),
    park: call('park'),
    clampDueTimes: call('clampDueTimes'),
    makeAllDue: call('makeAllDue'),
    row: call('row'),
    find: call('find'),
    recent: call('recent'),
    counts: call('counts'),
    nextDueAtMs: call('nextDueAtMs'),
    backUp: call('backUp'),
    archive: call('archive'),
    recovery: opening.recovery,
    close: async () => {
      if (!isClosed) await Promise.allSettled([ask('close', [])]);
      await exited.promise;
    },
  };
  return { kind: 'opened', journal };
}
