import { useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Shape.tsx';
import type { CheckoutState } from './checkout-state.ts';
import type { FieldName } from './entry.ts';

const DIGITS = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '00', '0'] as const;

/** Keys for fingers, acting on the field that waits. */
export function Keypad({ checkout }: { readonly checkout: CheckoutState }) {
  const { text, decimalSign } = useWords();
  const terminal = useTerminal();
  const { active: field, draft } = checkout;
  const type = (change: (before: string) => string): void => {
    const before = isSelected(field) ? '' : fieldText(draft, field);
    terminal.act({ kind: 'typed', field, text: change(before) });
  };
  return (
    <div className="keypad" role="group" aria-label={text('keypad.label')}>
      {DIGITS.map((digits) => (
        <Button key={digits} kind="key" onPress={() => type((before) => before + digits)}>
          {digits}
        </Button>
      ))}
      <Button kind="key" onPress={() => type((before) => before + decimalSign)}>
        {decimalSign}
      </Button>
      <Button
        kind="key"
        aria-label={text('keypad.erase')}
        onPress={() => type((before) => before.slice(0, -1))}
      >
        <Icon name="erase" />
      </Button>
      <Button kind="key" onPress={() => terminal.act({ kind: 'pressed', by: 'enter' })}>
        <span className="keypad-enter">{text('key.enter')}</span>
      </Button>
    </div>
  );
}

function fieldText(draft: CheckoutState['draft'], field: FieldName): string {
  if (field === 'collector') return draft.collectorText;
  if (field === 'amount') return draft.amountText;
  if (field === 'excluded') return draft.excludedText;
  return draft.taxTexts[field] ?? '';
}

/** Whether the whole of a field is selected, so that the next key takes its place as a real key would. */
function isSelected(field: FieldName): boolean {
  const input = document.activeElement;
  if (!(input instanceof HTMLInputElement) || input.dataset['field'] !== field) return false;
  return input.value !== '' && input.selectionStart === 0 && input.selectionEnd === input.value.length;
}
