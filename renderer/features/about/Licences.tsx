import { useWords } from '../../app/context.tsx';
import licences from './licences.json' with { type: 'json' };

/** What this program is made of, and under which licences. */
export function Licences() {
  const { text } = useWords();
  return (
    <section className="panel about-licences">
      <h2 className="panel-title">{text('about.licences')}</h2>
      <p>{text('licences.what', { count: licences.length })}</p>
      {/* Nothing in it to press: the list itself takes the keys that scroll. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className="licences" tabIndex={0}>
        {licences.map(({ name, version, licence }) => (
          <li key={`${name} ${version}`}>
            <span>{name}</span>
            <span className="quiet">{version}</span>
            <span className="quiet">{licence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
