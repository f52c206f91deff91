import '@fontsource-variable/inter/wght.css';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/controls.css';
import './app.css';
import '../ui/page.css';
import './menu.css';
import '../features/returns/returns.css';
import '../features/checkout/checkout.css';
import '../features/sales/sales.css';
import '../features/devices/devices.css';
import '../features/operators/operators.css';
import '../features/receipts/receipts.css';
import '../features/training/training.css';
import '../features/board/board.css';
import '../features/day/day.css';
import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Wire } from '../../shared/contract/contract.ts';
import { createClient } from '../client.ts';
import { guardPage } from '../guard-page.ts';
import { App } from './App.tsx';
import { ClientProvider, TerminalProvider } from './context.tsx';
import { play } from '../ui/sound.ts';
import { loadCatalogue, pageLanguage } from './load-catalogue.ts';
import type { Loaded } from './terminal-state.ts';
import { createTerminal, type Terminal } from './terminal.ts';

/** Main writes to its own disk before it answers; past this it is not coming. */
const CALL_TIMEOUT_MS = 10_000;

/** Past this the window says that it waits for main; a start that goes well is drawn once, with everything in it. */
const SHOW_WAITING_AFTER_MS = 300;

/** Starts the renderer over a wire, in an element. Resolves when it begins to draw. */
export async function mount(wire: Wire, element: Element): Promise<void> {
  void loadCatalogue(pageLanguage());
  const client = createClient(wire, { timeoutMs: CALL_TIMEOUT_MS });
  guardPage(client);
  const terminal = createTerminal({
    client,
    makeKey: () => crypto.randomUUID(),
    hasSheet: () => document.querySelector('.sheet') !== null,
    refuseAudibly: () => play('refused'),
  });
  window.addEventListener('pagehide', () => terminal.keepNow());
  await Promise.race([firstSnapshot(terminal), delay(SHOW_WAITING_AFTER_MS)]);
  const root = createRoot(element);
  // As a transition it is drawn in slices, and the window is never busy for long.
  startTransition(() =>
    root.render(
      <StrictMode>
        <ClientProvider value={client}>
          <TerminalProvider value={terminal}>
            <App />
          </TerminalProvider>
        </ClientProvider>
      </StrictMode>,
    ),
  );
}

/** Until main has answered, and the words of the language it is set to are there. */
async function firstSnapshot(terminal: Terminal): Promise<void> {
  const loaded = await new Promise<Loaded>((resolve) => {
    const look = (): void => {
      const state = terminal.getState();
      if (state.loaded === null) return;
      stop();
      resolve(state.loaded);
    };
    const stop = terminal.subscribe(look);
    look();
  });
  await loadCatalogue(loaded.snapshot.language);
}

async function delay(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
