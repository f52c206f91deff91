import { dirname } from 'node:path';
import type { TracedOperation } from './trace.ts';

/**
 * What a sync makes safe. `ext4`: the file's data, and every name given, changed or removed before (its journal is
 * written in order). `strict`: what POSIX promises and no more, so a name only by a sync of its folder.
 */
export type Durability = 'ext4' | 'strict';

export const SECTOR_BYTES = 512;

type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'resize'; readonly size: number }
  | { readonly kind: 'reserve'; readonly size: number };

type Naming =
  | { readonly kind: 'give'; readonly path: string; readonly inode: Inode }
  | { readonly kind: 'rename'; readonly path: string; readonly from: string; readonly inode: Inode }
  | { readonly kind: 'remove'; readonly path: string };

interface Inode {
  readonly id: number;
  readonly isFolder: boolean;
  /** What is on the platter. */
  durable: Buffer;
  /** Counts the syncs that changed it. */
  version: number;
  /** Written, and still in the cache. */
  pending: Change[];
}

/** How much of the cache reaches the disk before the power goes. */
export type Fate =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  /** The names and sizes arrive, the data does not. */
  | { readonly kind: 'zero' }
  /** Every 512-byte sector with this chance, and the names up to some point. */
  | { readonly kind: 'torn'; readonly keepChance: number };

/** A folder as a power cut leaves it. */
export interface DiskImage {
  readonly folders: readonly string[];
  readonly files: ReadonlyMap<string, Buffer>;
  /** Equal for equal images, except that a torn one is like no other. */
  readonly fingerprint: string;
}

function resized(bytes: Buffer, size: number): Buffer {
  if (size <= bytes.length) return bytes.subarray(0, size);
  const grown = Buffer.alloc(size);
  bytes.copy(grown);
  return grown;
}

const sizeAfter = (size: number, change: Change): number => {
  if (change.kind === 'write') return Math.max(size, change.offset + change.data.length);
  return change.kind === 'resize' ? change.size : Math.max(size, change.size);
};

/** A copy of `bytes` with the changes made; `keeps` decides on every sector of a write and on every change of size. */
export function changed(bytes: Buffer, changes: readonly Change[], keeps: () => boolean): Buffer {
  const largest = changes.reduce((size, change) => Math.max(size, sizeAfter(size, change)), bytes.length);
  const room = Buffer.alloc(largest);
  bytes.copy(room);
  let size = bytes.length;
  const shrinkTo = (next: number): void => {
    if (next < size) room.fill(0, next, size);
    size = next;
  };
  for (const change of changes) {
    if (change.kind !== 'write') {
      if (keeps()) shrinkTo(sizeAfter(size, change));
      continue;
    }
    const { offset, data } = change;
    for (let from = 0; from < data.length;) {
      const sectorEnd = SECTOR_BYTES - ((offset + from) % SECTOR_BYTES);
      const to = Math.min(data.length, from + sectorEnd);
      if (keeps()) {
        data.copy(room, offset + from, from, to);
        size = Math.max(size, offset + to);
      }
      from = to;
    }
  }
  return room.subarray(0, size);
}

/** Replays what a program did to a folder and says what a power cut would leave of it. The folder begins empty. */
export function createDisk(durability: Durability) {
  const root: Inode = { id: 0, isFolder: true, durable: Buffer.alloc(0), version: 0, pending: [] };
  const live = new Map<string, Inode>([['.', root]]);
  let durableNames = new Map<string, Inode>();
  let namings: Naming[] = [];
  let lastId = 0;

  const required = (path: string): Inode => {
    const inode = live.get(path);
    if (inode === undefined) throw new Error(`${path} is used but was never made`);
    return inode;
  };
  const make = (path: string, isFolder: boolean): void => {
    lastId += 1;
    const inode: Inode = { id: lastId, isFolder, durable: Buffer.alloc(0), version: 0, pending: [] };
    live.set(path, inode);
    namings.push({ kind: 'give', path, inode });
  };
  const named = (names: Map<string, Inode>, done: readonly Naming[]): Map<string, Inode> => {
    const next = new Map(names);
    for (const naming of done) {
      if (naming.kind === 'remove') next.delete(naming.path);
      else next.set(naming.path, naming.inode);
      if (naming.kind === 'rename') next.delete(naming.from);
    }
    return next;
  };
  const sync = (path: string): void => {
    const inode = required(path);
    if (inode.pending.length > 0) {
      inode.durable = changed(inode.durable, inode.pending, () => true);
      inode.pending = [];
      inode.version += 1;
    }
    const isSafe = ({ path: name }: Naming): boolean =>
      durability === 'ext4' || (inode.isFolder && dirname(name) === path);
    durableNames = named(durableNames, namings.filter(isSafe));
    namings = namings.filter((naming) => !isSafe(naming));
  };

  /** Within one folder names reach the disk in order; folders know nothing of each other. */
  const somePrefix = (random: () => number): Naming[] => {
    const groups = Map.groupBy(namings, ({ path }) => (durability === 'ext4' ? '' : dirname(path)));
    return [...groups.values()].flatMap((group) => group.slice(0, Math.floor(random() * (group.length + 1))));
  };
  const contentOf = (inode: Inode, fate: Fate, random: () => number): Buffer => {
    const { durable, pending } = inode;
    if (pending.length === 0 || fate.kind === 'none') return durable;
    if (fate.kind === 'all') return changed(durable, pending, () => true);
    if (fate.kind === 'zero')
      return pending.reduce((bytes, change) => resized(bytes, sizeAfter(bytes.length, change)), durable);
    return changed(durable, pending, () => random() < fate.keepChance);
  };

  return {
    apply(operation: TracedOperation): void {
      switch (operation.kind) {
        case 'make-folder':
          make(operation.path, true);
          return;
        case 'open':
          if (!live.has(operation.path)) make(operation.path, false);
          else if (operation.empties) required(operation.path).pending.push({ kind: 'resize', size: 0 });
          return;
        case 'write':
        case 'resize':
        case 'reserve':
          required(operation.path).pending.push(operation);
          return;
        case 'sync':
          sync(operation.path);
          return;
        case 'rename': {
          const inode = required(operation.from);
          if (inode.isFolder) throw new Error('Renaming a folder is not modelled');
          live.delete(operation.from);
          live.set(operation.to, inode);
          namings.push({ kind: 'rename', path: operation.to, from: operation.from, inode });
          return;
        }
        case 'remove':
          required(operation.path);
          live.delete(operation.path);
          namings.push({ kind: 'remove', path: operation.path });
          return;
        case 'told':
          return;
      }
    },

    /** What a power cut at this moment leaves. Good until the next operation; shared memory files are left out. */
    image(fate: Fate, random: () => number): DiskImage {
      const arrived = fate.kind === 'torn' ? somePrefix(random) : fate.kind === 'none' ? [] : namings;
      const names = named(durableNames, arrived);
      const isReachable = (path: string): boolean => {
        const folder = dirname(path);
        return folder === '.' || (names.has(folder) && isReachable(folder));
      };
      const kept = [...names].filter(([path]) => isReachable(path) && !path.endsWith('-shm'));
      const marks = kept.map(([path, { id, version, pending }]) => {
        const isWhole = pending.length === 0 || fate.kind === 'none';
        return [
          path,
          id,
          version,
          isWhole ? '' : fate.kind,
          isWhole || fate.kind !== 'torn' ? '' : random(),
        ].join(':');
      });
      return {
        folders: kept.filter(([, inode]) => inode.isFolder).map(([path]) => path),
        files: new Map(
          kept
            .filter(([, inode]) => !inode.isFolder)
            .map(([path, inode]) => [path, contentOf(inode, fate, random)] as const),
        ),
        fingerprint: marks.toSorted().join('\n'),
      };
    },
  };
}
