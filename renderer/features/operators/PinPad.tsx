import { useLayoutEffect, useRef } from 'react';
import { PIN_MAX_DIGITS, PIN_MIN_DIGITS } from '../../../shared/domain/operator.ts';
import { useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { Icon } from '../../ui/Shape.tsx';

interface PinPadProps {
  readonly pin: string;
  readonly onChange: (pin: string) => void;
  readonly onEnter: () => void;
  readonly enterLabel: string;
  /** While a PIN is being checked, or nobody may try. */
  readonly isDisabled: boolean;
}

const DIGITS = ['7', '8', '9', '4', '5', '6', '1', '2', '3'] as const;

/**
 * A PIN by touch or by keys, wherever the focus is: digits go to it, Enter confirms. It is drawn as dots, and the digits
 * themselves stand nowhere in the page.
 */
export function PinPad({ pin, onChange, onEnter, enterLabel, isDisabled }: PinPadProps) {
  const { text } = useWords();
  const add = (digit: string): void => {
    if (!isDisabled && pin.length < PIN_MAX_DIGITS) onChange(pin + digit);
  };
  const erase = (): void => {
    if (!isDisabled) onChange(pin.slice(0, -1));
  };
  const enter = (): void => {
    if (!isDisabled && pin !== '') onEnter();
  };
  const pad = useRef<HTMLDivElement>(null);
  const latest = useRef({ add, erase, enter });
  useLayoutEffect(() => {
    latest.current = { add, erase, enter };
  });
  useLayoutEffect(() => {
    if (isDisabled) return undefined;
    // No button has the focus by accident: Enter would press it in the place of confirming.
    if (!(document.activeElement instanceof HTMLInputElement)) pad.current?.focus();
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      // A sheet may stand over this one.
      if ([...document.querySelectorAll('.sheet')].at(-1)?.contains(pad.current) !== true) return;
      const isOnButton = event.target instanceof Element && event.target.closest('button') !== null;
      if (/^\d$/.test(event.key)) latest.current.add(event.key);
      else if (event.key === 'Backspace') latest.current.erase();
      else if (event.key === 'Enter' && !isOnButton && !event.repeat) latest.current.enter();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    // Before anything else hears it: what is keyed here is for nobody else.
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [isDisabled]);
  // The field before the pad is gone, and its focus must not fall on a key of the pad, where Enter would press that.
  useLayoutEffect(() => pad.current?.focus(), []);
  const dots = Math.max(PIN_MIN_DIGITS, pin.length);
  return (
    <div ref={pad} tabIndex={-1} className="pin" data-disabled={isDisabled || undefined}>
      <p className="pin-dots" role="status" aria-label={text('pin.keyed', { count: pin.length })}>
        {Array.from({ length: dots }, (_, index) => (
          <span key={index} className="pin-dot" data-filled={index < pin.length || undefined} />
        ))}
      </p>
      <div className="pin-keys" role="group" aria-label={text('keypad.label')}>
        {DIGITS.map((digit) => (
          <Button key={digit} kind="key" isDisabled={isDisabled} onPress={() => add(digit)}>
            {digit}
          </Button>
        ))}
        <Button kind="key" isDisabled={isDisabled} aria-label={text('keypad.erase')} onPress={erase}>
          <Icon name="erase" />
        </Button>
        <Button kind="key" isDisabled={isDisabled} onPress={() => add('0')}>
          {'0'}
        </Button>
      </div>
      <Button kind="main" isDisabled={isDisabled || pin.length < PIN_MIN_DIGITS} onPress={enter}>
        <span>{enterLabel}</span>
        <Key name="enter" />
      </Button>
    </div>
  );
}
