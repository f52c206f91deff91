import { useLayoutEffect, useRef, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { OperatorView } from '../../../shared/contract/operators.ts';
import { useWords } from '../../app/context.tsx';
import { PinPad } from './PinPad.tsx';
import { pinProblemText, roleText } from './pin-text.ts';
import { usePinTries, type PinProblem } from './use-pin-tries.ts';

interface PinPanelProps {
  readonly operators: readonly OperatorView[];
  /** Chosen to begin with, where it is one of them. */
  readonly first?: string | undefined;
  readonly enterLabel: string;
  /** Tries a PIN; a problem is said here, null where it was right. */
  readonly onTry: (operatorId: string, pin: string) => Promise<PinProblem | null>;
  /** Said until something is keyed. */
  readonly remark?: string | undefined;
}

/** Who, and their PIN. */
export function PinPanel({ operators, first, enterLabel, onTry, remark }: PinPanelProps) {
  const words = useWords();
  const { text } = words;
  const [chosen, setChosen] = useState(first);
  const [pin, setPin] = useState('');
  const [isChecking, setChecking] = useState(false);
  const tries = usePinTries();
  const group = useRef<HTMLDivElement>(null);
  // Arrows choose who from the start; digits find the pad wherever the focus is.
  useLayoutEffect(() => group.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), []);
  const operator = operators.find(({ id }) => id === chosen) ?? operators[0];

  async function attempt(): Promise<void> {
    if (operator === undefined || isChecking) return;
    setChecking(true);
    const problem = await onTry(operator.id, pin);
    setChecking(false);
    setPin('');
    if (problem !== null) tries.failed(problem);
  }

  return (
    <div className="pin-panel">
      <RadioGroup
        ref={group}
        className="pin-operators"
        value={operator?.id ?? null}
        onChange={(id) => {
          setChosen(id);
          setPin('');
          tries.forget();
        }}
      >
        <Label className="field-label">{text('pin.who')}</Label>
        <div className="pin-operator-list">
          {operators.map(({ id, name, role }) => (
            <Radio key={id} value={id} className="pin-operator">
              <span className="pin-operator-name">{name}</span>
              <span className="pin-operator-role">{text(roleText[role])}</span>
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <div className="pin-side">
        <p className="pin-line" aria-live="polite" data-fault={tries.problem !== null || undefined}>
          {tries.problem === null
            ? (remark ?? text('pin.key-it'))
            : pinProblemText(tries.problem, tries.waitSeconds, words)}
        </p>
        <PinPad
          pin={pin}
          onChange={setPin}
          onEnter={() => void attempt()}
          enterLabel={enterLabel}
          isDisabled={isChecking || tries.isWaiting || operator === undefined}
        />
      </div>
    </div>
  );
}
