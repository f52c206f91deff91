import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRandom } from '../../../main/simulator/random.ts';
import type { Check } from './check.ts';
import { createDisk, type DiskImage, type Durability, type Fate } from './disk.ts';
import { chooseStops } from './stops.ts';
import { readTold, type Told } from './told.ts';
import type { TracedOperation } from './trace.ts';

/** The figures of one replay. `lost` and `corrupt` are counted over all images. */
export interface Figures {
  readonly images: number;
  readonly stops: number;
  /** Sales told stored in the whole run. */
  readonly toldStored: number;
  readonly lost: number;
  readonly corrupt: number;
  /** Of the first images at fault, in plain words. */
  readonly offences: readonly string[];
}

const KEPT_OFFENCES = 5;

const fates: readonly Fate[] = [
  { kind: 'none' },
  { kind: 'all' },
  { kind: 'zero' },
  ...[0.5, 0.5, 0.1, 0.9].map((keepChance) => ({ kind: 'torn', keepChance }) as const),
];

function write(image: DiskImage, folder: string): void {
  for (const path of image.folders) mkdirSync(join(folder, path), { recursive: true });
  for (const [path, bytes] of image.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/**
 * Cuts the power at some moments of a recorded run, under each model of what a sync makes safe, and checks what is left
 * each time, once a stop in full. `workFolder` is where images are laid out, one after the other.
 */
export async function replay(options: {
  readonly operations: readonly TracedOperation[];
  readonly stops: number;
  readonly seed: number;
  readonly check: Check;
  readonly workFolder: string;
  readonly models: readonly Durability[];
}): Promise<Figures> {
  const { operations, seed, check, workFolder } = options;
  const random = createRandom(seed);
  const stops = chooseStops(operations, options.stops, random);
  const disks = options.models.map((durability) => ({ durability, disk: createDisk(durability) }));
  const told: Told[] = [];
  const offences: string[] = [];
  let done = 0;
  let images = 0;
  let lost = 0;
  let corrupt = 0;

  const look = async (image: DiskImage, name: string, isFull: boolean): Promise<void> => {
    const folder = mkdtempSync(join(workFolder, 'image-'));
    try {
      write(image, folder);
      const checked = await check(folder, told, isFull);
      images += 1;
      lost += checked.lost.length;
      if (checked.corrupt !== undefined) corrupt += 1;
      if ((checked.lost.length > 0 || checked.corrupt !== undefined) && offences.length < KEPT_OFFENCES) {
        const [first = 'nothing'] = checked.lost;
        const files = [...image.files].map(([path, bytes]) => `${path} ${bytes.length}`).join(', ');
        offences.push(
          `${name}: lost ${checked.lost.length} of ${told.length} facts told (first: ${first}); ${checked.corrupt ?? 'whole'}; left on the disk: ${files || 'nothing'}`,
        );
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  const stopHere = async (stop: number): Promise<void> => {
    const distinct = new Map<string, { readonly image: DiskImage; readonly name: string }>();
    for (const { durability, disk } of disks) {
      for (const fate of fates) {
        const image = disk.image(fate, random);
        const name = `power cut after operation ${stop} of ${operations.length}, ${durability}, ${fate.kind}`;
        if (!distinct.has(image.fingerprint)) distinct.set(image.fingerprint, { image, name });
      }
    }
    const full = Math.floor(random() * distinct.size);
    for (const [index, { image, name }] of [...distinct.values()].entries())
      await look(image, name, index === full);
  };

  for (const stop of stops) {
    for (const operation of operations.slice(done, stop)) {
      for (const { disk } of disks) disk.apply(operation);
      if (operation.kind === 'told') told.push(...readTold(operation.text));
    }
    done = stop;
    await stopHere(stop);
  }
  const all = operations.flatMap((operation) => (operation.kind === 'told' ? readTold(operation.text) : []));
  const toldStored = all.filter(({ fact }) => fact === 'stored').length;
  return { images, stops: stops.length, toldStored, lost, corrupt, offences };
}
