import { askAhead } from './ask-ahead.ts';
import { createWire } from './wire.ts';

// Main is asked while the code that draws its answer is still read.
const wire = askAhead(createWire(), 'terminal.snapshot');
const { mount } = await import('./app/mount.tsx');
const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
await mount(wire, root);
