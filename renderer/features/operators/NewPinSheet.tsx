import { useState } from 'react';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { EscapeButton } from '../../ui/EscapeButton.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useApproval } from './approval.tsx';
import { decisionEnd } from './decision.ts';
import { NewPin } from './NewPin.tsx';
import type { ListedOperator } from './OperatorsPage.tsx';

interface NewPinSheetProps {
  readonly operator: ListedOperator;
  readonly onClose: () => void;
}

/** A new PIN for somebody who forgot theirs or is locked out; the person keys it, a manager stands behind it. */
export function NewPinSheet({ operator, onClose }: NewPinSheetProps) {
  const { text } = useWords();
  const client = useClient();
  const withApproval = useApproval(operator.role === 'it' ? 'it' : 'manager');
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<MessageId>();

  async function send(pin: string): Promise<void> {
    setBusy(true);
    const operatorId = operator.id;
    const end = decisionEnd(
      await withApproval((approval) => client.call('operators.resetPin', { operatorId, pin, approval })),
    );
    setBusy(false);
    if (end.kind === 'fault') setFault(end.fault);
    else onClose();
  }

  return (
    <Sheet title={text('operators.new-pin')} onClose={onClose}>
      <p>{text('operators.choose-pin', { name: operator.name })}</p>
      <NewPin
        enterLabel={text('operators.finish')}
        fault={fault}
        isBusy={isBusy}
        onChosen={(pin) => void send(pin)}
      />
      <div className="actions">
        <EscapeButton label={text('action.cancel')} onPress={onClose} />
      </div>
    </Sheet>
  );
}
