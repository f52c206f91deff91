import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { useTerminal, useWords } from '../../app/context.tsx';
import { LINE_ID } from './LineView.tsx';
import { shownFault } from './line.ts';
import { useField, type FieldProps } from './use-field.ts';

/** What of the purchase earns nothing: tobacco, lottery, gift cards. Left empty it is nothing. */
export function ExcludedField({ checkout, entry, isLocked }: FieldProps) {
  const { text, amount } = useWords();
  const terminal = useTerminal();
  const { ref, onFocus, onBlur } = useField('excluded', checkout);
  const [isFocused, setFocused] = useState(false);
  const { excludedText } = checkout.draft;
  const isShownAsMoney = !isFocused && excludedText.trim() !== '' && entry.excluded?.kind === 'valid';
  return (
    <TextField
      className="field field-tax"
      value={
        isShownAsMoney && entry.excluded?.kind === 'valid' ? amount(entry.excluded.amountCents) : excludedText
      }
      onChange={(typed) => terminal.act({ kind: 'typed', field: 'excluded', text: typed })}
      isReadOnly={isLocked}
      isInvalid={shownFault(checkout, entry)?.field === 'excluded'}
      onFocus={() => {
        setFocused(true);
        onFocus();
      }}
      onBlur={() => {
        setFocused(false);
        onBlur();
      }}
    >
      <Label className="label">{text('excluded.label')}</Label>
      <div className="box">
        <Input
          ref={ref}
          className="input input-number"
          data-field="excluded"
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
