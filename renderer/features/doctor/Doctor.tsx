import { useCallback, useEffect, useRef, useState } from 'react';
import type { DoctorReport, Finding } from '../../../shared/contract/doctor.ts';
import { worstOf } from '../../../shared/domain/verdict.ts';
import { worded } from '../../../shared/i18n/finding-facts.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { useAnswer } from '../../app/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { PickList } from '../../ui/PickList.tsx';
import { findingText } from './finding-text.ts';
import { SupportPanel, type SupportActions } from './SupportPanel.tsx';
import { VerdictShape } from './VerdictShape.tsx';
import './doctor.css';

const ASK_AGAIN_MS = 500;

/** Looks when opened, and again when asked; until a look has ended its answer is asked for again. */
function useReport(): {
  readonly report: DoctorReport | undefined;
  readonly isLooking: boolean;
  readonly look: () => void;
} {
  const client = useClient();
  const [asked, askAgain] = useAnswer('doctor.read', {});
  const look = useCallback(() => void client.call('doctor.start', {}).then(askAgain), [client, askAgain]);
  useEffect(() => look(), [look]);
  const isLooking = asked.kind === 'answer' && asked.output.isLooking;
  useEffect(() => {
    if (!isLooking) return undefined;
    const timer = setInterval(askAgain, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isLooking, askAgain]);
  return {
    report: asked.kind === 'answer' ? asked.output.report : undefined,
    isLooking,
    look,
  };
}

/** What the terminal finds when it looks at itself: each check on the left, the chosen one with its fix on the right. */
export function Doctor() {
  const { text, time } = useWords();
  const { report, isLooking, look } = useReport();
  const [chosen, setChosen] = useState<string>();
  const support = useRef<SupportActions>(null);
  const onKey = (key: string): boolean => {
    if (key !== 'F4') return false;
    support.current?.bundle();
    return true;
  };
  const aside = (
    <>
      {report === undefined ? null : <span className="quiet">{time(report.madeAtMs)}</span>}
      <Button kind="secondary" isDisabled={isLooking} onPress={look}>
        {text(isLooking ? 'doctor.looking' : 'doctor.again')}
      </Button>
    </>
  );
  if (report === undefined) {
    return (
      <PageFrame title={text('doctor.title')} aside={aside}>
        <p className="empty" role="status">
          {text('doctor.looking-first')}
        </p>
      </PageFrame>
    );
  }
  const { findings } = report;
  // Whatever is wrong is what the page was opened for.
  const worst =
    findings.find(({ verdict }) => verdict === 'fault') ??
    findings.find(({ verdict }) => verdict === 'warning');
  const shown = findings.find(({ check }) => check === chosen) ?? worst ?? findings[0];
  const items = findings.map((finding) => ({
    id: finding.check,
    label: text(findingText(finding).title),
    content: <FindingLine finding={finding} />,
  }));
  return (
    <PageFrame title={text('doctor.title')} aside={aside} onKey={onKey}>
      <div className="split">
        <PickList
          label={text('doctor.title')}
          sections={[{ id: 'checks', title: undefined, items }]}
          chosen={shown?.check}
          onChoose={setChosen}
        />
        <div className="doctor-side">
          <section className="panel" aria-live="polite">
            <p className="doctor-worst" data-worst={worstOf(findings)}>
              <VerdictShape verdict={worstOf(findings)} />
              {text(`doctor.worst.${worstOf(findings)}`)}
            </p>
            {shown === undefined ? null : <FindingDetail finding={shown} />}
          </section>
          <SupportPanel
            actions={support}
            reference={text('support.terminal', { store: report.store, version: report.version })}
          />
        </div>
      </div>
    </PageFrame>
  );
}

function FindingLine({ finding }: { readonly finding: Finding }) {
  const { text } = useWords();
  const { title, said } = findingText(finding);
  return (
    <>
      <VerdictShape verdict={finding.verdict} />
      <span className="pick-words">
        <strong>
          {finding.number}. {text(title)}
        </strong>
        <span>{said === undefined ? finding.code : text(said, worded(finding, text))}</span>
      </span>
    </>
  );
}

function FindingDetail({ finding }: { readonly finding: Finding }) {
  const { text } = useWords();
  const { title, said, fix } = findingText(finding);
  return (
    <div className="finding">
      <h2 className="panel-title">
        {finding.number}. {text(title)}
      </h2>
      <p className="finding-said">{said === undefined ? finding.code : text(said, worded(finding, text))}</p>
      {fix === undefined ? null : (
        <p className="finding-fix">
          <strong>{text('doctor.what-to-do')}</strong> {text(fix, worded(finding, text))}
        </p>
      )}
    </div>
  );
}
