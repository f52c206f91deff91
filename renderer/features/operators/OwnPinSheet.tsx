import { useState } from 'react';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useClient, useSnapshot, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useFirstFocus } from '../../ui/use-first-focus.ts';
import { NewPin } from './NewPin.tsx';
import { PinPanel } from './PinPanel.tsx';
import { operatorFaultText } from './pin-text.ts';

type Step =
  | { readonly kind: 'prove'; readonly isAgain: boolean }
  | {
      readonly kind: 'choose';
      readonly operatorId: string;
      readonly proof: string;
      readonly fault?: MessageId;
    }
  | { readonly kind: 'done' };

interface OwnPinSheetProps {
  /** Whose, to begin with. */
  readonly first: string | undefined;
  readonly onClose: () => void;
}

/** Another PIN of one's own: the present one, then the new one twice. Nobody else has to say yes. */
export function OwnPinSheet({ first, onClose }: OwnPinSheetProps) {
  const { text } = useWords();
  const client = useClient();
  const { operators } = useSnapshot().operators;
  const [step, setStep] = useState<Step>({ kind: 'prove', isAgain: false });
  const [isBusy, setBusy] = useState(false);

  async function change(pin: string): Promise<void> {
    if (step.kind !== 'choose') return;
    const { operatorId, proof } = step;
    setBusy(true);
    const result = await client.call('operators.changePin', { operatorId, pin, proof });
    setBusy(false);
    // Whether it was changed is not known: the present PIN, keyed again, tells.
    if (result.kind === 'failure' || result.output.kind === 'proof-needed')
      setStep({ kind: 'prove', isAgain: true });
    else if (result.output.kind === 'done') setStep({ kind: 'done' });
    else setStep({ ...step, fault: operatorFaultText[result.output.fault] });
  }

  return (
    <Sheet title={text('own-pin.title')} onClose={onClose}>
      {step.kind === 'prove' ? (
        <PinPanel
          operators={operators}
          first={first}
          enterLabel={text('action.next')}
          remark={text(step.isAgain ? 'own-pin.again' : 'own-pin.present')}
          onTry={async (operatorId, pin) => {
            const result = await client.call('operators.provePin', { operatorId, pin });
            if (result.kind === 'failure') return { kind: 'no-answer' };
            if (result.output.kind !== 'proven') return result.output;
            setStep({ kind: 'choose', operatorId, proof: result.output.proof });
            return null;
          }}
        />
      ) : step.kind === 'choose' ? (
        <NewPin
          enterLabel={text('operators.finish')}
          fault={step.fault}
          isBusy={isBusy}
          onChosen={(pin) => void change(pin)}
        />
      ) : step.kind === 'done' ? (
        <Done onClose={onClose} />
      ) : (
        assertNever(step)
      )}
      {step.kind === 'done' ? null : (
        <div className="actions">
          <Button kind="quiet" onPress={onClose}>
            <span>{text('action.cancel')}</span>
            <Key name="escape" />
          </Button>
        </div>
      )}
    </Sheet>
  );
}

function Done({ onClose }: { readonly onClose: () => void }) {
  const { text } = useWords();
  const part = useFirstFocus<HTMLDivElement>('.button-main');
  return (
    <div ref={part} className="own-pin-done">
      <p role="status">{text('own-pin.done')}</p>
      <div className="actions">
        <Button kind="main" onPress={onClose}>
          <span>{text('action.close')}</span>
          <Key name="enter" />
        </Button>
      </div>
    </div>
  );
}
