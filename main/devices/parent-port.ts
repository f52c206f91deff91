/** The line to the process that started this one. */
export interface ParentPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent is gone, or let go of this process. */
  onGone(listener: () => void): void;
}

/** Electron's utility process speaks through `process.parentPort`, a forked Node process through `process` itself. */
export function findParentPort(): ParentPort {
  const utilityPort: unknown = Reflect.get(process, 'parentPort');
  return isUtilityPort(utilityPort) ? utilityParent(utilityPort) : forkedParent();
}

interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

function isUtilityPort(value: unknown): value is UtilityPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}

function utilityParent(port: UtilityPort): ParentPort {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', (event) => listener(event.data)),
    // Electron ends its utility processes itself.
    onGone: () => undefined,
  };
}

function forkedParent(): ParentPort {
  return {
    // Without a parent left there is nobody to tell; `disconnect` ends the process.
    send: (message) => process.send?.(message, () => undefined),
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.on('disconnect', listener),
  };
}
