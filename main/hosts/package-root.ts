import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const PackageFile = z.object({ name: z.literal('milepost'), version: z.string().min(1) });

/**
 * The folder of the program and its version, found upwards from `folder`: the same whether the code runs from its
 * sources or from what was built under out/.
 */
export function findPackageRoot(folder: string): { readonly folder: string; readonly version: string } {
  const file = join(folder, 'package.json');
  if (existsSync(file)) {
    return { folder, version: PackageFile.parse(JSON.parse(readFileSync(file, 'utf8'))).version };
  }
  const parent = dirname(folder);
  if (parent === folder) throw new Error('No package.json stands above the program.');
  return findPackageRoot(parent);
}
