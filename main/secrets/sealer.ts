/** Seals text so that only this machine's user can open it again. The Electron host has one: `safeStorage`. */
export interface Sealer {
  /** What does the sealing, in the operating system's word: remembered, because another one can not open it. */
  readonly backend: () => string;
  /** False also where the backend would only scramble: that is no seal. */
  isAvailable(): Promise<boolean>;
  seal(text: string): Promise<Uint8Array>;
  /** `isStale`: the key behind it was renewed, seal it again. Rejects where it can not be opened. */
  open(sealed: Uint8Array): Promise<{ readonly text: string; readonly isStale: boolean }>;
}
