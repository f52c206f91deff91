import { browserLanguage, loadCatalogue } from './app/load-catalogue.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
// Asked for at once: the words come beside the code that shows them, which index.html asks for by itself.
void loadCatalogue(browserLanguage());
// One after the other, so that neither keeps the window busy for long; the line to main opens meanwhile.
const { createWire } = await import('./wire.ts');
const wire = createWire();
const { mount } = await import('./app/mount.tsx');
mount(wire, root);
