import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createLog } from '../../../main/diagnostics/log.ts';
import { inspectJournal } from '../../../main/journal/inspect.ts';
import { openJournal } from '../../../main/journal/journal.ts';
import { migrations } from '../../../main/journal/migrations/migrations.ts';
import { upgrade } from '../../../main/journal/upgrade.ts';
import { installedForm, onThisDisk } from '../../../main/updates/installed-form.ts';
import { startSuccessor } from '../../../main/updates/kept-installer.ts';
import { openUpdateMemory } from '../../../main/updates/memory.ts';
import { superviseStart } from '../../../main/updates/supervise.ts';

/**
 * A version of Milepost as far as updates are concerned, run by an AppImage that is a shell script:
 * `VERSION DATA HOW`. How it fares: `well` stands; `crashes` dies before it has opened anything; `crashes-late` brings
 * the journal to its own newer version first; `loses` has a migration that loses a row; `sells` is `crashes-late` after
 * a sale.
 */
const [version = '', data = '', how = 'well'] = process.argv.slice(2);
const tell = (what: string): void => appendFileSync(join(data, 'told.txt'), `${version} ${what}\n`);
const isNewer = how !== 'well' && how !== 'crashes';
const lost = 'DROP TRIGGER audit_never_vanishes; DELETE FROM audit WHERE id = 2;';
const steps = isNewer
  ? [...migrations, how === 'loses' ? lost : 'ALTER TABLE transactions ADD COLUMN note TEXT']
  : migrations;
const journalFolder = join(data, 'journal');

const supervised = await superviseStart({
  memory: openUpdateMemory(join(data, 'updates')),
  version,
  form: installedForm({
    isPackaged: true,
    platform: 'linux',
    execPath: process.execPath,
    resourcesPath: '/tmp/.mount/resources',
    environmentVariables: process.env,
    ...onThisDisk,
  }),
  journalFolder,
  words: [],
  nowMs: () => Date.now(),
  log: createLog({ write: (line: string) => tell(JSON.parse(line).event) }),
  steps,
});
if (supervised.kind === 'put-back') {
  await startSuccessor(supervised.successor);
  process.exit(0);
}
if (supervised.failing !== undefined)
  tell(`failing ${supervised.failing.why}: ${supervised.failing.command ?? 'a newer version'}`);
if (isNewer) {
  const file = join(journalFolder, 'journal.sqlite');
  const database = new Database(file);
  upgrade(database, file, steps);
  if (how === 'sells') database.exec('UPDATE deliveries SET maybe_sent_at_ms = 5 WHERE seq = 5');
  database.close();
}
if (how !== 'well') process.exit(1);
const opening = await openJournal({ folder: journalFolder, environment: 'training', reserveBytes: 0 });
if (opening.kind === 'refused') {
  tell(`refused ${opening.code}`);
  process.exit(1);
}
await supervised.confirm(() => inspectJournal(journalFolder), 2);
await opening.journal.close();
tell('stands');
