/**
 * The device process, saying on SIGUSR2 what it holds: the listeners of every emitter that is still alive, and what keeps
 * Node's loop busy. One line of JSON on standard output. The emitters are known from the start, so the patch comes before
 * the process itself is loaded.
 */
import { EventEmitter } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const emitters = new Set<WeakRef<EventEmitter>>();
const known = new WeakSet<EventEmitter>();

for (const name of ['on', 'addListener', 'prependListener'] as const) {
  const original = EventEmitter.prototype[name];
  EventEmitter.prototype[name] = function listen(this: EventEmitter, ...given: Parameters<typeof original>) {
    if (!known.has(this)) {
      known.add(this);
      emitters.add(new WeakRef(this));
    }
    return original.apply(this, given);
  };
}

function listenersOf(emitter: EventEmitter): number {
  return emitter.eventNames().reduce((sum, event) => sum + emitter.listenerCount(event), 0);
}

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

process.on('SIGUSR2', () => {
  if (typeof collectGarbage === 'function') collectGarbage();
  // What the collector found dead is known as such in the next turn.
  setImmediate(() => {
    const alive = [...emitters].flatMap((reference) => reference.deref() ?? []);
    const isPoller = ({ constructor }: EventEmitter): boolean => constructor.name === 'Poller';
    const held = {
      emitters: alive.filter((emitter) => !isPoller(emitter)).length,
      pollers: alive.filter(isPoller).length,
      listeners: alive.reduce((sum, emitter) => sum + listenersOf(emitter), 0),
      resources: process.getActiveResourcesInfo().length,
    };
    process.stdout.write(`${JSON.stringify(held)}\n`);
  });
});

await import('../../main/devices/device-process.ts');
