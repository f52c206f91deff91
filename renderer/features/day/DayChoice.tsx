import { dayName } from '../../../shared/day/day-text.ts';
import { useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { EscapeButton } from '../../ui/EscapeButton.tsx';
import { Key } from '../../ui/Key.tsx';
import { PickList } from '../../ui/PickList.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import type { ListedDay } from './use-day.ts';

interface DayChoiceProps {
  readonly today: string | null;
  readonly days: readonly ListedDay[];
  readonly day: string | null;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onChoose: (day: string) => void;
}

/** Which Transaction Day the page is about, and the list of those there are. */
export function DayChoice({ today, days, day, isOpen, onOpen, onChoose }: DayChoiceProps) {
  const { text, language } = useWords();
  const label = (entry: ListedDay): string => {
    const name = dayName(entry.day, language);
    const named = entry.day === today ? text('day.today', { day: name }) : name;
    return entry.isClosed ? text('day.is-closed', { day: named }) : named;
  };
  const items = days.map((entry) => {
    const name = label(entry);
    return {
      id: entry.day,
      label: name,
      content: (
        <span className="pick-words">
          <strong>{name}</strong>
          <span>{text('day.state-of.totals', { count: entry.count })}</span>
        </span>
      ),
    };
  });
  const chosen = items.find(({ id }) => id === day);
  return (
    <>
      <div className="day-choice">
        <span className="field-label" id="day-choice">
          {text('day.choose')}
        </span>
        <Button
          kind="secondary"
          aria-describedby="day-choice"
          isDisabled={chosen === undefined}
          onPress={() => onOpen(true)}
        >
          <span>{chosen?.label}</span>
          <Key name="f4" />
        </Button>
      </div>
      {isOpen ? (
        <Sheet title={text('day.choose')} onClose={() => onOpen(false)}>
          <PickList
            label={text('day.choose')}
            sections={[{ id: 'days', title: undefined, items }]}
            chosen={day ?? undefined}
            isAnswer
            onChoose={(next) => {
              onOpen(false);
              if (next !== day) onChoose(next);
            }}
          />
          <div className="actions">
            <EscapeButton label={text('action.cancel')} onPress={() => onOpen(false)} />
          </div>
        </Sheet>
      ) : null}
    </>
  );
}
