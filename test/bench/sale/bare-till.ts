import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const page = `<!doctype html><title>Bare till</title><style>input,p{font:44px sans-serif}</style>
<form><input id="collector"><input id="amount"><button>Issue</button></form><p></p>
<script>
const [collector, amount, line] = ['#collector', '#amount', 'p'].map((name) => document.querySelector(name));
document.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = amount.value;
  collector.value = amount.value = '';
  const answer = await fetch('/sale', { method: 'POST', body });
  line.textContent = await answer.text() + ' $' + body;
});
</script>`;

/** The least a till can do for the same sale: two fields, one POST, one word. It stores nothing, and speaks plain HTTP. */
export async function startBareTill(): Promise<{
  readonly url: string;
  /** How long its server thinks about each sale from now on. */
  setLatencyMs(latencyMs: number): void;
  stop(): void;
}> {
  let latencyMs = 0;
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      return;
    }
    request.resume().on('end', () => setTimeout(() => response.end('credited'), latencyMs));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    setLatencyMs: (next) => (latencyMs = next),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
