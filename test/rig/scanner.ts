import { createInterface } from 'node:readline';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { makeCollectorNumber } from '../../shared/domain/collector-number.ts';
import { startRig } from './rig.ts';

const USAGE = `npm run rig -- scanner [--path FILE]
  A scanner without hardware: a serial port to name in settings.json, and commands to scan with.`;

const HELP = `  TEXT           scans TEXT as it stands, such as a practice Collector of the checkout
  new            scans a Collector Number made up on the spot
  swipe TEXT     swipes a card with TEXT on track 2
  product        scans a product
  card           swipes a payment card (a published test number)
  half TEXT      sends half of TEXT and pulls the plug
  unplug, plug   pulls the plug, plugs in again
  quit`;

/** What a typed line makes the device send. */
function bytesOf(line: string): string {
  const [word = '', ...rest] = line.split(' ');
  const text = rest.join(' ');
  switch (word) {
    case 'new':
      return `${makeCollectorNumber(Math.random)}\r\n`;
    case 'swipe':
      return `;${text}?\r`;
    case 'product':
      return ']E0036000291452\r';
    case 'card':
      return '%B4111111111111111^DOE/JANE^4912101?;4111111111111111=4912101?\r';
    default:
      return `${line}\r\n`;
  }
}

const [name, flag, path] = process.argv.slice(2);
if (name !== 'scanner' || (flag !== undefined && (flag !== '--path' || path === undefined))) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-rig-'));
  const rig = await startRig(
    path === undefined ? folder : dirname(resolve(path)),
    path === undefined ? 'scanner' : basename(path),
  );
  process.stdout.write(`The scanner is at ${rig.path}\n`);
  process.stdout.write('Put this into a file, say rig.json, and start the terminal beside it:\n');
  process.stdout.write(`  ${JSON.stringify({ devices: { scanner: { path: rig.path } } })}\n`);
  process.stdout.write(`  npm start -- --settings rig.json\n\n${HELP}\n`);
  for await (const raw of createInterface({ input: process.stdin })) {
    const line = raw.trim();
    if (line === 'quit') break;
    if (line === '') continue;
    if (line === 'unplug') await rig.hang();
    else if (line === 'plug') await rig.reopen();
    else if (line.startsWith('half ')) {
      const text = line.slice(5);
      await rig.script([
        { do: 'write', data: text.slice(0, Math.ceil(text.length / 2)) },
        { do: 'wait', ms: 20 },
        { do: 'hang' },
      ]);
    } else
      await rig
        .writePaced(bytesOf(line), 9600)
        .catch((error: unknown) => process.stdout.write(`${String(error)}\n`));
  }
  await rig.stop();
  rmSync(folder, { recursive: true, force: true });
}
