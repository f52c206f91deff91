import { useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { Icon } from '../../ui/Shape.tsx';
import { isInFlight, type IssueState } from './checkout-state.ts';

interface IssueRowProps {
  readonly issue: IssueState;
  readonly isReady: boolean;
  /** What pressing it would earn, where that is known. */
  readonly milesAmount: number | undefined;
  /** It earns nothing, and pressing it records that. */
  readonly isRecorded: boolean;
  readonly isKeypadOpen: boolean;
  readonly onKeypad: () => void;
}

/** The one action, always here and always this high; beside it what starts over. */
export function IssueRow({ issue, isReady, milesAmount, isRecorded, isKeypadOpen, onKeypad }: IssueRowProps) {
  const { text } = useWords();
  const terminal = useTerminal();
  const isBusy = isInFlight(issue);
  return (
    <div className="issue-row" data-busy={isBusy || undefined}>
      <Button
        kind="primary"
        isReady={isReady}
        isDisabled={issue.kind === 'asking'}
        onPress={() => terminal.act({ kind: 'pressed', by: 'button' })}
      >
        <span>
          {milesAmount === undefined
            ? text(isRecorded ? 'action.record' : 'action.issue')
            : text('action.issue-counted', { count: milesAmount })}
        </span>
        <Key name="enter" />
        {isBusy ? <span className="progress-line issue-progress" aria-hidden="true" /> : null}
      </Button>
      <Button kind="secondary" isDisabled={isBusy} onPress={() => terminal.clearSale()}>
        <span>{text('action.clear')}</span>
        <Key name="f9" />
      </Button>
      <Button
        kind="secondary"
        aria-label={text(isKeypadOpen ? 'keypad.hide' : 'keypad.show')}
        onPress={onKeypad}
      >
        <Icon name="keypad" />
      </Button>
    </div>
  );
}
