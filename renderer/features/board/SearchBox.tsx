import type { RefObject } from 'react';
import { Input, TextField } from 'react-aria-components';
import { useWords } from '../../app/context.tsx';
import { Key } from '../../ui/Key.tsx';

interface SearchBoxProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** Finds by what people have in hand: a reference from a receipt, or the last digits of a card. */
export function SearchBox({ text: typed, onChange, inputRef }: SearchBoxProps) {
  const { text } = useWords();
  return (
    <TextField
      className="board-search"
      aria-label={text('board.search')}
      value={typed}
      onChange={onChange}
      maxLength={64}
    >
      <Input
        ref={inputRef}
        className="field-input"
        placeholder={text('board.search')}
        autoComplete="off"
        spellCheck={false}
      />
      <Key name="f4" />
    </TextField>
  );
}
