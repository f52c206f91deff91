import { useState } from 'react';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { decisionText } from './said.ts';

interface WhySheetProps {
  readonly decision: 'write-off' | 'cancel';
  readonly onClose: () => void;
  /** Resolves when it is known how it ended. */
  readonly onWhy: (why: string) => Promise<void>;
}

const MIN_LENGTH = 3;

const means: Readonly<Record<WhySheetProps['decision'], MessageId>> = {
  'write-off': 'board.write-off.means',
  cancel: 'board.cancel.means',
};

/** For a terminal without a keyboard, and for what it mostly is. */
const usual: Readonly<Record<WhySheetProps['decision'], readonly MessageId[]>> = {
  'write-off': ['board.why.given-otherwise', 'board.why.collector-unknown', 'board.why.not-a-sale'],
  cancel: ['board.why.twice', 'board.why.wrong-collector', 'board.why.not-a-sale'],
};

/** Asks why something is given up: one of the usual reasons, or words of one's own. */
export function WhySheet({ decision, onClose, onWhy }: WhySheetProps) {
  const { text } = useWords();
  const [why, setWhy] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const isGiven = why.trim().length >= MIN_LENGTH;

  async function send(): Promise<void> {
    setAsked(true);
    if (!isGiven || isBusy) return;
    setBusy(true);
    await onWhy(why.trim());
    setBusy(false);
  }
  return (
    <Sheet title={text(decisionText[decision])} onClose={onClose}>
      <form
        className="board-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p>{text(means[decision])}</p>
        <div className="actions" role="group" aria-label={text('board.why')}>
          {usual[decision].map((id) => (
            <Button key={id} kind="secondary" onPress={() => setWhy(text(id))}>
              {text(id)}
            </Button>
          ))}
        </div>
        <TextField
          label={text('board.why')}
          value={why}
          onChange={setWhy}
          maxLength={300}
          isFirst
          fault={isAsked && !isGiven ? text('board.why.missing') : undefined}
        />
        <SheetActions confirm={text(decisionText[decision])} isBusy={isBusy} onClose={onClose} />
      </form>
    </Sheet>
  );
}

interface SheetActionsProps {
  readonly confirm: string;
  readonly isBusy: boolean;
  readonly onClose: () => void;
}

/** What every sheet of the board ends with. */
export function SheetActions({ confirm, isBusy, onClose }: SheetActionsProps) {
  const { text } = useWords();
  return (
    <div className="actions board-answers">
      <Button kind="quiet" onPress={onClose}>
        <span>{text('action.back')}</span>
        <Key name="escape" />
      </Button>
      <Button kind="main" type="submit" isDisabled={isBusy}>
        <span>{confirm}</span>
        <Key name="enter" />
      </Button>
    </div>
  );
}
