import { browserLanguage, loadCatalogue } from './app/load-catalogue.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
// The words first: they are fetched while index.html has the code fetched by itself, and the code that shows them would
// else keep the window too busy to ask for them.
await loadCatalogue(browserLanguage());
// One after the other, so that neither keeps the window busy for long; the line to main opens meanwhile.
const { createWire } = await import('./wire.ts');
const wire = createWire();
const { mount } = await import('./app/mount.tsx');
mount(wire, root);
