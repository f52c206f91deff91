import { useClient, useSnapshot, useWords } from '../../app/context.tsx';
import { EscapeButton } from '../../ui/EscapeButton.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { PinPanel } from './PinPanel.tsx';
import { trySignIn } from './try-sign-in.ts';

/** Signs somebody in, or unlocks. */
export function SignInSheet({ onClose }: { readonly onClose: () => void }) {
  const { text } = useWords();
  const client = useClient();
  const { operators, signedIn } = useSnapshot().operators;
  return (
    <Sheet title={text('session.sign-in')} onClose={onClose}>
      <PinPanel
        operators={operators}
        first={signedIn?.id}
        enterLabel={text('session.sign-in')}
        onTry={async (operatorId, pin) => {
          const problem = await trySignIn(client, operatorId, pin);
          if (problem === null) onClose();
          return problem;
        }}
      />
      <div className="actions">
        <EscapeButton label={text('action.cancel')} onPress={onClose} />
      </div>
    </Sheet>
  );
}
