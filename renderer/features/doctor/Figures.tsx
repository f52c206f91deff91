import type { DayFigures } from '../../../shared/contract/doctor.ts';
import { useWords } from '../../app/context.tsx';
import { useAnswer } from '../../app/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { OutcomeShape } from '../../ui/Shape.tsx';
import { outcomeText } from '../sales/outcome-text.ts';
import './doctor.css';

const HOUR_MS = 3_600_000;

/** The last days in figures: sales, how fast, and the programme's side as this terminal saw it. */
export function Figures() {
  const { text, number } = useWords();
  const [asked, again] = useAnswer('metrics.read', {});
  const aside = (
    <Button kind="secondary" onPress={again}>
      {text('figures.again')}
    </Button>
  );
  if (asked.kind !== 'answer') {
    return (
      <PageFrame title={text('figures.title')} aside={aside}>
        <p className="empty">{text(asked.kind === 'waiting' ? 'settings.reading' : 'settings.not-read')}</p>
      </PageFrame>
    );
  }
  const { days, queue } = asked.output;
  return (
    <PageFrame title={text('figures.title')} aside={aside}>
      <p className="figures-queue">
        {text('figures.queue', {
          count: queue.depth,
          hours: number(Math.floor(queue.oldestAgeMs / HOUR_MS)),
        })}
      </p>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{text('figures.day')}</th>
            <th scope="col">{text('figures.sales')}</th>
            <th scope="col">{text('figures.outcomes')}</th>
            <th scope="col">{text('figures.to-stored')}</th>
            <th scope="col">{text('figures.to-credited')}</th>
            <th scope="col">{text('figures.availability')}</th>
            <th scope="col">{text('figures.latency')}</th>
            <th scope="col">{text('figures.refused')}</th>
            <th scope="col">{text('figures.own-network')}</th>
            <th scope="col">{text('figures.devices')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <DayRow key={day.day} day={day} />
          ))}
        </tbody>
      </table>
      <p className="quiet">{text('figures.note')}</p>
    </PageFrame>
  );
}

function DayRow({ day }: { readonly day: DayFigures }) {
  const { number, percent } = useWords();
  const both = (points: DayFigures['latency']): string =>
    points === undefined ? '–' : `${number(points.p50)} / ${number(points.p95)}`;
  return (
    <tr>
      <th scope="row">{day.day}</th>
      <td>{number(day.sales)}</td>
      <td>
        <DayOutcomes outcomes={day.outcomes} />
      </td>
      <td>{both(day.pressToStored)}</td>
      <td>{both(day.pressToCredited)}</td>
      <td>{day.availability === undefined ? '–' : percent(Math.floor(day.availability * 10_000) * 10)}</td>
      <td>{both(day.latency)}</td>
      <td>{number(day.refused)}</td>
      <td>{number(day.ownNetwork)}</td>
      <td>{number(day.deviceFaults)}</td>
    </tr>
  );
}

/** What became of the day's transactions, by the shapes a cashier knows; what is stored yet is in the sentence above. */
function DayOutcomes({ outcomes }: Pick<DayFigures, 'outcomes'>) {
  const { text, number } = useWords();
  const settled = (['credited', 'accepted', 'needs-manager'] as const).filter(
    (outcome) => (outcomes[outcome] ?? 0) > 0,
  );
  if (settled.length === 0) return '–';
  return (
    <span className="figures-outcomes">
      {settled.map((outcome) => (
        <span key={outcome}>
          <OutcomeShape outcome={outcome} />
          <span className="visually-hidden">{text(outcomeText[outcome])} </span>
          {number(outcomes[outcome] ?? 0)}
        </span>
      ))}
    </span>
  );
}
