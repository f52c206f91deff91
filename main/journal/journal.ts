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

/** The journal as the rest of main sees it: every call is answered after its commit reached the disk. */
export type Journal = { readonly [Name in Exclude<OperationName, 'record'>]: Operation<Name> } & {
  /** Resolves once the transaction is safe, or says why it is not; recording a known caller key finds the first. */
  record(...args: Operations['record']['args']): Promise<RecordResult>;
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
  const store = call('record');
  const journal: Journal = {
    record: async (entry, guards) => {
      try {
        const result = await store(entry, guards);
        return result.kind === 'queue-full' ? { kind: 'not-stored', reason: 'queue-full' } : result;
      } catch (error) {
        if (error instanceof JournalUnavailable) return { kind: 'not-stored', reason: error.reason };
        throw error;
      }
    },
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
