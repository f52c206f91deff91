import { useEffect } from 'react';
import type { UpdatesView } from '../../../shared/contract/updates.ts';
import { useWords } from '../../app/context.tsx';
import { useAnswer } from '../../app/use-answer.ts';
import { failingText, stateText } from './update-text.ts';

/** The terminal looks again every minute; the page follows it. */
const ASK_AGAIN_MS = 15_000;

/** Which newer version waits, and why it is not installed yet. */
export function Updates() {
  const { text } = useWords();
  const [asked, askAgain] = useAnswer('updates.read', {});
  useEffect(() => {
    const timer = setInterval(askAgain, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [askAgain]);
  return (
    <section className="panel about-updates" aria-live="polite">
      <h2 className="panel-title">{text('about.updates')}</h2>
      {asked.kind === 'answer' ? (
        <UpdateLines view={asked.output} />
      ) : (
        <p>{text(asked.kind === 'waiting' ? 'settings.reading' : 'settings.not-read')}</p>
      )}
    </section>
  );
}

/** A time of day of the settings, as the language writes one. */
function todayAt(timeOfDay: string): number {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return new Date().setHours(hours, minutes, 0, 0);
}

function UpdateLines({ view }: { readonly view: UpdatesView }) {
  const { text, time } = useWords();
  const { state, offered, lookedAtMs, windowFrom, windowTo, putBack, failing } = view;
  return (
    <>
      <p className="about-state" data-state={state}>
        {offered === undefined ? null : (
          <strong>{text('about.updates.offered', { version: offered })} </strong>
        )}
        {text(stateText[state], { from: time(todayAt(windowFrom)), to: time(todayAt(windowTo)) })}
      </p>
      {lookedAtMs === undefined ? null : (
        <p className="quiet">{text('about.updates.looked', { time: time(lookedAtMs) })}</p>
      )}
      {putBack === undefined ? null : <p>{text('about.updates.put-back', { version: putBack })}</p>}
      {failing === undefined ? null : (
        <>
          <p>
            <strong>{text('about.updates.failing', { version: failing.previous })}</strong>{' '}
            {text(failingText[failing.why])}
          </p>
          {failing.command === undefined ? (
            <p>{text('about.updates.failing.newer')}</p>
          ) : (
            <p>
              {text('about.updates.failing.command')} <code className="about-command">{failing.command}</code>
            </p>
          )}
        </>
      )}
    </>
  );
}
