import { useState } from 'react';
import { Form } from 'react-aria-components';
import { OPERATOR_NAME_LIMIT, tidyName } from '../../../shared/domain/operator.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { EscapeButton } from '../../ui/EscapeButton.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { NewPin } from './NewPin.tsx';
import { operatorFaultText } from './pin-text.ts';

interface SetUpSheetProps {
  /** Whether the new manager is signed in at once. */
  readonly isSigningIn: boolean;
  /** What the new manager's word is good for; null when the person gave up. */
  readonly onDone: (approval: string | null) => void;
}

/** The first manager: a name, then a PIN. It opens when a manager is needed and there is none. */
export function SetUpSheet({ isSigningIn, onDone }: SetUpSheetProps) {
  const { text } = useWords();
  return (
    <Sheet title={text('set-up.title')} onClose={() => onDone(null)}>
      <SetUp isSigningIn={isSigningIn} onDone={onDone} />
      <div className="actions">
        <EscapeButton label={text('action.cancel')} onPress={() => onDone(null)} />
      </div>
    </Sheet>
  );
}

/** The steps of it, for a sheet and for the locked screen alike. */
export function SetUp({ isSigningIn, onDone }: SetUpSheetProps) {
  const { text } = useWords();
  const client = useClient();
  const [name, setName] = useState('');
  const [step, setStep] = useState<'name' | 'pin' | 'sending'>('name');
  const [fault, setFault] = useState<MessageId>();

  async function send(pin: string): Promise<void> {
    setStep('sending');
    const result = await client.call('operators.setUp', { name, pin, isSigningIn });
    if (result.kind === 'failure') {
      setFault('pin.no-answer');
      setStep('pin');
      return;
    }
    const reply = result.output;
    if (reply.kind === 'set-up') onDone(reply.approval);
    // Another window was quicker: there is a manager to ask now.
    else if (reply.kind === 'already-set-up') onDone(null);
    else {
      setFault(operatorFaultText[reply.fault]);
      setStep(reply.fault.startsWith('name') ? 'name' : 'pin');
    }
  }

  if (step !== 'name') {
    return (
      <NewPin
        enterLabel={text('set-up.finish')}
        fault={fault}
        isBusy={step === 'sending'}
        onChosen={(pin) => void send(pin)}
      />
    );
  }
  return (
    <Form
      className="operator-form"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        const isNamed = tidyName(name) !== '';
        setFault(isNamed ? undefined : 'operator.fault.name-empty');
        if (isNamed) setStep('pin');
      }}
    >
      <p>{text('set-up.detail')}</p>
      <TextField
        label={text('operator.name')}
        value={name}
        onChange={(next) => {
          setName(next);
          setFault(undefined);
        }}
        maxLength={OPERATOR_NAME_LIMIT}
        fault={fault === undefined ? undefined : text(fault)}
        isFirst
      />
      <div className="actions">
        <Button kind="main" type="submit">
          <span>{text('action.next')}</span>
          <Key name="enter" />
        </Button>
      </div>
    </Form>
  );
}
