import { dayHintOf } from '../../../shared/domain/day-hint.ts';
import { dayName } from '../../../shared/day/day-text.ts';
import { useSnapshot, useWords } from '../../app/context.tsx';
import { useMinute } from '../../app/use-now.ts';

/** Which Transaction Day a sale falls in, where the clock on the wall does not say so: late in the evening and in the West. */
export function DayLine() {
  const { text, language } = useWords();
  const { transactionDayZone } = useSnapshot().store;
  const hint = dayHintOf(
    useMinute(),
    transactionDayZone,
    new Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  if (hint === null) return null;
  const day = dayName(hint.day, language);
  return (
    <p className="day-line" role="status">
      {text(hint.kind === 'near-midnight' ? 'day.falls-in-soon' : 'day.falls-in', { day })}
    </p>
  );
}
