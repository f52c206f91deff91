import { EventEmitter } from 'node:events';

/** A stream at the far end of the device layer that does only what the test says: nothing, when it hangs. */
export class HandStream extends EventEmitter {
  isOpen = false;
  opening = false;
  closing = false;
  closeCalls = 0;

  open(): void {
    this.opening = true;
  }

  opens(): void {
    this.opening = false;
    this.isOpen = true;
    this.emit('open');
  }

  close(): void {
    this.closeCalls += 1;
    this.isOpen = false;
    this.closing = true;
  }

  written: Uint8Array[] = [];
  drained: ((error?: Error | null) => void) | undefined;

  write(bytes: Uint8Array, done: (error?: Error | null) => void): void {
    this.written.push(bytes);
    done();
  }

  drain(done: (error?: Error | null) => void): void {
    this.drained = done;
  }

  closes(): void {
    this.isOpen = false;
    this.closing = false;
    this.emit('close');
  }
}
