import { safeStorage } from 'electron';
import type { Sealer } from '../../secrets/sealer.ts';

/** On Linux Electron falls back to a password that is the same everywhere: no seal. */
const UNSEALED = 'basic_text';

function backend(): string {
  switch (process.platform) {
    case 'win32':
      return 'windows-dpapi';
    case 'darwin':
      return 'macos-keychain';
    default:
      return safeStorage.getSelectedStorageBackend();
  }
}

/** Electron's `safeStorage`, by its asynchronous calls. Use it only when Electron is ready. */
export function createSafeStorageSealer(): Sealer {
  return {
    backend,
    isAvailable: async () => backend() !== UNSEALED && (await safeStorage.isAsyncEncryptionAvailable()),
    seal: (text) => safeStorage.encryptStringAsync(text),
    async open(sealed) {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed));
      return { text: result, isStale: shouldReEncrypt };
    },
  };
}
