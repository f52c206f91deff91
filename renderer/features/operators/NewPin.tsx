import { useState } from 'react';
import { PIN_MAX_DIGITS, PIN_MIN_DIGITS, pinFaultOf } from '../../../shared/domain/operator.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useWords } from '../../app/context.tsx';
import { PinPad } from './PinPad.tsx';
import { operatorFaultText } from './pin-text.ts';

interface NewPinProps {
  readonly enterLabel: string;
  /** Main's own refusal of what was chosen last, or another reason to choose again. */
  readonly fault?: MessageId | undefined;
  readonly isBusy: boolean;
  readonly onChosen: (pin: string) => void;
}

/** A new PIN, keyed twice. */
export function NewPin({ enterLabel, fault, isBusy, onChosen }: NewPinProps) {
  const { text } = useWords();
  const [first, setFirst] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<MessageId | null>(null);
  const shown = problem ?? (first === null && pin === '' ? fault : undefined);

  function enter(): void {
    setPin('');
    if (first === null) {
      const pinFault = pinFaultOf(pin);
      if (pinFault === undefined) setFirst(pin);
      setProblem(pinFault === undefined ? null : operatorFaultText[pinFault]);
      return;
    }
    setFirst(null);
    setProblem(pin === first ? null : 'pin.fault.not-same');
    if (pin === first) onChosen(pin);
  }

  const values = { least: PIN_MIN_DIGITS, most: PIN_MAX_DIGITS };
  return (
    <div className="pin-side">
      <p className="pin-line" aria-live="polite" data-fault={shown !== undefined || undefined}>
        {text(shown ?? (first === null ? 'pin.choose' : 'pin.again'), values)}
      </p>
      <PinPad
        pin={pin}
        onChange={(next) => {
          setPin(next);
          setProblem(null);
        }}
        onEnter={enter}
        enterLabel={first === null ? text('action.next') : enterLabel}
        isDisabled={isBusy}
      />
    </div>
  );
}
