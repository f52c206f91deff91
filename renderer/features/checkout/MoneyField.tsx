import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import type { AmountReading } from '../../../shared/domain/money.ts';
import { useTerminal, useWords } from '../../app/context.tsx';
import { LINE_ID } from './LineView.tsx';
import { shownFault } from './line.ts';
import { useField, type FieldProps } from './use-field.ts';

interface MoneyFieldProps extends FieldProps {
  readonly field: 'amount' | 'excluded';
  readonly label: string;
  /** As it was typed. */
  readonly text: string;
  readonly reading: AmountReading;
}

/** An amount of the purchase: as typed while it has the focus, as money once it is left. The first of them is the large one. */
export function MoneyField({ checkout, entry, isLocked, field, label, text, reading }: MoneyFieldProps) {
  const { amount, decimalSign, moneySign } = useWords();
  const terminal = useTerminal();
  const { ref, onFocus, onBlur } = useField(field, checkout);
  const [isFocused, setFocused] = useState(false);
  const isShownAsMoney = !isFocused && text.trim() !== '' && reading.kind === 'valid';
  const isLarge = field === 'amount';
  return (
    <TextField
      className={isLarge ? 'field field-amount' : 'field field-tax'}
      value={
        isShownAsMoney && reading.kind === 'valid' ? amount(reading.amountCents) : typed(text, decimalSign)
      }
      onChange={(next) => terminal.act({ kind: 'typed', field, text: next })}
      isReadOnly={isLocked}
      isInvalid={shownFault(checkout, entry)?.field === field}
      onFocus={() => {
        setFocused(true);
        onFocus();
      }}
      onBlur={() => {
        setFocused(false);
        onBlur();
      }}
    >
      <Label className="label">{label}</Label>
      <div className="box" data-sign={isLarge ? (moneySign.isFirst ? 'first' : 'last') : undefined}>
        {isLarge ? (
          <span className="money-sign" aria-hidden="true">
            {moneySign.text}
          </span>
        ) : null}
        <Input
          ref={ref}
          className={isLarge ? 'input input-large input-number' : 'input input-number'}
          data-field={field}
          aria-describedby={LINE_ID}
          inputMode="none"
          autoComplete="off"
          maxLength={32}
          placeholder={amount(0)}
        />
      </div>
    </TextField>
  );
}

/** What was typed, the one point of a numeric keypad standing as the language's decimal sign. */
function typed(text: string, decimalSign: string): string {
  return /^[^.,]*\.[^.,]*$/u.test(text) ? text.replace('.', decimalSign) : text;
}
