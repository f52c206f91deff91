import { useCallback, useEffect, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { useClient, useTerminal, useWords } from '../../app/context.tsx';
import type { ReadCard } from '../../app/page.ts';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useFirstFocus } from '../../ui/use-first-focus.ts';
import { troubleText } from '../board/said.ts';

interface ElsewherePanelProps {
  /** As the paper has it: this terminal does not hold the sale. */
  readonly reference: string;
  /** `YYYY-MM-DD`, where it was keyed. */
  readonly transactionDay: string | undefined;
  /** The card that was scanned beside the paper, where one was. */
  readonly card: ReadCard | undefined;
}

type Answer = CallOutput<'returns.askElsewhere'> | { readonly kind: 'not-answered' };

/** A receipt of another terminal: its state comes from AIR MILES, and its return is keyed, marked as such. */
export function ElsewherePanel({ reference, transactionDay, card }: ElsewherePanelProps) {
  const words = useWords();
  const { text } = words;
  const client = useClient();
  const terminal = useTerminal();
  const form = useFirstFocus<HTMLFormElement>('input');
  const [collectorText, setCollectorText] = useState(card?.collectorNumber ?? '');
  // A card that was scanned is asked about at once.
  const [isBusy, setBusy] = useState(card !== undefined);
  const [answer, setAnswer] = useState<Answer>();

  const answerFor = useCallback(
    async (wanted: string): Promise<Answer> => {
      const day = transactionDay === undefined ? {} : { transactionDay };
      const result = await client.call('returns.askElsewhere', {
        reference,
        collectorText: wanted,
        ...day,
      });
      return result.kind === 'answer' ? result.output : { kind: 'not-answered' };
    },
    [client, reference, transactionDay],
  );
  useEffect(() => {
    if (card === undefined) return undefined;
    let isCurrent = true;
    const start = async (): Promise<void> => {
      const said = await answerFor(card.collectorNumber);
      if (!isCurrent) return;
      setBusy(false);
      setAnswer(said);
    };
    void start();
    return () => {
      isCurrent = false;
    };
  }, [card, answerFor]);

  async function ask(): Promise<void> {
    setBusy(true);
    setAnswer(undefined);
    const said = await answerFor(collectorText);
    setBusy(false);
    setAnswer(said);
  }

  function goOn(): void {
    const milesText = answer?.kind === 'credited' ? String(answer.milesAmount ?? '') : '';
    terminal.open({
      name: 'keyed-return',
      paper: { paperReference: reference, collectorText, card, milesText },
    });
  }

  return (
    <form
      ref={form}
      className="panel elsewhere"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy && collectorText.trim() !== '') void ask();
      }}
    >
      <h2 className="panel-title">{text('elsewhere.title', { reference })}</h2>
      <p>{text('elsewhere.detail')}</p>
      <TextField
        label={text('elsewhere.collector')}
        isFigure
        maxLength={32}
        value={collectorText}
        onChange={setCollectorText}
        fault={answer?.kind === 'unreadable' ? text('keyed.fault.collector-number') : undefined}
      />
      <p
        className="elsewhere-said"
        aria-live="polite"
        data-outcome={answer?.kind === 'credited' ? 'credited' : undefined}
      >
        {isBusy ? text('elsewhere.asking') : saidOf(answer, words)}
      </p>
      <div className="actions">
        <Button kind="main" type="submit" isDisabled={isBusy || collectorText.trim() === ''}>
          <span>{text('elsewhere.ask')}</span>
          <Key name="enter" />
        </Button>
        <Button kind="secondary" onPress={goOn}>
          {text('elsewhere.return')}
        </Button>
      </div>
    </form>
  );
}

function saidOf(answer: Answer | undefined, words: ReturnType<typeof useWords>): string {
  const { text } = words;
  switch (answer?.kind) {
    case undefined:
    case 'unreadable':
      return '';
    case 'credited':
      return answer.milesAmount === undefined
        ? text('elsewhere.credited')
        : text('elsewhere.credited-miles', { count: answer.milesAmount });
    case 'not-found':
      return text('elsewhere.not-found');
    case 'unavailable':
      return troubleText(answer.trouble, words);
    case 'not-answered':
      return text('return.not-answered');
    default:
      return assertNever(answer);
  }
}
