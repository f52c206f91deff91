import { useSnapshot, useWords } from '../../app/context.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import licences from './licences.json' with { type: 'json' };
import './about.css';

/** What this program is, what it is made of, and under which licences. */
export function Licences() {
  const { text } = useWords();
  const { version } = useSnapshot();
  return (
    <PageFrame
      title={text('licences.title')}
      aside={<span className="quiet">{text('licences.version', { version })}</span>}
    >
      <p className="licences-what">{text('licences.what', { count: licences.length })}</p>
      {/* Longer than the window, and nothing in it to press: the list itself takes the keys that scroll. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className="licences" tabIndex={0}>
        {licences.map(({ name, version: its, licence }) => (
          <li key={`${name} ${its}`}>
            <span>{name}</span>
            <span className="quiet">{its}</span>
            <span className="quiet">{licence}</span>
          </li>
        ))}
      </ul>
    </PageFrame>
  );
}
