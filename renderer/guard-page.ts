import type { Client } from './client.ts';

/**
 * Keeps the window where it is, and has main note once each thing that the page's policy refused. The policy itself comes by
 * header and is the browser's to hold; this only tells of it. In Electron main refuses navigation too.
 */
export function guardPage(client: Client): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    // Nobody waits for it: a page that is refused goes on.
    void client.call('page.refused', {
      reason: 'policy',
      directive: effectiveDirective,
      target: blockedURI.slice(0, 2000),
    });
  });
  window.navigation.addEventListener('navigate', (event) => {
    const { url } = event.destination;
    if (new URL(url).origin === location.origin || !event.cancelable) return;
    event.preventDefault();
    void client.call('page.refused', { reason: 'navigation', target: url.slice(0, 2000) });
  });
}
