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
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import type { Wire } from '../../shared/contract/contract.ts';
import { createClient } from '../client.ts';
import { guardPage } from '../guard-page.ts';
import { App } from './App.tsx';
import { ClientProvider, TerminalProvider } from './context.tsx';
import { play } from '../ui/sound.ts';
import { createTerminal } from './terminal.ts';

/** Main writes to its own disk before it answers; past this it is not coming. */
const CALL_TIMEOUT_MS = 10_000;

/** Starts the renderer over a wire, in an element. */
export function mount(wire: Wire, element: Element): void {
  // The page's policy forbids building functions from text, which zod would otherwise try.
  config({ jitless: true });
  const client = createClient(wire, { timeoutMs: CALL_TIMEOUT_MS });
  guardPage(client);
  const terminal = createTerminal({
    client,
    makeKey: () => crypto.randomUUID(),
    hasSheet: () => document.querySelector('.sheet') !== null,
    refuseAudibly: () => play('refused'),
  });
  window.addEventListener('pagehide', () => terminal.keepNow());
  createRoot(element).render(
    <StrictMode>
      <ClientProvider value={client}>
        <TerminalProvider value={terminal}>
          <App />
        </TerminalProvider>
      </ClientProvider>
    </StrictMode>,
  );
}
