import tls from 'node:tls';

/**
 * Whom to believe. `system`: the operating system's authorities and, where given, those of a CA file (PEM).
 * `pinned`: this one certificate and nothing else, so that a terminal in training can talk to its simulator only.
 */
export type Trust =
  | { readonly kind: 'system'; readonly caPem?: string | undefined }
  | { readonly kind: 'pinned'; readonly caPem: string };

/** Who this terminal is, for a server that asks (mTLS). PEM, with whatever chain is needed. */
export interface ClientCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly passphrase?: string | undefined;
}

function trustedCertificates(trust: Trust): string[] {
  if (trust.kind === 'pinned') return [trust.caPem];
  const system = tls.getCACertificates('system');
  const authorities = system.length > 0 ? system : tls.getCACertificates('bundled');
  return [
    ...authorities,
    ...tls.getCACertificates('extra'),
    ...(trust.caPem === undefined ? [] : [trust.caPem]),
  ];
}

/** Parses the authorities and the client's certificate once, not for every connection. */
export function createTlsContext(trust: Trust, client: ClientCertificate | undefined): tls.SecureContext {
  return tls.createSecureContext({
    ca: trustedCertificates(trust),
    minVersion: 'TLSv1.2',
    ...(client === undefined
      ? {}
      : { cert: client.certificatePem, key: client.privateKeyPem, passphrase: client.passphrase }),
  });
}

/** Whether certificate and key can be read, with this passphrase, and belong together. */
export function isUsableClientCertificate(client: ClientCertificate): boolean {
  const { certificatePem: cert, privateKeyPem: key, passphrase } = client;
  try {
    tls.createSecureContext({ cert, key, passphrase });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
