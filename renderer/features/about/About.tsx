import { useSnapshot, useWords } from '../../app/context.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { Licences } from './Licences.tsx';
import { Updates } from './Updates.tsx';
import './about.css';

/** Which version this is, what waits to be installed, and what the program is made of. */
export function About() {
  const { text } = useWords();
  const { version } = useSnapshot();
  return (
    <PageFrame
      title={text('menu.about')}
      aside={<span className="quiet">{text('about.version', { version })}</span>}
    >
      <Updates />
      <Licences />
    </PageFrame>
  );
}
