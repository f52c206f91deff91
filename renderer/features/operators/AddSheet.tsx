import { useState } from 'react';
import { Form } from 'react-aria-components';
import { OPERATOR_NAME_LIMIT, tidyName, type OperatorRole } from '../../../shared/domain/operator.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { EscapeButton } from '../../ui/EscapeButton.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useApproval } from './approval.tsx';
import { decisionEnd } from './decision.ts';
import { NewPin } from './NewPin.tsx';
import { RoleChoice } from './RoleChoice.tsx';

/** Another operator: name and role, then a PIN that the person chooses, then a manager's word. */
export function AddSheet({ onClose }: { readonly onClose: () => void }) {
  const { text } = useWords();
  const client = useClient();
  const withApproval = useApproval();
  const [name, setName] = useState('');
  const [role, setRole] = useState<OperatorRole>('cashier');
  const [step, setStep] = useState<'who' | 'pin' | 'sending'>('who');
  const [fault, setFault] = useState<MessageId>();

  async function send(pin: string): Promise<void> {
    setStep('sending');
    const end = decisionEnd(
      await withApproval((approval) => client.call('operators.add', { name, role, pin, approval })),
    );
    if (end.kind !== 'fault') {
      onClose();
      return;
    }
    setFault(end.fault);
    setStep(end.isAboutPin ? 'pin' : 'who');
  }

  const cancel = <EscapeButton label={text('action.cancel')} onPress={onClose} />;
  return (
    <Sheet title={text('operators.add')} onClose={onClose}>
      {step === 'who' ? (
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
          <RoleChoice role={role} onChange={setRole} />
          <div className="actions">
            <Button kind="main" type="submit">
              <span>{text('action.next')}</span>
              <Key name="enter" />
            </Button>
            {cancel}
          </div>
        </Form>
      ) : (
        <>
          <p>{text('operators.choose-pin', { name: tidyName(name) })}</p>
          <NewPin
            enterLabel={text('operators.finish')}
            fault={fault}
            isBusy={step === 'sending'}
            onChosen={(pin) => void send(pin)}
          />
          <div className="actions">{cancel}</div>
        </>
      )}
    </Sheet>
  );
}
