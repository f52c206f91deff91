import type { ReactNode } from 'react';
import { useTerminal, useWords } from '../app/context.tsx';
import { checkoutPage } from '../app/page.ts';
import { Button } from './Button.tsx';
import { Key } from './Key.tsx';
import { useFirstFocus } from './use-first-focus.ts';
import { useKeyDown } from './use-key-down.ts';

interface PageFrameProps {
  readonly title: string;
  /** What belongs beside the title: counts, a search, an action. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** A key of the page's own; true when it was one. Not asked while a field has it or a sheet is open. */
  readonly onKey?: (key: string) => boolean;
  /** Where Escape leads; the checkout unless said otherwise. */
  readonly onBack?: () => void;
}

/** A page that is not the checkout: its title, the way back, its content. */
export function PageFrame({ title, aside, children, onKey, onBack }: PageFrameProps) {
  const { text } = useWords();
  const terminal = useTerminal();
  const back = onBack ?? (() => terminal.open(checkoutPage));
  const body = useFirstFocus<HTMLDivElement>('input, button');
  useKeyDown((event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.defaultPrevented || document.querySelector('.sheet') !== null) return;
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (event.key === 'Escape') back();
    else if ((isTyping && event.key.length === 1) || onKey?.(event.key) !== true) return;
    event.preventDefault();
  }, 'last');
  return (
    <main className="page" aria-label={title}>
      <header className="page-head">
        <Button kind="quiet" onPress={back}>
          <span>{text('action.back')}</span>
          <Key name="escape" />
        </Button>
        <h1 className="page-title">{title}</h1>
        <div className="page-aside">{aside}</div>
      </header>
      <div ref={body} className="page-body">
        {children}
      </div>
    </main>
  );
}
