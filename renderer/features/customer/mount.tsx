import '@fontsource-variable/inter/wght.css';
import '../../ui/tokens.css';
import '../../ui/base.css';
import '../../ui/controls.css';
import './customer.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Wire } from '../../../shared/contract/contract.ts';
import { createClient } from '../../client.ts';
import { CustomerPage } from './CustomerPage.tsx';

/** It keeps nothing: what does not come soon is asked again at the next connection. */
const CALL_TIMEOUT_MS = 5_000;

/** Starts the customer's page over its own wire, in an element. */
export function mountCustomer(wire: Wire, element: Element): void {
  createRoot(element).render(
    <StrictMode>
      <CustomerPage client={createClient(wire, { timeoutMs: CALL_TIMEOUT_MS })} />
    </StrictMode>,
  );
}
