import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Shape.tsx';
import type { TaxEntry } from './entry.ts';
import { LINE_ID } from './LineView.tsx';
import { shownFault } from './line.ts';
import { taxText } from './tax-text.ts';
import { useField, type FieldProps } from './use-field.ts';

interface TaxFieldProps extends FieldProps {
  readonly tax: TaxEntry;
}

/** A tax the rate has computed. Typing into it corrects it; the arrow, or emptying it, computes it again. */
export function TaxField({ checkout, entry, isLocked, tax }: TaxFieldProps) {
  const words = useWords();
  const { text, amount, percent } = words;
  const terminal = useTerminal();
  const { ref, onFocus, onBlur } = useField(tax.name, checkout);
  const [isFocused, setFocused] = useState(false);
  const name = text(taxText[tax.name]);
  const typed = checkout.draft.taxTexts[tax.name];
  const computed = tax.computedCents === null ? '' : amount(tax.computedCents);
  const corrected = tax.reading?.kind === 'valid' && !isFocused ? amount(tax.reading.amountCents) : typed;
  return (
    <TextField
      className="field field-tax"
      value={corrected ?? computed}
      onChange={(next) => terminal.act({ kind: 'typed', field: tax.name, text: next })}
      isReadOnly={isLocked}
      isInvalid={shownFault(checkout, entry)?.field === tax.name}
      data-corrected={tax.isCorrected || undefined}
      onFocus={() => {
        setFocused(true);
        ref.current?.select();
        onFocus();
      }}
      onBlur={() => {
        setFocused(false);
        onBlur();
      }}
    >
      <Label className="label">
        {tax.isCorrected
          ? text('tax.corrected', { tax: name })
          : text('tax.label', { tax: name, rate: percent(tax.rate) })}
      </Label>
      <div className="box">
        {tax.isCorrected ? (
          <Button
            kind="quiet"
            aria-label={text('tax.reset', { tax: name })}
            isDisabled={isLocked}
            onPress={() => terminal.act({ kind: 'tax-reset', tax: tax.name })}
          >
            <Icon name="reset" />
          </Button>
        ) : null}
        <Input
          ref={ref}
          className="input input-number"
          data-field={tax.name}
          aria-describedby={LINE_ID}
          inputMode="none"
          autoComplete="off"
          maxLength={32}
          placeholder={computed === '' ? amount(0) : computed}
        />
      </div>
    </TextField>
  );
}
