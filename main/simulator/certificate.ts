import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A server certificate and its key, both PEM. The certificate signs itself: whoever connects has to pin it. */
export interface Certificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

const DAY_MS = 86_400_000;

/** Makes a certificate for this machine's loopback names, good from yesterday on (clocks differ) for a year. */
export async function createCertificate(nowMs: number = Date.now()): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'Milepost simulator' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(nowMs - DAY_MS),
    notAfterDate: new Date(nowMs + 365 * DAY_MS),
    extensions: [
      // Not an authority: installed anywhere by mistake, it can vouch for nothing but loopback.
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { certificatePem: made.cert, privateKeyPem: made.private };
}

export const CERTIFICATE_FILE = 'simulator-certificate.pem';
const KEY_FILE = 'simulator-key.pem';

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The certificate kept in a folder, so that a restart keeps the pin; a new one where none is, or it soon expires. */
export async function keepCertificate(folder: string, nowMs: number = Date.now()): Promise<Certificate> {
  const certificatePem = await readIfThere(join(folder, CERTIFICATE_FILE));
  const privateKeyPem = await readIfThere(join(folder, KEY_FILE));
  if (certificatePem !== undefined && privateKeyPem !== undefined) {
    const expiresMs = new X509Certificate(certificatePem).validToDate.getTime();
    if (expiresMs > nowMs + DAY_MS) return { certificatePem, privateKeyPem };
  }
  const made = await createCertificate(nowMs);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, KEY_FILE), made.privateKeyPem, { mode: 0o600 });
  await writeFile(join(folder, CERTIFICATE_FILE), made.certificatePem);
  return made;
}
