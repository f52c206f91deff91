import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Mirrors what is typed, and nothing else: the least a page can do for the same paint. */
export const barePage = `<!doctype html><title>Bare</title><style>input,p{font:44px sans-serif}</style>
<input autofocus><p></p>
<script>document.querySelector('input').addEventListener('input', (event) => {
  document.querySelector('p').textContent = event.target.value;
});</script>`;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** A React page that draws one element, built and served as ours is. */
export async function startEmptyPage(): Promise<{ readonly url: string; stop(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-empty-page-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><title>Empty</title><div id="root"></div><script type="module" src="./main.js"></script>',
  );
  writeFileSync(
    join(folder, 'main.js'),
    `import { createElement } from 'react'; import { createRoot } from 'react-dom/client';
createRoot(document.querySelector('#root')).render(createElement('main', { className: 'usable' }, 'Ready'));`,
  );
  await build({ root: folder, configFile: false, logLevel: 'silent', build: { minify: true } });
  const server = createServer((request, response) => {
    const name = request.url === '/' ? '/index.html' : (request.url ?? '');
    try {
      const body = readFileSync(join(folder, 'dist', name));
      response.writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain' }).end(body);
    } catch {
      response.writeHead(404).end(); // The browser asks for an icon, which there is none of.
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
