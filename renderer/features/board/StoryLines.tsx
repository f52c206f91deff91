import type { StoryLine } from '../../../shared/contract/board.ts';
import { useWords } from '../../app/context.tsx';
import { tell } from './story-text.ts';

/** What happened, day by day, each with its hour. */
export function StoryLines({ lines }: { readonly lines: readonly StoryLine[] }) {
  const words = useWords();
  const day = new Intl.DateTimeFormat(words.language, { dateStyle: 'long' });
  const dated = lines.map((line) => ({ line, day: day.format(line.atMs) }));
  return (
    <ol className="story-lines">
      {dated.map((one, index) => {
        const { sentence, details } = tell(one.line, words);
        return (
          // Lines are only ever added, at the end or between: their place is their name.
          <li key={`${one.line.kind}-${one.line.atMs}-${index}`}>
            {one.day === dated[index - 1]?.day ? null : <h3 className="story-day">{one.day}</h3>}
            <div className="story-line">
              <time>{words.time(one.line.atMs)}</time>
              <p>
                <span>{sentence}</span>
                {details.length === 0 ? null : <span className="quiet">{details.join(' · ')}</span>}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
