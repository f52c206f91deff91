import type { Drill, DrillState } from '../../../shared/contract/training.ts';
import { drills } from '../../../shared/domain/drills.ts';
import { checkoutPage } from '../../app/page.ts';
import { useClient, useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { Mark } from '../../ui/Shape.tsx';
import { drillText, pointText } from './drill-text.ts';
import { useDrill } from './use-drill.ts';

/** The drills to choose from, and the report of the last one. */
export function Training() {
  const { text } = useWords();
  const client = useClient();
  const terminal = useTerminal();
  const state = useDrill();
  const start = (drill: Drill): void => {
    void client.call('training.start', { drill });
    terminal.open(checkoutPage);
  };
  const startByDigit = (key: string): boolean => {
    const drill = /^[1-9]$/.test(key) ? drills[Number(key) - 1] : undefined;
    if (drill === undefined || state?.kind === 'not-available') return false;
    start(drill);
    return true;
  };
  return (
    <PageFrame title={text('training.title')} onKey={startByDigit}>
      {state?.kind === 'not-available' ? (
        <p className="empty">{text('training.not-available')}</p>
      ) : (
        <>
          {state?.kind === 'ended' ? <Report ended={state} /> : null}
          <p className="training-intro">{text('training.intro')}</p>
          <ol className="tiles">
            {drills.map((drill, index) => (
              <li key={drill}>
                <Button kind="tile" onPress={() => start(drill)}>
                  <span className="menu-key" aria-hidden="true">
                    {index + 1}
                  </span>
                  <span className="menu-words">
                    <strong>{text(drillText[drill].title)}</strong>
                    <span>{text(drillText[drill].detail)}</span>
                  </span>
                  <span className="training-start">
                    {text(
                      state?.kind === 'ended' && state.drill === drill ? 'training.again' : 'training.start',
                    )}
                  </span>
                </Button>
              </li>
            ))}
          </ol>
        </>
      )}
    </PageFrame>
  );
}

function Report({ ended }: { readonly ended: Extract<DrillState, { kind: 'ended' }> }) {
  const { text, time } = useWords();
  const isWell = ended.points.every(({ isMet }) => isMet);
  return (
    <section className="panel training-report">
      <h2 className="panel-title">
        {text('training.report.title', { drill: text(drillText[ended.drill].title) })}
      </h2>
      <p>
        {text('training.report.time', {
          from: time(ended.startedAtMs),
          to: time(ended.endedAtMs),
          count: ended.saleCount,
        })}{' '}
        <strong>{text(isWell ? 'training.report.well' : 'training.report.not-well')}</strong>
      </p>
      <ul className="training-points">
        {ended.points.map(({ point, isMet }) => (
          <li key={point} data-outcome={isMet ? 'credited' : 'needs-manager'}>
            <Mark kind={isMet ? 'right' : 'wrong'} />
            <strong>{text(isMet ? 'training.met' : 'training.missed')}</strong>
            <span>{text(pointText[point])}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
