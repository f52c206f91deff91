import { useState } from 'react';
import type { DayOverview, Reconciliation, ReconciliationReason } from '../../../shared/contract/day.ts';
import { dayName } from '../../../shared/day/day-text.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useClient, useWords } from '../../app/context.tsx';
import type { Message } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Differences } from './Differences.tsx';
import { useApproval } from '../operators/approval.tsx';

interface ReconcileStepProps {
  readonly overview: DayOverview;
  readonly onChanged: () => Promise<void>;
}

const pausedText: Readonly<Record<ReconciliationReason, MessageId>> = {
  'no-answer': 'day.reconcile.paused.no-answer',
  'token-refused': 'day.reconcile.paused.token-refused',
  'not-allowed': 'day.reconcile.paused.not-allowed',
  'request-refused': 'day.reconcile.paused.request-refused',
  journal: 'day.reconcile.paused.journal',
};

const noCodes: Message = ['day.reconcile.no-codes', { key: 'airmiles.sponsorCodes' }];

/** The local journal against Transaction History: how far it is, what differs, one step to repair each. */
export function ReconcileStep({ overview, onChanged }: ReconcileStepProps) {
  const { text, language } = useWords();
  const client = useClient();
  const withApproval = useApproval();
  const [message, setMessage] = useState<Message | null>(null);
  const { day, reconciliation, canReconcile } = overview;

  const begin = async (): Promise<void> => {
    setMessage(null);
    const result = await withApproval((approval) => client.call('day.reconcile', { day, approval }));
    if (result === null) return;
    if (result.kind === 'failure') setMessage(['day.failed']);
    else if (result.output.kind === 'not-possible') {
      const { reason, day: other = day } = result.output;
      if (reason === 'other-day') setMessage(['day.reconcile.other-day', { day: dayName(other, language) }]);
      else setMessage(reason === 'nothing-recorded' ? ['day.nothing'] : noCodes);
    } else await onChanged();
  };
  const cancel = async (): Promise<void> => {
    await client.call('day.cancelReconciling', {});
    await onChanged();
  };

  if (!canReconcile) return <p>{text(...noCodes)}</p>;
  const isRunning = reconciliation?.state === 'running';
  const label = ((): MessageId => {
    if (reconciliation === undefined) return 'day.reconcile.start';
    return reconciliation.state === 'paused' ? 'day.reconcile.resume' : 'day.reconcile.again';
  })();
  return (
    <>
      <p>{text('day.reconcile.intro')}</p>
      <p className="quiet">{text('day.reconcile.limit')}</p>
      {reconciliation === undefined ? null : <Progress reconciliation={reconciliation} />}
      <div className="actions">
        {isRunning ? (
          <Button kind="secondary" onPress={() => void cancel()}>
            {text('day.reconcile.cancel')}
          </Button>
        ) : (
          <Button
            kind={reconciliation?.state === 'finished' ? 'secondary' : 'main'}
            onPress={() => void begin()}
          >
            {text(label)}
          </Button>
        )}
        {message === null ? null : <p role="alert">{text(...message)}</p>}
      </div>
      {reconciliation === undefined || reconciliation.differences === 0 ? null : (
        <Differences
          // Another run has other differences.
          key={reconciliation.id}
          reconciliation={reconciliation}
          onChanged={onChanged}
        />
      )}
    </>
  );
}

function Progress({ reconciliation }: { readonly reconciliation: Reconciliation }) {
  const { text, number } = useWords();
  const { state, reason, reasonDetail, collectors, asked, matched, awaited, credited, differences } =
    reconciliation;
  return (
    <div className="day-progress" role="status">
      <progress max={collectors} value={asked} aria-label={text('day.step.reconcile')} />
      <p>
        <strong>
          {text('day.reconcile.progress', { asked: number(asked), collectors: number(collectors) })}
        </strong>{' '}
        {text('day.reconcile.counts', { matched: number(matched), differences })}
      </p>
      {credited === 0 ? null : <p>{text('day.reconcile.credited', { count: credited })}</p>}
      {awaited === 0 ? null : <p>{text('day.reconcile.awaited', { count: awaited })}</p>}
      {state === 'paused' ? (
        <p className="day-trouble">
          {text(pausedText[reason ?? 'no-answer'])}{' '}
          {reasonDetail === undefined ? null : <span className="quiet">{reasonDetail}</span>}
        </p>
      ) : null}
      {state === 'cancelled' ? <p>{text('day.reconcile.cancelled')}</p> : null}
      {state === 'finished' && differences === 0 ? <p>{text('day.reconcile.clean')}</p> : null}
    </div>
  );
}
