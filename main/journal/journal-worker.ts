import { statfsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { archive } from './archive.ts';
import { backUp } from './backup.ts';
import { JournalRefused } from './database.ts';
import { diskFaultIn } from './disk-fault.ts';
import { openFile, type OpenFile } from './open.ts';
import type { NotStoredReason, Opened, OpenOptions, Reply, Request } from './protocol.ts';
import type { DiskSpace } from './rows.ts';

/**
 * The one writer. Whatever requests arrived in the same turn of the loop are carried out in one transaction, so one
 * sync to the disk serves them all, and nobody waits for a group to fill. Replies go out after the commit only.
 */
const GROUP_LIMIT = 64;

if (parentPort === null) throw new Error('The journal worker runs in a worker thread');
const port = parentPort;
const options: OpenOptions = workerData;

const diskFaultOf = (error: unknown): NotStoredReason | undefined => diskFaultIn(options.folder, error);

class NoSpace extends Error {
  readonly code = 'ENOSPC';
}

function carryOut(file: OpenFile, request: Request): unknown {
  const { store, decisions, lookups, registers, days, reconciling } = file;
  switch (request.name) {
    case 'record':
      if (space === 'full') {
        // One that is there already is found also on a full disk: its cashier is told the truth.
        const row = store.find(request.args[0].callerKey);
        if (row !== undefined) return { kind: 'recorded', row, isRepeat: true };
        throw new NoSpace('Less space left on the disk than is kept in reserve');
      }
      return store.record(...request.args);
    case 'claim':
      return store.claim(...request.args);
    case 'release':
      return store.release(...request.args);
    case 'settle':
      return store.settle(...request.args);
    case 'park':
      return store.park(...request.args);
    case 'clampDueTimes':
      return store.clampDueTimes(...request.args);
    case 'makeAllDue':
      return store.makeAllDue(...request.args);
    case 'row':
      return store.row(...request.args);
    case 'find':
      return store.find(...request.args);
    case 'recent':
      return store.recent(...request.args);
    case 'counts':
      return { ...store.counts(), space };
    case 'nextDueAtMs':
      return store.nextDueAtMs();
    case 'cancel':
      return decisions.cancel(...request.args);
    case 'writeOff':
      return decisions.writeOff(...request.args);
    case 'sendAgain':
      return decisions.sendAgain(...request.args);
    case 'foundCredited':
      return decisions.foundCredited(...request.args);
    case 'recordReturn':
      if (space === 'full') throw new NoSpace('Less space left on the disk than is kept in reserve');
      return decisions.recordReturn(...request.args);
    case 'correct':
      if (space === 'full') throw new NoSpace('Less space left on the disk than is kept in reserve');
      return decisions.correct(...request.args);
    case 'byReference':
      return lookups.byReference(...request.args);
    case 'returnsOf':
      return lookups.returnsOf(...request.args);
    case 'salesOf':
      return lookups.salesOf(...request.args);
    case 'dayPage':
      return lookups.dayPage(...request.args);
    case 'dayTotals':
      return lookups.dayTotals(...request.args);
    case 'story':
      return lookups.story(...request.args);
    case 'requestOf':
      return lookups.requestOf(...request.args);
    case 'lines':
      return lookups.lines(...request.args);
    case 'openPage':
      return lookups.openPage(...request.args);
    case 'operators':
      return registers.operators();
    case 'saveOperator':
      return registers.saveOperator(...request.args);
    case 'renewPinHash':
      return registers.renewPinHash(...request.args);
    case 'operatorTried':
      return registers.operatorTried(...request.args);
    case 'keepOfferTable':
      return registers.keepOfferTable(...request.args);
    case 'offerTable':
      return registers.offerTable(...request.args);
    case 'note':
      return registers.note(...request.args);
    case 'recordPrint':
      return registers.recordPrint(...request.args);
    case 'printsOf':
      return lookups.printsOf(...request.args);
    case 'daySummary':
      return days.daySummary(...request.args);
    case 'days':
      return days.days(...request.args);
    case 'owedPage':
      return days.owedPage(...request.args);
    case 'logPage':
      return days.logPage(...request.args);
    case 'closingsOf':
      return days.closingsOf(...request.args);
    case 'beginReconciliation':
      return reconciling.beginReconciliation(...request.args);
    case 'latestReconciliation':
      return reconciling.latestReconciliation(...request.args);
    case 'unfinishedReconciliation':
      return reconciling.unfinishedReconciliation();
    case 'collectorsOfDay':
      return reconciling.collectorsOfDay(...request.args);
    case 'unknownReferences':
      return reconciling.unknownReferences(...request.args);
    case 'reconciled':
      return reconciling.reconciled(...request.args);
    case 'markReconciliation':
      return reconciling.markReconciliation(...request.args);
    case 'differences':
      return reconciling.differences(...request.args);
    case 'differenceCounts':
      return reconciling.differenceCounts(...request.args);
    case 'repair':
      return reconciling.repair(...request.args);
    case 'archive':
    case 'backUp':
    case 'close':
      // Not part of a commit: carried out before or after the group.
      return undefined;
    default:
      return assertNever(request);
  }
}

/** Told ahead of time: below so many reserves there is still room for some days. */
const LOW_IN_RESERVES = 4;
let space: DiskSpace = 'well';
function watchSpace(): void {
  const disk = statfsSync(options.folder);
  const reserves = (disk.bavail * disk.bsize) / Math.max(options.reserveBytes, 1);
  if (reserves < 1) space = 'full';
  else space = reserves < LOW_IN_RESERVES ? 'low' : 'well';
}

let file: OpenFile | undefined;
let waiting: Request[] = [];
let isScheduled = false;

function reopenAfter(error: unknown): void {
  // After an I/O error the page cache and the file may disagree: start again from the file.
  if (diskFaultOf(error) !== 'disk-error') return;
  file?.close();
  file = undefined;
}

function failure(request: Request, error: unknown): Reply {
  const message = error instanceof Error ? error.message : String(error);
  return { id: request.id, kind: 'failed', diskFault: diskFaultOf(error), message };
}

function carryOutGroup(group: readonly Request[]): Reply[] {
  let open: OpenFile;
  try {
    // A file found damaged while running is mended at the next start, where the screen can say so.
    file ??= openFile(options, false);
    open = file;
    watchSpace();
  } catch (error) {
    return group.map((request) => failure(request, error));
  }
  const { database, store } = open;
  const auditBefore = store.mark().lastAuditId;
  let replies: Reply[];
  try {
    replies = database
      .transaction(() =>
        group.map((request): Reply => {
          try {
            return {
              id: request.id,
              kind: 'done',
              result: database.transaction(() => carryOut(open, request))(),
            };
          } catch (error) {
            // The whole group goes back when the disk is at fault; a fault of one request is that request's alone.
            if (diskFaultOf(error) !== undefined && !(error instanceof NoSpace)) throw error;
            store.reload();
            return failure(request, error);
          }
        }),
      )
      .immediate();
  } catch (error) {
    if (database.open && !database.inTransaction) store.reload();
    reopenAfter(error);
    // What needs no writing (a sale found again) is not to fail for its neighbours: each by itself.
    if (group.length > 1) return group.flatMap((request) => carryOutGroup([request]));
    return group.map((request) => failure(request, error));
  }
  if (store.mark().lastAuditId !== auditBefore) keepAnchor(store);
  return replies;
}

/** The commit is on the disk and is told, whatever becomes of the anchor: it may be behind, and is written again. */
function keepAnchor(store: OpenFile['store']): void {
  try {
    store.writeAnchor();
  } catch (error) {
    if (diskFaultOf(error) === undefined) throw error;
  }
}

function drain(): void {
  isScheduled = false;
  const group = waiting.slice(0, GROUP_LIMIT);
  waiting = waiting.slice(GROUP_LIMIT);
  const isClosing = group.some((request) => request.name === 'close');
  for (const reply of carryOutGroup(group)) port.postMessage(reply);
  if (isClosing) {
    file?.close();
    port.close();
  } else if (waiting.length > 0) schedule();
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(drain);
}

function open(): Opened {
  try {
    file = openFile(options, true);
    return { kind: 'opened', recovery: file.recovery };
  } catch (error) {
    if (error instanceof JournalRefused) return { kind: 'refused', code: error.code, message: error.message };
    const fault = diskFaultOf(error);
    if (fault === undefined) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    const message = `The journal in ${options.folder} can not be opened for writing (${problem}): no sale could be stored. Mend the disk or its permissions, then start again`;
    return { kind: 'refused', code: fault, message };
  }
}

/** A backup takes its steps between commits; an archive is bounded, and the journal's alone while it is made. */
async function maintain(request: Extract<Request, { name: 'backUp' | 'archive' }>): Promise<void> {
  try {
    if (file === undefined) throw new Error('The journal is not open');
    const { database } = file;
    const result =
      request.name === 'backUp'
        ? await backUp(database, ...request.args)
        : archive(database, ...request.args);
    port.postMessage({ id: request.id, kind: 'done', result } satisfies Reply);
  } catch (error) {
    port.postMessage(failure(request, error));
  }
}

port.on('message', (request: Request) => {
  if (request.name === 'backUp' || request.name === 'archive') {
    // Deliberately not awaited: its reply says how it ended.
    void maintain(request);
    return;
  }
  waiting.push(request);
  schedule();
});
port.postMessage(open());
