import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { CLIENT_SECRET } from './programs.ts';

/**
 * PINs that every end-to-end test uses: of seven digits, which the redactor lets pass, so that only not writing them keeps
 * them out; and the longest there is.
 */
export const ANA_PIN = '7391582';
export const LUC_PIN = '82649173';

const pins = [ANA_PIN, LUC_PIN];
const secrets = [CLIENT_SECRET, 'simulated-token-', 'Bearer ', 'access_token'];

/** Something that was written, and where. */
export interface Written {
  readonly path: string;
  readonly text: string;
}

/** Every file below a folder, with its bytes as text; of a support bundle what is packed in it. */
export function writtenBelow(folder: string): Written[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .flatMap((path) => {
      const bytes = readFileSync(path);
      const packed = path.endsWith('.zip') ? Object.entries(unzipSync(bytes)) : [];
      return [
        { path, text: bytes.toString('latin1') },
        ...packed.map(([name, part]) => ({ path: `${path}: ${name}`, text: strFromU8(part) })),
      ];
    });
}

/** A time or a checksum may hold the digits by chance; a PIN or a Collector Number that leaks into text stands by itself. */
const holdsPin = ({ path, text }: Written, pin: string): boolean =>
  path.includes('.sqlite') ? text.includes(pin) : new RegExp(`(?<![\\da-f])${pin}(?![\\da-f])`).test(text);

/** Only the journal, its copies, receipts and the partner's logs may hold a Collector Number in full. */
const isForPeople = ({ path }: Written): boolean =>
  /\.log(\.\d+)?$|\.zip: |^(output|console)$|metrics|settings|terminal\.json|devices\.json/.test(path);

/** What of a run's planted PINs, secrets, tokens and Collector Numbers stands where it must not, by its place. */
export function plantedIn(written: readonly Written[]): string[] {
  return written.flatMap((one) => [
    ...pins.filter((pin) => holdsPin(one, pin)).map((_, index) => `PIN ${index + 1} in ${one.path}`),
    ...secrets.filter((secret) => one.text.includes(secret)).map((secret) => `${secret} in ${one.path}`),
    ...(isForPeople(one) && /(?<![\da-f])8\d{10}(?![\da-f])/.test(one.text)
      ? [`a Collector Number in ${one.path}`]
      : []),
  ]);
}
