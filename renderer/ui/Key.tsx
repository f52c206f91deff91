import type { MessageId } from '../../shared/i18n/catalogues.ts';
import { useWords } from '../app/context.tsx';

const keyText = {
  'ctrl-l': 'key.ctrl-l',
  enter: 'key.enter',
  escape: 'key.escape',
  f2: 'key.f2',
  f3: 'key.f3',
  f4: 'key.f4',
  f6: 'key.f6',
  f7: 'key.f7',
  f8: 'key.f8',
  'shift-f8': 'key.shift-f8',
  f9: 'key.f9',
  f10: 'key.f10',
} as const satisfies Record<string, MessageId>;

export type KeyName = keyof typeof keyText;

/** The key that does the same as the control it stands on. */
export function Key({ name }: { readonly name: KeyName }) {
  const { text } = useWords();
  return (
    <kbd className="key" aria-hidden="true">
      {text(keyText[name])}
    </kbd>
  );
}
