import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { useTerminal, useWords } from '../../app/context.tsx';
import { LINE_ID } from './LineView.tsx';
import { shownFault } from './line.ts';
import { useField, type FieldProps } from './use-field.ts';

/** The eligible amount: as typed while it has the focus, as money once it is left. */
export function AmountField({ checkout, entry, isLocked }: FieldProps) {
  const { text, amount, moneySign } = useWords();
  const terminal = useTerminal();
  const { ref, onFocus, onBlur } = useField('amount', checkout);
  const [isFocused, setFocused] = useState(false);
  const isShownAsMoney = !isFocused && entry.amount.kind === 'valid';
  const shown =
    isShownAsMoney && entry.amount.kind === 'valid'
      ? amount(entry.amount.amountCents)
      : checkout.draft.amountText;
  return (
    <TextField
      className="field field-amount"
      value={shown}
      onChange={(typed) => terminal.act({ kind: 'typed', field: 'amount', text: typed })}
      isReadOnly={isLocked}
      isInvalid={shownFault(checkout, entry)?.field === 'amount'}
      onFocus={() => {
        setFocused(true);
        onFocus();
      }}
      onBlur={() => {
        setFocused(false);
        onBlur();
      }}
    >
      <Label className="label">{text('amount.label')}</Label>
      <div className="box" data-sign={moneySign.isFirst ? 'first' : 'last'}>
        <span className="money-sign" aria-hidden="true">
          {moneySign.text}
        </span>
        <Input
          ref={ref}
          className="input input-large input-number"
          data-field="amount"
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
