import { Input, Label, TextField as AriaTextField } from 'react-aria-components';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useSnapshot, useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { canComeBack } from '../sales/outcome-text.ts';
import { OriginalList } from './OriginalList.tsx';
import { RecentChoices } from './RecentChoices.tsx';
import type { Finding } from './use-finder.ts';

interface FinderProps {
  readonly text: string;
  readonly day: string;
  /** Shows how a day is written. */
  readonly today: string;
  readonly finding: Finding;
  readonly chosenSeq: number | undefined;
  readonly onText: (text: string) => void;
  readonly onDay: (day: string) => void;
  readonly onFind: () => void;
  readonly onChoose: (seq: number) => void;
  readonly onReference: (reference: string) => void;
}

const findingText = {
  'not-found': 'return.not-found',
  unreadable: 'return.unreadable',
  'not-answered': 'return.not-answered',
} as const satisfies Record<string, MessageId>;

/** The left side: how the sale is found, and what was found. */
export function Finder(props: FinderProps) {
  const { text: words } = useWords();
  const terminal = useTerminal();
  const { recentSales } = useSnapshot();
  const { finding } = props;
  return (
    <section className="finder" aria-label={words('return.find')}>
      <form
        className="finder-form"
        onSubmit={(event) => {
          event.preventDefault();
          // F2 and Enter: the sale that was made last.
          const newest = finding.kind === 'nothing-asked' ? recentSales.find(canComeBack) : undefined;
          if (props.text.trim() === '' && newest !== undefined) props.onReference(newest.reference);
          else props.onFind();
        }}
      >
        <AriaTextField className="form-field" value={props.text} onChange={props.onText}>
          <Label className="field-label">{words('return.find-label')}</Label>
          <Input className="field-input" data-field="original" autoComplete="off" maxLength={64} />
        </AriaTextField>
        <AriaTextField className="form-field" value={props.day} onChange={props.onDay}>
          <Label className="field-label">{words('return.day-label')}</Label>
          <Input className="field-input" placeholder={props.today} autoComplete="off" maxLength={10} />
        </AriaTextField>
        <Button kind="secondary" type="submit">
          <span>{words('return.find')}</span>
          <Key name="enter" />
        </Button>
      </form>
      <div className="finder-found" aria-live="polite">
        {finding.kind === 'found' ? (
          <OriginalList originals={finding.originals} chosenSeq={props.chosenSeq} onChoose={props.onChoose} />
        ) : finding.kind === 'nothing-asked' ? (
          <RecentChoices sales={recentSales} onChoose={props.onReference} />
        ) : finding.kind === 'asking' ? null : (
          <p className="finder-fault">{words(findingText[finding.kind])}</p>
        )}
      </div>
      <Button kind="secondary" onPress={() => terminal.open({ name: 'keyed-return' })}>
        {words('return.without-original')}
      </Button>
    </section>
  );
}
