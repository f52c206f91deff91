import { useClient, useSnapshot, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';

/** Who is signed in, and the way in and out. */
export function SessionControls({ onSignIn }: { readonly onSignIn: () => void }) {
  const { text } = useWords();
  const client = useClient();
  const { mode, signedIn, isLocked } = useSnapshot().operators;
  if (mode === 'off') return null;
  if (signedIn === null) {
    return (
      <Button kind="secondary" onPress={onSignIn}>
        {text('session.sign-in')}
      </Button>
    );
  }
  return (
    <>
      <p className="session-name">
        {text(isLocked ? 'session.locked' : 'session.signed-in', { name: signedIn.name })}
      </p>
      {isLocked ? (
        <Button kind="secondary" onPress={onSignIn}>
          {text('session.unlock')}
        </Button>
      ) : (
        <Button kind="secondary" onPress={() => void client.call('operators.lock', {})}>
          <span>{text('session.lock')}</span>
          <Key name="ctrl-l" />
        </Button>
      )}
      <Button kind="secondary" onPress={() => void client.call('operators.signOut', {})}>
        {text('session.sign-out')}
      </Button>
    </>
  );
}
