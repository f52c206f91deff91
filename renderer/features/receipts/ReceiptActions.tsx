import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { PrintState } from '../../../shared/contract/receipts.ts';
import type { Language } from '../../../shared/contract/views.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { useKeyDown } from '../../ui/use-key-down.ts';

const stateText = {
  printed: 'receipts.state.printed',
  failed: 'receipts.state.failed',
  'no-printer': 'receipts.state.no-printer',
  unknown: 'receipts.state.unknown',
} as const satisfies Record<PrintState, MessageId>;

/** As many as a person looks back over. */
const SHOWN = 6;

interface ReceiptActionsProps {
  readonly found: Extract<CallOutput<'receipts.show'>, { kind: 'found' }>;
  readonly language: Language;
  readonly onLanguage: () => void;
}

/** What can be done with a receipt, and what became of every print of it. */
export function ReceiptActions({ found, language, onLanguage }: ReceiptActionsProps) {
  const { text, date, time } = useWords();
  const client = useClient();
  const [isPrinting, setPrinting] = useState(false);
  const [word, setWord] = useState('');
  const { reference, prints } = found;
  const isCopy = prints.some(({ state }) => state === 'printed' || state === 'unknown');

  async function print(): Promise<void> {
    if (isPrinting) return;
    setPrinting(true);
    const result = await client.call('receipts.print', { reference, language });
    setPrinting(false);
    setWord(result.kind === 'answer' && result.output.kind === 'done' ? '' : text('receipts.unreachable'));
  }

  async function save(): Promise<void> {
    const result = await client.call('receipts.save', { reference, language });
    if (result.kind !== 'answer') setWord(text('receipts.unreachable'));
    else if (result.output.kind === 'saved') setWord(text('receipts.saved', { file: result.output.file }));
    else setWord(text('receipts.not-saved'));
  }

  // The same key that opens a receipt prints it: twice F7 is the receipt on paper.
  useKeyDown((event) => {
    if (event.key !== 'F7' || event.repeat || document.querySelector('.sheet') !== null) return;
    event.preventDefault();
    void print();
  }, 'last');

  return (
    <>
      <div className="receipts-actions">
        <Button kind="main" isDisabled={isPrinting} onPress={() => void print()}>
          <span>
            {text(isPrinting ? 'receipts.printing' : isCopy ? 'receipts.print-copy' : 'receipts.print')}
          </span>
          <Key name="f7" />
        </Button>
        <Button kind="secondary" onPress={() => void save()}>
          {text('receipts.save')}
        </Button>
        <Button kind="secondary" onPress={onLanguage}>
          {text('receipts.language')}
        </Button>
      </div>
      <p className="receipts-word" role="status">
        {word}
      </p>
      <section className="receipts-prints" aria-live="polite">
        <h2 className="label">{text('receipts.prints')}</h2>
        {prints.length === 0 ? <p>{text('receipts.never-printed')}</p> : null}
        <ol>
          {prints
            .slice(-SHOWN)
            .toReversed()
            .map(({ atMs, state }, index) => (
              <li key={index} data-print={state}>
                <span className="receipts-when">
                  {date(atMs)} {time(atMs)}
                </span>
                <span>{text(stateText[state])}</span>
              </li>
            ))}
        </ol>
      </section>
    </>
  );
}
