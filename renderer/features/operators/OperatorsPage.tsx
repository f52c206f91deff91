import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { useClient, useEvent, useSnapshot, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { AddSheet } from './AddSheet.tsx';
import { NewPinSheet } from './NewPinSheet.tsx';
import { OperatorPanel } from './OperatorPanel.tsx';
import { OwnPinSheet } from './OwnPinSheet.tsx';
import { roleText } from './pin-text.ts';
import { SessionControls } from './SessionControls.tsx';
import { SetUpSheet } from './SetUpSheet.tsx';
import { SignInSheet } from './SignInSheet.tsx';

export type ListedOperator = CallOutput<'operators.list'>['operators'][number];

type Open = 'set-up' | 'sign-in' | 'add' | 'new-pin' | 'own-pin' | null;

/** Who works here: signing in and out, and who may do what. */
export function OperatorsPage() {
  const { text } = useWords();
  const { mode, isSetUp, signedIn } = useSnapshot().operators;
  const { operators, readAgain } = useList();
  const [chosenId, setChosenId] = useState<string>();
  const [open, setOpen] = useState<Open>(null);
  const chosen = operators.find(({ id }) => id === chosenId) ?? operators[0];
  const close = (): void => {
    setOpen(null);
    readAgain();
  };
  const addButton = (
    <Button kind="main" onPress={() => setOpen(isSetUp ? 'add' : 'set-up')}>
      {text(isSetUp ? 'operators.add' : 'operators.set-up')}
    </Button>
  );
  const offRemark = mode === 'off' ? <p className="quiet">{text('operators.off')}</p> : null;
  return (
    <PageFrame
      title={text('operators.title')}
      aside={isSetUp ? <SessionControls onSignIn={() => setOpen('sign-in')} /> : null}
    >
      {operators.length === 0 ? (
        <div className="empty">
          <strong>{text('operators.empty.title')}</strong>
          <span>{text('operators.empty.detail')}</span>
          {addButton}
          {offRemark}
        </div>
      ) : (
        <div className="split">
          <div className="operator-list">
            {operators.map((operator) => (
              <Button
                key={operator.id}
                kind="tile"
                aria-pressed={operator.id === chosen?.id}
                onPress={() => setChosenId(operator.id)}
              >
                <span className="operator-name">{operator.name}</span>
                <span className="operator-state">{text(stateText(operator))}</span>
              </Button>
            ))}
            {addButton}
            <Button kind="secondary" onPress={() => setOpen('own-pin')}>
              {text('own-pin.title')}
            </Button>
            {offRemark}
          </div>
          {chosen === undefined ? null : (
            <OperatorPanel
              key={chosen.id}
              operator={chosen}
              onChanged={readAgain}
              onNewPin={() => setOpen('new-pin')}
            />
          )}
        </div>
      )}
      {open === 'set-up' ? <SetUpSheet isSigningIn onDone={close} /> : null}
      {open === 'sign-in' ? <SignInSheet onClose={close} /> : null}
      {open === 'add' ? <AddSheet onClose={close} /> : null}
      {open === 'own-pin' ? <OwnPinSheet first={signedIn?.id ?? chosen?.id} onClose={close} /> : null}
      {open === 'new-pin' && chosen !== undefined ? <NewPinSheet operator={chosen} onClose={close} /> : null}
    </PageFrame>
  );
}

function stateText({ role, isActive, isLockedOut }: ListedOperator) {
  if (!isActive) return 'operators.inactive';
  return isLockedOut ? 'operators.locked-out' : roleText[role];
}

/** Everybody, read again whenever main says that something changed. */
function useList() {
  const client = useClient();
  const [operators, setOperators] = useState<readonly ListedOperator[]>([]);
  const lastRound = useRef(0);
  const readAgain = useCallback(() => {
    const round = (lastRound.current += 1);
    const read = async (): Promise<void> => {
      const result = await client.call('operators.list', {});
      if (round === lastRound.current && result.kind === 'answer') setOperators(result.output.operators);
    };
    void read();
  }, [client]);
  useEvent('operators', readAgain);
  useEffect(readAgain, [readAgain]);
  return { operators, readAgain };
}
