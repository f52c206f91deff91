import { useState } from 'react';
import type { DayOverview } from '../../../shared/contract/day.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useWords } from '../../app/context.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DayChoice } from './DayChoice.tsx';
import { OffersTable, OwedTable, TotalsTable } from './DayTables.tsx';
import { FilesStep } from './FilesStep.tsx';
import { Paper } from './Paper.tsx';
import { ReconcileStep } from './ReconcileStep.tsx';
import { SignStep } from './SignStep.tsx';
import { Step } from './Step.tsx';
import { stepStates } from './step-states.ts';
import { useDay } from './use-day.ts';

const steps = ['totals', 'owed', 'reconcile', 'sign', 'files'] as const;
type StepName = (typeof steps)[number];

const titles: Readonly<Record<StepName, MessageId>> = {
  totals: 'day.step.totals',
  owed: 'day.step.owed',
  reconcile: 'day.step.reconcile',
  sign: 'day.step.sign',
  files: 'day.step.files',
};

/** Closing a Transaction Day, step by step: what it came to, what is owed, whether both sides agree, and a yes. */
export function DayPage() {
  const words = useWords();
  const { text } = words;
  const { today, days, day, reading, choose, refresh } = useDay();
  const [open, setOpen] = useState<StepName>('totals');
  const [isChoosing, setChoosing] = useState(false);
  return (
    <PageFrame
      title={text('day.title')}
      aside={
        <DayChoice
          today={today}
          days={days}
          day={day}
          isOpen={isChoosing}
          onOpen={setChoosing}
          onChoose={choose}
        />
      }
      onKey={(key) => {
        if (key === 'F4' && days.length > 0) {
          setChoosing(true);
          return true;
        }
        const step = steps[Number(key) - 1];
        if (step === undefined) return false;
        setOpen(step);
        return true;
      }}
    >
      {reading.kind === 'read' ? (
        <>
          <ol className="day-steps">
            {steps.map((step, index) => (
              <Step
                key={step}
                number={index + 1}
                title={text(titles[step])}
                {...stepStates(reading.overview, words)[step]}
                isOpen={open === step}
                onOpen={() => setOpen(step)}
              >
                <StepBody step={step} overview={reading.overview} onChanged={refresh} />
              </Step>
            ))}
          </ol>
          {reading.overview.closing === undefined ? null : <Paper closing={reading.overview.closing} />}
        </>
      ) : (
        <p className="empty" role="status">
          {text(reading.kind === 'reading' ? 'day.loading' : 'day.unreadable')}
        </p>
      )}
    </PageFrame>
  );
}

interface StepBodyProps {
  readonly step: StepName;
  readonly overview: DayOverview;
  readonly onChanged: () => Promise<void>;
}

function StepBody({ step, overview, onChanged }: StepBodyProps) {
  const { text } = useWords();
  const { figures, offers, owed, owedCount, earlierOwed } = overview;
  switch (step) {
    case 'totals':
      if (figures.length === 0) return <p>{text('day.nothing')}</p>;
      return (
        <>
          <TotalsTable figures={figures} />
          {offers.length === 0 ? null : <OffersTable offers={offers} />}
        </>
      );
    case 'owed':
      return (
        <>
          <p>{text(owedCount === 0 ? 'day.owed.none' : 'day.owed.intro')}</p>
          {owedCount === 0 ? null : <OwedTable owed={owed} owedCount={owedCount} />}
          {earlierOwed === 0 ? null : (
            <p className="day-trouble">{text('day.owed.earlier', { count: earlierOwed })}</p>
          )}
        </>
      );
    case 'reconcile':
      return <ReconcileStep overview={overview} onChanged={onChanged} />;
    case 'sign':
      // What was ticked for one day is not for another.
      return <SignStep key={overview.day} overview={overview} onChanged={onChanged} />;
    case 'files':
      return <FilesStep key={overview.day} overview={overview} />;
    default:
      return assertNever(step);
  }
}
