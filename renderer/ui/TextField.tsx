import { useLayoutEffect, useRef } from 'react';
import {
  FieldError,
  Input,
  Label,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';

interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'children' | 'style'> {
  readonly label: string;
  /** What is wrong with it, in a sentence. */
  readonly fault?: string | undefined;
  readonly placeholder?: string;
  /** Amounts and numbers: tabular, to the right. */
  readonly isFigure?: boolean;
  /** The field a sheet begins with: it takes the focus, with what stands in it selected. */
  readonly isFirst?: boolean;
}

/** A labelled field with its fault below it. */
export function TextField({
  label,
  fault,
  placeholder,
  isFigure = false,
  isFirst = false,
  ...props
}: TextFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  // Before the next key can be heard: what is typed right behind the key that opened the sheet goes here.
  useLayoutEffect(() => {
    if (!isFirst) return;
    input.current?.focus();
    input.current?.select();
  }, [isFirst]);
  return (
    <AriaTextField {...props} className="form-field" isInvalid={fault !== undefined}>
      <Label className="field-label">{label}</Label>
      <Input
        ref={input}
        className="field-input"
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(isFigure ? { 'data-figure': true, inputMode: 'decimal' as const } : {})}
      />
      <FieldError className="field-fault">{fault}</FieldError>
    </AriaTextField>
  );
}
