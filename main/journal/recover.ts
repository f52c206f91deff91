import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { AnchorMark } from './anchor.ts';
import { openDamaged, type DamagedFile } from './damaged-file.ts';
import type { Store } from './store.ts';
import { syncFolder } from './sync.ts';

/** What a recovery did, for the screen and the audit chain. */
export interface Recovery {
  /** Where the damaged files lie, whole. */
  readonly folder: string;
  readonly kept: number;
  /** Transactions that are known to have been there and could not be read whole. */
  readonly lost: number;
}

const Note = z.object({
  aside: z.string(),
  atMs: z.number(),
  /** A person restores this backup; the journal set aside adds what came after it. */
  backup: z.string().optional(),
});
/** Written before the first file moves, removed when the new journal stands: a recovery cut short is taken up again. */
export type RecoveryNote = Readonly<z.output<typeof Note>>;

export function readNote(file: string): RecoveryNote | undefined {
  if (!existsSync(file)) return undefined;
  return Note.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The folder for the files of a journal that is being replaced, named for the moment. */
export function asideFolder(folder: string, atMs: number): string {
  return join(folder, `damaged-${new Date(atMs).toISOString().replaceAll(/[:.]/g, '-')}`);
}

export function writeNote(file: string, note: RecoveryNote): RecoveryNote {
  const half = `${file}.new`;
  writeFileSync(half, JSON.stringify(note), { flush: true });
  renameSync(half, file);
  syncFolder(dirname(file));
  return note;
}

/**
 * Moves the files of a damaged journal, whole, into a folder of their own; the last of `files` goes last. Where that one
 * has moved already, what lies in its place is a new journal that was cut short, and goes.
 */
export function setAside(aside: string, files: readonly string[]): void {
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  const [main = ''] = files.slice(-1);
  const haveMoved = existsSync(join(aside, basename(main)));
  for (const file of files) {
    if (!existsSync(file)) continue;
    if (haveMoved) rmSync(file);
    else renameSync(file, join(aside, basename(file)));
  }
}

export interface RecoverySources {
  /** The journal set aside. */
  readonly damaged: string;
  /** Its anchor, which knows how much was in it. */
  readonly anchor: AnchorMark | undefined;
  readonly backup: string | undefined;
}

/** Brings over transaction `first` to `last`, each from the first file that still has it whole. */
function bringOver(files: readonly DamagedFile[], first: number, last: number, store: Store) {
  const newSeqs = new Map<number, number>();
  let kept = 0;
  let lost = 0;
  for (let seq = first; seq <= last; seq += 1) {
    const row = files.map((file) => file.transaction(seq)).find((found) => found !== undefined);
    if (row === undefined) {
      lost += 1;
      continue;
    }
    const originalSeq = row.originalSeq === null ? undefined : newSeqs.get(row.originalSeq);
    const newSeq = store.bringOver(
      { ...row, originalSeq },
      {
        delivery: files.map((file) => file.delivery(seq)).find((found) => found !== undefined),
        attempts: files.map((file) => file.attempts(seq)).find((found) => found.length > 0) ?? [],
      },
    );
    if (newSeq === undefined) continue;
    newSeqs.set(seq, newSeq);
    kept += 1;
  }
  const lastAuditId = Math.max(0, ...files.map((file) => file.lastAuditId));
  for (let id = 1; id <= lastAuditId; id += 1) {
    const line = files.map((file) => file.audit(id)).find((found) => found !== undefined);
    if (line === undefined) continue;
    store.bringOverAudit({ ...line, seq: line.seq === null ? null : (newSeqs.get(line.seq) ?? null) });
  }
  return { kept, lost };
}

/**
 * Brings everything readable of a damaged journal, and of a backup where one is restored, into a new one, renumbered
 * without gaps in a new epoch. What is not final counts as possibly sent: it goes again with its key or, past the key's
 * lifetime, to a person. Rows of another environment, or of an unknown one, stay where they are: a sale must never
 * reach the wrong place.
 */
export function copyReadable(
  sources: RecoverySources,
  environment: string,
  store: Store,
): { readonly kept: number; readonly lost: number } {
  const { anchor } = sources;
  const damaged = openDamaged(sources.damaged);
  const backup = sources.backup === undefined ? undefined : openDamaged(sources.backup);
  const belongs = (file: DamagedFile | undefined): file is DamagedFile => file?.environment === environment;
  const known = [damaged, backup].filter((file) => file !== undefined);
  const usable = [
    // Its own word for the environment may be gone; its anchor's is as good.
    ...(damaged !== undefined && (belongs(damaged) || anchor?.environment === environment) ? [damaged] : []),
    ...(belongs(backup) ? [backup] : []),
  ];
  try {
    const epoch = anchor?.epoch ?? damaged?.epoch;
    // One epoch numbers its transactions once: then the backup fills the gaps. An older epoch goes first, by itself.
    const isSameEpoch = backup === undefined || epoch === undefined || backup.epoch === epoch;
    const passes = isSameEpoch ? [usable] : [usable.slice(-1), usable.slice(0, -1)];
    const counts = passes.map((files, index) => {
      const isLastPass = index === passes.length - 1;
      const first = Math.min(...files.map((file) => file.archivedSeq), Number.MAX_SAFE_INTEGER);
      const last = Math.max(0, ...files.map((file) => file.lastSeq), isLastPass ? (anchor?.lastSeq ?? 0) : 0);
      return bringOver(files, files.length === 0 ? 1 : first + 1, last, store);
    });
    return {
      kept: counts.reduce((sum, count) => sum + count.kept, 0),
      lost: counts.reduce((sum, count) => sum + count.lost, 0),
    };
  } finally {
    for (const file of known) file.close();
  }
}
