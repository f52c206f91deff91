import type { Language } from '../../shared/contract/views.ts';
import type { Client } from '../client.ts';
import type { CheckoutAction } from '../features/checkout/checkout-actions.ts';
import type { IssueInput } from '../features/checkout/checkout-state.ts';
import { isInFlight } from '../features/checkout/checkout-state.ts';
import { createPreviewer } from './previewer.ts';
import { createScanRouter, type Scan, type ScanRouter } from './scan-router.ts';
import { checkoutPage, type Page } from './page.ts';
import { reduceTerminal, startState, type TerminalAction, type TerminalState } from './terminal-state.ts';

export interface TerminalDependencies {
  readonly client: Client;
  /** A new UUID, for a sale that starts while main has not named one yet. */
  readonly makeKey: () => string;
  /** Whether a dialog is open over the page. */
  readonly hasSheet: () => boolean;
  /** Says for the ears that a scan was not taken. */
  readonly refuseAudibly: () => void;
}

/** The screen's state and everything it sends. React only draws it. */
export interface Terminal {
  getState(): TerminalState;
  subscribe(listener: () => void): () => void;
  act(action: CheckoutAction): void;
  clearSale(): void;
  setLanguage(language: Language): void;
  /** Shows another page; the sale being keyed stays as it is. */
  open(page: Page): void;
  /** Something was scanned here, by a scanner that acts as a keyboard. */
  scanned(scan: Scan): void;
  /** Gives every scan to a page instead of the checkout, until the returned function is called. */
  takeScans: ScanRouter['take'];
  dismissNotice(id: string): void;
  /** Sends everything stored now, and tries a closed way again. */
  sendNow(): void;
  /** Keeps the draft in main now, without waiting for a pause in the typing. */
  keepNow(): void;
  stop(): void;
}

const KEEP_AFTER_MS = 150;
const RETRY_AFTER_MS = 1_000;

/** Starts following main: asks for a snapshot at each connection and hears every event. */
export function createTerminal(dependencies: TerminalDependencies): Terminal {
  const { client, makeKey, hasSheet, refuseAudibly } = dependencies;
  let state = startState;
  let isStopped = false;
  let snapshotRound = 0;
  let keepTimer: ReturnType<typeof setTimeout> | undefined;
  const retryTimers = new Set<ReturnType<typeof setTimeout>>();
  const listeners = new Set<() => void>();

  function dispatch(action: TerminalAction): void {
    if (isStopped) return;
    const before = state;
    state = reduceTerminal(before, action);
    if (state === before) return;
    for (const listener of listeners) listener();
    follow(before, state);
  }

  const scans = createScanRouter({
    isHeldBack: () => hasSheet() || state.loaded?.checkout.issue.kind === 'asking',
    refuse: refuseAudibly,
    toCheckout(scan) {
      // A receipt is scanned for a return, wherever that is done.
      if (scan.kind === 'receipt')
        return dispatch({ kind: 'page', page: { name: 'return', reference: scan.reference } });
      act({ kind: 'scanned', scan });
      // A card scanned on the menu begins a sale.
      if (scan.kind === 'collector' && state.page.name !== 'checkout')
        dispatch({ kind: 'page', page: checkoutPage });
    },
  });

  const previewer = createPreviewer({ client, getState: () => state, act });

  /** Sends what a change calls for. The change is what decides, so a second press that changes nothing sends nothing. */
  function follow(before: TerminalState, after: TerminalState): void {
    const issue = after.loaded?.checkout.issue;
    if (issue !== undefined && issue !== before.loaded?.checkout.issue) {
      if (issue.kind === 'sending') letRun(sendIssue(issue.input));
      if (issue.kind === 'interrupted') later(resend);
    }
    const draft = after.loaded?.checkout.draft;
    if (
      draft !== undefined &&
      draft !== before.loaded?.checkout.draft &&
      draft !== after.loaded?.snapshot.draft
    ) {
      clearTimeout(keepTimer);
      keepTimer = setTimeout(keepNow, KEEP_AFTER_MS);
    }
    if (draft !== before.loaded?.checkout.draft || issue !== before.loaded?.checkout.issue)
      previewer.changed();
  }

  async function sendIssue(input: IssueInput): Promise<void> {
    if (keepTimer !== undefined) keepNow();
    const result = await client.call('checkout.issue', input);
    act({ kind: 'answered', saleKey: input.saleKey, result });
  }

  function resend(): void {
    if (state.isConnected) act({ kind: 'resent' });
  }

  async function loadSnapshot(): Promise<void> {
    const round = (snapshotRound += 1);
    const result = await client.call('terminal.snapshot', {});
    if (round !== snapshotRound || !state.isConnected || isStopped) return;
    if (result.kind === 'failure') {
      later(() => letRun(loadSnapshot()));
      return;
    }
    dispatch({ kind: 'snapshot', snapshot: result.output });
    // Main may have started anew: what is keyed here is kept there again, and what was cut off is sent again.
    keepNow();
    resend();
  }

  function keepNow(): void {
    clearTimeout(keepTimer);
    keepTimer = undefined;
    const draft = state.loaded?.checkout.draft;
    if (draft === undefined || !state.isConnected) return;
    letRun(client.call('checkout.keep', { draft }));
  }

  function act(action: CheckoutAction): void {
    dispatch({ kind: 'checkout', action });
  }

  async function clear(): Promise<void> {
    const checkout = state.loaded?.checkout;
    if (checkout === undefined || isInFlight(checkout.issue)) return;
    // A key of our own at once: the old one may have been pressed, and must never carry another sale.
    const saleKey = makeKey();
    act({
      kind: 'cleared',
      draft: {
        saleKey,
        collectorText: '',
        entryMode: 'keyed',
        amountText: '',
        excludedText: '',
        taxTexts: {},
      },
    });
    const result = await client.call('checkout.clear', {});
    if (result.kind === 'answer') act({ kind: 'rekeyed', from: saleKey, to: result.output.draft.saleKey });
  }

  function later(task: () => void): void {
    const timer = setTimeout(() => {
      retryTimers.delete(timer);
      if (!isStopped) task();
    }, RETRY_AFTER_MS);
    retryTimers.add(timer);
  }

  const stops = [
    client.on('sale', (sale) => dispatch({ kind: 'sale', sale })),
    client.on('status', (status) => dispatch({ kind: 'status', status })),
    client.on('scan', (scan) => {
      scans.route(scan);
      // Main put a Collector into the sale it keeps; here it may have gone elsewhere, or nowhere.
      keepNow();
    }),
    client.on('operators', (operators) => dispatch({ kind: 'operators', operators })),
    client.onConnection((isConnected) => {
      dispatch({ kind: 'connection', isConnected });
      if (isConnected) letRun(loadSnapshot());
    }),
  ];

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    act(action) {
      const isPress = action.kind === 'pressed' || action.kind === 'second-sale-confirmed';
      if (isPress && !state.isConnected) return;
      act(action);
    },
    clearSale: () => letRun(clear()),
    open: (page) => dispatch({ kind: 'page', page }),
    scanned: (scan) => scans.route(scan),
    takeScans: (listener) => scans.take(listener),
    setLanguage(language) {
      dispatch({ kind: 'language', language });
      letRun(client.call('preferences.setLanguage', { language }));
    },
    dismissNotice(id) {
      dispatch({ kind: 'notice-dismissed', id });
      letRun(client.call('terminal.dismissNotice', { id }));
    },
    sendNow: () => letRun(client.call('forwarding.sendNow', {})),
    keepNow,
    stop() {
      isStopped = true;
      clearTimeout(keepTimer);
      previewer.stop();
      for (const timer of retryTimers) clearTimeout(timer);
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}

/** A call that nothing waits for, on purpose: the client never rejects, and its answer changes the state by itself. */
function letRun(call: Promise<unknown>): void {
  void call;
}
