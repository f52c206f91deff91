import { useState } from 'react';
import { useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TextField } from '../../ui/TextField.tsx';

interface NoteSheetProps {
  readonly onNote: (why: string) => void;
  readonly onClose: () => void;
}

/** Asks why a difference may stand; what is written goes into the audit chain with who wrote it. */
export function NoteSheet({ onNote, onClose }: NoteSheetProps) {
  const { text } = useWords();
  const [why, setWhy] = useState('');
  const isGood = why.trim() !== '';
  return (
    <Sheet title={text('day.repair.title')} onClose={onClose}>
      <form
        className="day-note"
        onSubmit={(event) => {
          event.preventDefault();
          if (isGood) onNote(why.trim());
        }}
      >
        <TextField label={text('day.repair.why')} value={why} onChange={setWhy} maxLength={300} isFirst />
        <div className="actions">
          <Button kind="main" type="submit" isDisabled={!isGood}>
            {text('day.repair.save')}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {text('action.back')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
