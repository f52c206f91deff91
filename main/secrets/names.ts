/** What must never lie in a settings file, and the variable that may carry it in the browser host. */
export const secretVariables = {
  'client-secret': 'MILEPOST_CLIENT_SECRET',
  'api-key': 'MILEPOST_API_KEY',
  'client-key': 'MILEPOST_CLIENT_KEY',
  'client-key-passphrase': 'MILEPOST_CLIENT_KEY_PASSPHRASE',
  'proxy-credentials': 'MILEPOST_PROXY_CREDENTIALS',
  'pin-pepper': 'MILEPOST_PIN_PEPPER',
} as const;

export type SecretName = keyof typeof secretVariables;

export function isSecretName(name: string): name is SecretName {
  return Object.hasOwn(secretVariables, name);
}

export const secretNames = Object.keys(secretVariables).filter(isSecretName);
