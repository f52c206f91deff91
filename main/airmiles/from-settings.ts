import type { z } from 'zod';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { AirmilesSettings as Schema } from '../settings/airmiles.ts';
import type { IssuanceClientOptions } from './client.ts';
import { isUsableClientCertificate, type ClientCertificate } from './trust.ts';

type AirmilesSettings = z.output<typeof Schema>;

/** A setting that a terminal can not start with; the message is for the person who started it. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
}

export const refused = (code: string, message: string): Refused => ({ kind: 'refused', code, message });

interface PemFiles {
  readonly kind: 'read';
  readonly caPem: string | undefined;
  readonly clientCertificate: ClientCertificate | undefined;
}

/** Reads the PEM files the settings name, and tells whether certificate and key can be used. */
export function readPemFiles(given: {
  readonly airmiles: AirmilesSettings;
  readonly readFile: (file: string) => string;
  /** The key itself, where it is kept as a secret and in no file. */
  readonly keyPem?: string | undefined;
  readonly keyPassphrase: string | undefined;
  readonly log: Log;
}): PemFiles | Refused {
  const { caFile, clientCertificateFile, clientKeyFile } = given.airmiles;
  const { keyPem } = given;
  const read = (key: string, file: string): { readonly text: string } | Refused => {
    try {
      return { text: given.readFile(file) };
    } catch (error) {
      given.log.error('pem-file-unreadable', { key, file }, error);
      return refused('pem-file-unreadable', `The file airmiles.${key} names can not be read: ${file}`);
    }
  };
  const ca = caFile === undefined ? { text: undefined } : read('caFile', caFile);
  if ('kind' in ca) return ca;
  if (clientCertificateFile === undefined && clientKeyFile === undefined) {
    return { kind: 'read', caPem: ca.text, clientCertificate: undefined };
  }
  if (clientCertificateFile === undefined || (clientKeyFile === undefined && keyPem === undefined)) {
    const message =
      'A client certificate needs airmiles.clientCertificateFile and airmiles.clientKeyFile, or the key as a secret';
    return refused('client-certificate-incomplete', message);
  }
  const certificate = read('clientCertificateFile', clientCertificateFile);
  if ('kind' in certificate) return certificate;
  const key = clientKeyFile === undefined ? { text: keyPem ?? '' } : read('clientKeyFile', clientKeyFile);
  if ('kind' in key) return key;
  const clientCertificate = {
    certificatePem: certificate.text,
    privateKeyPem: key.text,
    passphrase: given.keyPassphrase,
  };
  if (!isUsableClientCertificate(clientCertificate)) {
    const message =
      'The client certificate and its key do not fit together, or the key wants another MILEPOST_CLIENT_KEY_PASSPHRASE';
    return refused('client-certificate-unusable', message);
  }
  return { kind: 'read', caPem: ca.text, clientCertificate };
}

/** What lets this terminal's calls in, or what is missing for it. */
export function readAccess(given: {
  readonly airmiles: AirmilesSettings;
  readonly tokenUrl: string;
  readonly secrets: Pick<Secrets, 'candidates'>;
  readonly pem: PemFiles;
}): Pick<IssuanceClientOptions, 'credentials' | 'apiKey'> | Refused {
  const { airmiles, tokenUrl, secrets, pem } = given;
  switch (airmiles.access) {
    case 'token': {
      const { clientId, audience, scope } = airmiles;
      const [secret, olderSecret] = secrets.candidates('client-secret');
      if (clientId === undefined || secret === undefined) {
        return refused(
          'no-credentials',
          'The client id (airmiles.clientId in the settings) or its secret is missing: provision it, or in a browser host give MILEPOST_CLIENT_SECRET',
        );
      }
      const clientSecret = () => Promise.resolve(secret);
      return { credentials: { tokenUrl, clientId, clientSecret, olderSecret, audience, scope } };
    }
    case 'api-key': {
      const [apiKey, older] = secrets.candidates('api-key');
      if (apiKey === undefined)
        return refused(
          'no-credentials',
          'The key of the gateway is missing: provision it, or in a browser host give MILEPOST_API_KEY',
        );
      return { apiKey: { header: airmiles.apiKeyHeader, key: () => Promise.resolve(apiKey), older } };
    }
    case 'client-certificate':
      if (pem.clientCertificate === undefined) {
        return refused(
          'no-credentials',
          'The settings give no airmiles.clientCertificateFile and clientKeyFile',
        );
      }
      return {};
    default:
      return assertNever(airmiles.access);
  }
}
