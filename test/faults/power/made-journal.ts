import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openFile, type OpenFile } from '../../../main/journal/open.ts';

/**
 * Makes the journal of the training terminal that will have `folder` (its data in `data`), with what `fill` puts into
 * it. It is made beside the data and copied there without its lock, which this process keeps.
 */
export function makeJournal(folder: string, fill: (file: OpenFile) => void): void {
  const made = join(folder, 'made-journal');
  const options = { folder: made, environment: 'training', bootId: randomUUID(), reserveBytes: 0 };
  const file = openFile(options, false);
  fill(file);
  file.store.writeAnchor();
  file.close();
  cpSync(made, join(folder, 'data', 'journal'), {
    recursive: true,
    filter: (path) => !path.includes('lock.sqlite'),
  });
}
