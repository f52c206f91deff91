import { mount } from './app/mount.tsx';
import { createWire } from './wire.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
mount(createWire(), root);
