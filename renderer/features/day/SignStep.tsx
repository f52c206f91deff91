import { useState } from 'react';
import { Checkbox } from 'react-aria-components';
import type { Closing, DayOverview } from '../../../shared/contract/day.ts';
import { dayName } from '../../../shared/day/day-text.ts';
import { useClient, useWords } from '../../app/context.tsx';
import type { Message } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { useApproval } from '../operators/approval.tsx';

interface SignStepProps {
  readonly overview: DayOverview;
  readonly onChanged: () => Promise<void>;
}

/** The manager's yes: what is closed, what is carried over, and by whom. */
export function SignStep({ overview, onChanged }: SignStepProps) {
  const { text, language } = useWords();
  const client = useClient();
  const withApproval = useApproval();
  const [isKnowingly, setKnowingly] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [message, setMessage] = useState<Message | null>(null);
  const { day, isOver, owedCount, closing, sinceClosing, reportFolder } = overview;
  const isOpen = closing === undefined || sinceClosing > 0;

  const close = async (): Promise<void> => {
    setBusy(true);
    setMessage(null);
    const result = await withApproval((approval) =>
      client.call('day.close', { day, isKnowingly, language, approval }),
    );
    setBusy(false);
    if (result === null) return;
    if (result.kind === 'failure') setMessage(['day.failed']);
    else if (result.output.kind === 'closed' && !result.output.isReportWritten)
      setMessage(['day.sign.not-written', { folder: reportFolder }]);
    else if (result.output.kind === 'not-begun') setMessage(['day.sign.not-begun']);
    await onChanged();
  };

  return (
    <>
      {closing === undefined ? null : <Signed closing={closing} />}
      {sinceClosing === 0 ? null : (
        <p className="day-trouble">{text('day.sign.since', { count: sinceClosing })}</p>
      )}
      {isOpen ? (
        <>
          <p>{text('day.sign.intro', { folder: reportFolder })}</p>
          {isOver ? null : <p className="day-trouble">{text('day.sign.early')}</p>}
          {owedCount === 0 ? null : (
            <Checkbox className="day-check" isSelected={isKnowingly} onChange={setKnowingly}>
              <span className="day-check-box" aria-hidden="true" />
              <span>{text('day.sign.knowingly', { count: owedCount })}</span>
            </Checkbox>
          )}
          <div className="actions">
            <Button
              kind="main"
              isDisabled={isBusy || (owedCount > 0 && !isKnowingly)}
              onPress={() => void close()}
            >
              {text(closing === undefined ? 'day.sign.close' : 'day.sign.again', {
                day: dayName(day, language),
              })}
            </Button>
          </div>
        </>
      ) : null}
      {message === null ? null : <p role="alert">{text(...message)}</p>}
    </>
  );
}

function Signed({ closing }: { readonly closing: Closing }) {
  const { text, date, time } = useWords();
  const { closedBy, closedAtMs, owedCount } = closing;
  const at = { date: date(closedAtMs), time: time(closedAtMs) };
  return (
    <p>
      {closedBy === null
        ? text('day.sign.closed', at)
        : text('day.sign.closed-by', { name: closedBy, ...at })}{' '}
      {text('day.sign.carried', { count: owedCount })}
    </p>
  );
}
