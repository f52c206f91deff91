import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useClient, useTerminal, useWords } from '../../app/context.tsx';
import type { Loaded } from '../../app/terminal-state.ts';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { PinPanel } from './PinPanel.tsx';
import { SetUp } from './SetUpSheet.tsx';
import { trySignIn } from './try-sign-in.ts';

/**
 * Over everything while nobody stands at a terminal whose store wants to know who sells. What is under it stays as it is:
 * the sale being keyed, and the queue.
 */
export function LockScreen({ loaded }: { readonly loaded: Loaded }) {
  const { text, language } = useWords();
  const terminal = useTerminal();
  const client = useClient();
  const { operators, status } = loaded.snapshot;
  const { draft } = loaded.checkout;
  const { signedIn, isSetUp } = operators;
  const other = language === 'en-CA' ? 'fr-CA' : 'en-CA';
  const title = isSetUp ? text(signedIn === null ? 'lock.sign-in' : 'lock.locked') : text('set-up.title');
  const isKeyed = draft.collectorText !== '' || draft.amountText !== '';
  return (
    <ModalOverlay className="sheet-overlay lock-overlay" isOpen isKeyboardDismissDisabled>
      <Modal className="sheet">
        <Dialog className="sheet-body">
          <header className="lock-head">
            <Heading slot="title" className="sheet-title">
              {title}
            </Heading>
            <Button kind="quiet" onPress={() => terminal.setLanguage(other)}>
              <span lang={other}>{text('status.language')}</span>
              <Key name="f8" />
            </Button>
          </header>
          {isSetUp ? (
            <PinPanel
              operators={operators.operators}
              first={signedIn?.id}
              enterLabel={text(signedIn === null ? 'session.sign-in' : 'session.unlock')}
              onTry={(operatorId, pin) => trySignIn(client, operatorId, pin)}
            />
          ) : (
            <SetUp isSigningIn onDone={() => undefined} />
          )}
          <p className="quiet lock-kept">
            {isKeyed ? <span>{text('lock.sale-kept')}</span> : null}
            {status.storedCount === 0 ? null : (
              <span>{text('lock.stored', { count: status.storedCount })}</span>
            )}
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
