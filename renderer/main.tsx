import { browserLanguage, loadCatalogue } from './app/load-catalogue.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
// Asked for at once: the words come beside the code that shows them, which index.html asks for by itself.
void loadCatalogue(browserLanguage());
const { start } = await import('./app/start.ts');
start(root);
