import { createWire } from '../wire.ts';
import { mount } from './mount.tsx';

/** Starts the window over the host's wire, in an element. */
export function start(element: Element): void {
  mount(createWire(), element);
}
