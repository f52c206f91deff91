import { Suspense, useLayoutEffect } from 'react';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { Checkout } from '../features/checkout/Checkout.tsx';
import { play } from '../ui/sound.ts';
import { useKeyDown } from '../ui/use-key-down.ts';
import { useTerminal } from './context.tsx';
import { latePages } from './late-pages.ts';
import { checkoutPage, type Page } from './page.ts';
import type { Loaded } from './terminal-state.ts';

interface CurrentPageProps {
  readonly page: Page;
  readonly openings: number;
  readonly loaded: Loaded;
  readonly isConnected: boolean;
}

/** The page the window is on. A page opened before its code was fetched ahead leaves its place empty for that moment. */
export function CurrentPage(props: CurrentPageProps) {
  return (
    <Suspense fallback={<NotThereYet />}>
      <Opened {...props} />
    </Suspense>
  );
}

/**
 * What is scanned now was meant for the page that comes: it is refused, and not taken for a sale behind it. Escape leads
 * back, however long its code takes.
 */
function NotThereYet() {
  const terminal = useTerminal();
  useLayoutEffect(() => terminal.takeScans(() => play('refused')), [terminal]);
  useKeyDown((event) => {
    // What was left may have the focus for a moment more: nothing is typed or pressed there.
    const isOutOfSight = event.target instanceof Element && !event.target.checkVisibility();
    if (event.key !== 'Escape' && !isOutOfSight) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') terminal.open(checkoutPage);
  }, 'first');
  return null;
}

function Opened({ page, openings, loaded, isConnected }: CurrentPageProps) {
  switch (page.name) {
    case 'checkout':
      return <Checkout loaded={loaded} isConnected={isConnected} />;
    case 'day':
      return <latePages.day.Part />;
    case 'menu':
      return <latePages.menu.Part />;
    case 'devices':
      return <latePages.devices.Part />;
    case 'return':
      return <latePages.return.Part key={openings} reference={page.reference} />;
    case 'keyed-return':
      return <latePages.keyedReturn.Part paper={page.paper} />;
    case 'correction':
      return <latePages.correction.Part />;
    case 'operators':
      return <latePages.operators.Part />;
    case 'training':
      return <latePages.training.Part />;
    case 'receipts':
      return <latePages.receipts.Part key={page.reference} reference={page.reference ?? ''} />;
    case 'settings':
      return <latePages.settings.Part />;
    case 'doctor':
      return <latePages.doctor.Part />;
    case 'figures':
      return <latePages.figures.Part />;
    case 'lockdown':
      return <latePages.lockdown.Part />;
    case 'about':
      return <latePages.about.Part />;
    case 'board': {
      const { filter = 'all' } = page;
      return <latePages.board.Part key={filter} filter={filter} />;
    }
    default:
      return assertNever(page);
  }
}
