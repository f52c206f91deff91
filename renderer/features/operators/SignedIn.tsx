import { useSnapshot, useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Shape.tsx';

/** Who is signed in, by their first name, in the status bar; nothing where nobody is. */
export function SignedIn() {
  const { text } = useWords();
  const terminal = useTerminal();
  const { mode, signedIn, isLocked } = useSnapshot().operators;
  if (mode === 'off' || signedIn === null) return null;
  const { name } = signedIn;
  return (
    <div className="signed-in" data-locked={isLocked || undefined}>
      <Button
        kind="quiet"
        aria-label={text(isLocked ? 'session.locked' : 'session.signed-in', { name })}
        onPress={() => terminal.open({ name: 'operators' })}
      >
        <Icon name={isLocked ? 'locked' : 'person'} />
        <span className="signed-in-name">{name.split(' ', 1)}</span>
      </Button>
    </div>
  );
}
