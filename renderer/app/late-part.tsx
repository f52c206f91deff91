import { use, useEffect, type ComponentType } from 'react';
import { PageFrame } from '../ui/PageFrame.tsx';
import { useTerminal, useTerminalState, useWords } from './context.tsx';

/** A part of the window whose code comes in a file of its own. */
export interface LatePart<Props extends object> {
  /** Suspends until the code is there; once it is, draws at once and never flickers. */
  readonly Part: ComponentType<Props>;
  /** Fetches the code ahead, once however often it is asked for. Never rejects. */
  load(): Promise<void>;
}

/** Makes a part of an import, so that the window's first load does not carry it. */
export function createLatePart<Props extends object>(
  fetchCode: () => Promise<ComponentType<Props>>,
): LatePart<Props> {
  let Code: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;

  function load(): Promise<void> {
    loading ??= fetchCode().then(
      (code) => {
        Code = code;
      },
      () => undefined, // Told by whoever wants to see it: a file fetched ahead may never be needed.
    );
    return loading;
  }

  function Part(props: Props) {
    if (Code === undefined) use(load());
    return Code === undefined ? <NotFetched /> : <Code {...props} />;
  }
  return { Part, load };
}

/**
 * A browser fetches a module once: one that failed stays failed until the window is loaded anew. That is done as soon as
 * the terminal program can be reached, and the sale being keyed stays; until then the checkout is a key away.
 */
function NotFetched() {
  const { text } = useWords();
  const terminal = useTerminal();
  const { isConnected } = useTerminalState();
  useEffect(() => {
    if (!isConnected) return;
    terminal.keepNow();
    location.reload();
  }, [terminal, isConnected]);
  return (
    <PageFrame title={text('waiting.title')}>
      <p>{text('waiting.detail')}</p>
    </PageFrame>
  );
}
