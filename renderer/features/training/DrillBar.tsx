import { useEffect, useState } from 'react';
import type { PageName } from '../../app/page.ts';
import { useClient, useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { drillText } from './drill-text.ts';
import { useDrill } from './use-drill.ts';

/** A drill under way, over every page: what to do, how long, and the way out of it; then the way to its report. */
export function DrillBar({ page }: { readonly page: PageName }) {
  const { text } = useWords();
  const client = useClient();
  const terminal = useTerminal();
  const state = useDrill();
  if (state?.kind === 'ended' && page !== 'training') {
    return (
      <aside className="drill-bar" role="status">
        <p className="drill-words">
          <strong>{text(drillText[state.drill].title)}</strong>
          <span>{text('training.ended')}</span>
        </p>
        <Button kind="quiet" onPress={() => terminal.open({ name: 'training' })}>
          {text('training.report')}
        </Button>
      </aside>
    );
  }
  if (state?.kind !== 'running') return null;
  return (
    <aside className="drill-bar" aria-label={text('training.title')}>
      <p className="drill-words">
        <strong>{text(drillText[state.drill].title)}</strong>
        <span>{text(state.isClearing ? 'training.clearing' : drillText[state.drill].detail)}</span>
      </p>
      <p className="drill-count">
        {state.awayUntilMs === undefined || state.isClearing ? null : <Left untilMs={state.awayUntilMs} />}
        <span>{text('training.sales', { count: state.saleCount })}</span>
      </p>
      <Button kind="quiet" onPress={() => void client.call('training.stop', {})}>
        {text('training.stop')}
      </Button>
    </aside>
  );
}

function Left({ untilMs }: { readonly untilMs: number }) {
  const { text } = useWords();
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return <span className="drill-time">{text('training.away', { time })}</span>;
}
