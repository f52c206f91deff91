import { describe, expect, test } from 'vitest';
import { changed, createDisk, SECTOR_BYTES, type Durability, type Fate } from '../../faults/power/disk.ts';
import type { TracedOperation } from '../../faults/power/trace.ts';
import { createRandom } from '../../../main/simulator/random.ts';

const make = (path: string): TracedOperation => ({ kind: 'open', path, makes: true, empties: false });
const write = (path: string, text: string, offset = 0): TracedOperation => ({
  kind: 'write',
  path,
  offset,
  data: Buffer.from(text),
});
const sync = (path: string): TracedOperation => ({ kind: 'sync', path });

/** What is left of each file, as text. */
function leftAfter(durability: Durability, fate: Fate['kind'], operations: readonly TracedOperation[]) {
  const disk = createDisk(durability);
  for (const operation of operations) disk.apply(operation);
  const { files } = disk.image(
    fate === 'torn' ? { kind: fate, keepChance: 0.5 } : { kind: fate },
    createRandom(1),
  );
  return Object.fromEntries([...files].map(([path, bytes]) => [path, bytes.toString()]));
}

describe('what a power cut leaves of the data', () => {
  const half = [make('a'), write('a', 'safe'), sync('a'), sync('.'), write('a', 'cached', 4)];

  test.each([
    ['none', 'safe'],
    ['all', 'safecached'],
    ['zero', 'safe\0\0\0\0\0\0'],
  ] as const)('of what was written after the sync, when %s of it arrives', (fate, expected) => {
    expect(leftAfter('ext4', fate, half)).toEqual({ a: expected });
    expect(leftAfter('strict', fate, half)).toEqual({ a: expected });
  });

  test('a file emptied and written again keeps its old bytes until it is synced', () => {
    const again: TracedOperation[] = [
      { kind: 'open', path: 'a', makes: true, empties: true },
      write('a', 'new'),
    ];
    expect(leftAfter('ext4', 'none', [...half, sync('a'), ...again])).toEqual({ a: 'safecached' });
    expect(leftAfter('ext4', 'all', [...half, sync('a'), ...again])).toEqual({ a: 'new' });
    expect(leftAfter('ext4', 'zero', [...half, sync('a'), ...again])).toEqual({ a: '\0\0\0' });
  });

  test('a file cut and grown again holds zeros where it was cut', () => {
    const cut: TracedOperation[] = [
      { kind: 'resize', path: 'a', size: 2 },
      { kind: 'reserve', path: 'a', size: 6 },
    ];
    expect(leftAfter('ext4', 'all', [...half, ...cut])).toEqual({ a: 'sa\0\0\0\0' });
  });

  test('sectors arrive one by one, whole, and wherever a write begins', () => {
    const data = Buffer.alloc(3 * SECTOR_BYTES, 'x');
    const keeps = [true, false, true, false];
    const torn = changed(
      Buffer.alloc(0),
      [{ kind: 'write', offset: 100, data }],
      () => keeps.shift() ?? false,
    );
    expect(torn).toHaveLength(3 * SECTOR_BYTES);
    expect([99, 100, 511, 512, 1023, 1024, 1535].map((at) => torn[at])).toEqual([
      0, 120, 120, 0, 0, 120, 120,
    ]);
  });
});

describe('what a power cut leaves of the names', () => {
  const made: TracedOperation[] = [
    { kind: 'make-folder', path: 'd' },
    make('d/a'),
    write('d/a', 'x'),
    sync('d/a'),
  ];

  test('where any sync commits them, a synced file is there', () => {
    expect(leftAfter('ext4', 'none', made)).toEqual({ 'd/a': 'x' });
  });

  test('where only the sync of a folder commits them, a synced file is lost with any name above it', () => {
    expect(leftAfter('strict', 'none', made)).toEqual({});
    expect(leftAfter('strict', 'none', [...made, sync('d')])).toEqual({});
    expect(leftAfter('strict', 'none', [...made, sync('.')])).toEqual({});
    expect(leftAfter('strict', 'none', [...made, sync('d'), sync('.')])).toEqual({ 'd/a': 'x' });
    expect(leftAfter('strict', 'all', made)).toEqual({ 'd/a': 'x' });
  });

  test('a file replaced by another is the old one until the new name is safe', () => {
    const replaced: TracedOperation[] = [
      make('a'),
      write('a', 'old'),
      sync('a'),
      sync('.'),
      make('b'),
      write('b', 'new'),
      sync('b'),
      { kind: 'rename', from: 'b', to: 'a' },
    ];
    expect(leftAfter('strict', 'none', replaced)).toEqual({ a: 'old' });
    expect(leftAfter('ext4', 'none', replaced)).toEqual({ a: 'old', b: 'new' });
    expect(leftAfter('ext4', 'none', [...replaced, make('c'), sync('c')])).toEqual({ a: 'new', c: '' });
    expect(leftAfter('strict', 'none', [...replaced, sync('.')])).toEqual({ a: 'new' });
  });

  test('a removed file is back until the removal is safe, and its shared memory file never is', () => {
    const removed: TracedOperation[] = [make('a'), make('a-shm'), sync('.'), { kind: 'remove', path: 'a' }];
    expect(leftAfter('strict', 'none', removed)).toEqual({ a: '' });
    expect(leftAfter('strict', 'all', removed)).toEqual({});
  });
});

test('images that are the same have the same fingerprint, also across the two models', () => {
  const images = (['ext4', 'strict'] as const).flatMap((durability) => {
    const disk = createDisk(durability);
    for (const operation of [make('a'), write('a', 'x'), sync('a'), sync('.')]) disk.apply(operation);
    const settled = disk.image({ kind: 'torn', keepChance: 0.5 }, Math.random).fingerprint;
    disk.apply(write('a', 'y'));
    return [settled, disk.image({ kind: 'none' }, Math.random).fingerprint];
  });
  expect(new Set(images).size).toBe(1);
});
