import { useLayoutEffect, useRef } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import type { EntryMode } from '../../../shared/domain/collector-number.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useTerminal, useWords } from '../../app/context.tsx';
import { Mark } from '../../ui/Shape.tsx';
import { caretAfterDigits, digitsBefore, groupCollector } from './collector-text.ts';
import { LINE_ID } from './LineView.tsx';
import { shownFault } from './line.ts';
import { useField, type FieldProps } from './use-field.ts';

/** The Collector Number, grouped as on the card while it is typed. */
export function CollectorField({ checkout, entry, isLocked }: FieldProps) {
  const { text } = useWords();
  const terminal = useTerminal();
  const { ref, ...binding } = useField('collector', checkout);
  const digitsBeforeCaret = useRef<number | null>(null);
  const shown = groupCollector(checkout.draft.collectorText);
  const isWrong = shownFault(checkout, entry)?.field === 'collector';
  useLayoutEffect(() => {
    const input = ref.current;
    if (input === null || digitsBeforeCaret.current === null) return;
    const caret = caretAfterDigits(shown, digitsBeforeCaret.current);
    digitsBeforeCaret.current = null;
    if (document.activeElement === input) input.setSelectionRange(caret, caret);
  });
  const onChange = (typed: string): void => {
    // Grouping moves characters about: what must stay is how many digits stand before the caret.
    const caret = ref.current?.selectionStart ?? typed.length;
    digitsBeforeCaret.current = /^[\d\s\u00a0\u202f-]*$/.test(typed) ? digitsBefore(typed, caret) : null;
    terminal.act({ kind: 'typed', field: 'collector', text: typed });
  };
  return (
    <TextField
      className="field field-collector"
      value={shown}
      onChange={onChange}
      isReadOnly={isLocked}
      isInvalid={isWrong}
      {...binding}
    >
      <Label className="label">{text('collector.label')}</Label>
      <div className="box">
        <Input
          ref={ref}
          className="input input-large"
          data-field="collector"
          aria-describedby={LINE_ID}
          inputMode="none"
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
        />
        <CollectorState checkout={checkout} entry={entry} isWrong={isWrong} />
      </div>
    </TextField>
  );
}

const modeText: Readonly<Record<EntryMode, MessageId>> = {
  keyed: 'collector.valid',
  scanned: 'collector.scanned',
  wedge: 'collector.scanned',
  swiped: 'collector.swiped',
};

interface CollectorStateProps extends Pick<FieldProps, 'checkout' | 'entry'> {
  readonly isWrong: boolean;
}

function CollectorState({ checkout, entry, isWrong }: CollectorStateProps) {
  const { text } = useWords();
  const reading = entry.collector;
  if (isWrong) {
    return (
      <p className="field-state" data-state="wrong">
        <Mark kind="wrong" />
        {text('collector.fault')}
      </p>
    );
  }
  if (reading.kind === 'valid') {
    return (
      <p className="field-state" data-state="right">
        <Mark kind="right" />
        {text(modeText[checkout.draft.entryMode])}
      </p>
    );
  }
  if (reading.kind === 'fault' && reading.fault.kind === 'too-short') {
    return <p className="field-state">{text('collector.to-go', { count: reading.fault.missing })}</p>;
  }
  return null;
}
