import type { Snapshot } from '../../shared/contract/views.ts';
import { SignedIn } from '../features/operators/SignedIn.tsx';
import { Button } from '../ui/Button.tsx';
import { Key } from '../ui/Key.tsx';
import { OutcomeShape } from '../ui/Shape.tsx';
import { useTerminal, useWords } from './context.tsx';
import { environmentText, scannerHealth, troubleText, type Health } from './status-text.ts';
import { useMinute } from './use-now.ts';

interface StatusBarProps {
  readonly snapshot: Snapshot;
  /** While the terminal program is away, nothing it said last is still known. */
  readonly isConnected: boolean;
}

/** One line over everything: where this is, and how its two lines to the outside are. */
export function StatusBar({ snapshot, isConnected }: StatusBarProps) {
  const { text, time, language } = useWords();
  const terminal = useTerminal();
  const nowMs = useMinute();
  const { status, store, environment, programme } = snapshot;
  const badge = environmentText[environment];
  const scanner = scannerHealth(status.scanner);
  const other = language === 'en-CA' ? 'fr-CA' : 'en-CA';
  return (
    <header className="status-bar" aria-label={text('status.label')}>
      <p className="status-place">
        <strong>{text('app.name')}</strong>
        <span>{text('status.store', { store: store.number })}</span>
        <span>{text('status.lane', { lane: store.lane })}</span>
        {badge === null ? null : <span className="environment-badge">{text(badge)}</span>}
      </p>
      <ul className="status-lights" data-stale={!isConnected || undefined}>
        <Light
          health={scanner.health}
          words={text('status.scanner')}
          trouble={scanner.id && text(scanner.id)}
        />
        <Connection snapshot={snapshot} name={programme.name} />
        {status.needsManagerCount === 0 ? null : (
          <li className="light-manager" data-outcome="needs-manager">
            <Button kind="quiet" onPress={() => terminal.open({ name: 'board', filter: 'needs-manager' })}>
              <OutcomeShape outcome="needs-manager" />
              <span className="light-figure" aria-hidden="true">
                {status.needsManagerCount}
              </span>
              <span className="light-manager-words">
                {text('status.needs-manager', { count: status.needsManagerCount })}
              </span>
            </Button>
          </li>
        )}
      </ul>
      <SignedIn />
      <Button kind="quiet" onPress={() => terminal.open({ name: 'menu' })}>
        <span>{text('menu.open')}</span>
        <Key name="f10" />
      </Button>
      <Button kind="quiet" onPress={() => terminal.setLanguage(other)}>
        <span lang={other}>{text('status.language')}</span>
        <Key name="f8" />
      </Button>
      <time className="clock">{time(nowMs)}</time>
    </header>
  );
}

function Connection({ snapshot, name }: { readonly snapshot: Snapshot; readonly name: string }) {
  const { text } = useWords();
  const { connection, storedCount } = snapshot.status;
  if (connection.kind !== 'trouble') {
    return <Light health={connection.kind === 'reachable' ? 'well' : 'idle'} words={name} />;
  }
  const count = text(connection.isHeld ? 'status.held' : 'status.stored', { count: storedCount });
  const trouble = text(troubleText[connection.reason]);
  return (
    <Light health="trouble" words={name} trouble={trouble} count={storedCount === 0 ? undefined : count} />
  );
}

interface LightProps {
  readonly health: Health;
  readonly words: string;
  /** In trouble, a second line says which. */
  readonly trouble?: string | undefined;
  readonly count?: string | undefined;
}

function Light({ health, words, trouble, count }: LightProps) {
  return (
    <li className="light" data-health={health}>
      <span className="light-dot" aria-hidden="true" />
      <span className="light-words">
        <span className="light-name">{words}</span>
        {count === undefined ? null : <span className="light-count">{count}</span>}
        {trouble === undefined ? null : <span className="light-trouble">{trouble}</span>}
      </span>
    </li>
  );
}
