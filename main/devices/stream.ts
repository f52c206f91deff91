import { SerialPort } from 'serialport';
import type { LineSettings } from '../../shared/contract/devices.ts';
import type { Clock } from '../clock.ts';
import { makeSafe } from './safe-binding.ts';

const CLOSE_TIMEOUT_MS = 2_000;

/** What a session needs of a stream; nothing else of serialport is used. */
export interface SerialStream {
  readonly isOpen: boolean;
  readonly opening: boolean;
  readonly closing: boolean;
  open(): void;
  close(done: () => void): void;
  write(bytes: Uint8Array, done: (error?: Error | null) => void): unknown;
  /** Calls back when everything written has left, or with why it never will. */
  drain(done: (error?: Error | null) => void): void;
  on(event: 'open' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'data', listener: (bytes: Buffer) => void): unknown;
}

const framingOptions = {
  '8N1': { dataBits: 8, parity: 'none', stopBits: 1 },
  '7E1': { dataBits: 7, parity: 'even', stopBits: 1 },
  '7O1': { dataBits: 7, parity: 'odd', stopBits: 1 },
} as const;

/**
 * A new stream over the safe binding, not yet open. Use each for one opening: a stream whose device went away during a
 * write opens again without error and never delivers a byte.
 */
export function createSerialStream(path: string, { baudRate, framing }: LineSettings): SerialStream {
  // The class passes `binding` on to its stream although its own type leaves it out.
  const options = {
    path,
    baudRate,
    ...framingOptions[framing],
    autoOpen: false,
    binding: makeSafe(SerialPort.binding),
  };
  return new SerialPort(options);
}

/** Closes a stream that is open, opening or already closed; false when it did not within 2 s. */
export function closeBounded(stream: SerialStream, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(CLOSE_TIMEOUT_MS, () => resolve(false));
    const settle = (): void => {
      cancel();
      resolve(true);
    };
    const close = (): void => stream.close(settle);
    stream.on('close', settle);
    stream.on('error', settle);
    // An opening that was given up may still succeed, however late; it must be closed all the same.
    if (stream.opening) stream.on('open', close);
    else if (stream.isOpen) close();
    else if (!stream.closing) settle();
  });
}
