import type { Story } from '../../../shared/contract/board.ts';
import { useWords } from '../../app/context.tsx';
import { useAnswer } from '../../app/use-answer.ts';
import { Contact, isAnybodyNamed } from '../doctor/Contact.tsx';
import { supportReference } from './story-text.ts';

/** What support is told to find a transaction and, where it waits for a manager, whom to call when in doubt. */
export function StoryHelp({ story }: { readonly story: Story }) {
  const words = useWords();
  const { text } = words;
  const [asked] = useAnswer('support.contact', {});
  const reference = supportReference(story, words);
  const isParked = story.sale.outcome === 'needs-manager' && story.sale.closedAs === undefined;
  const contact =
    isParked && asked.kind === 'answer' && isAnybodyNamed(asked.output) ? asked.output : undefined;
  if (contact === undefined) {
    return (
      <p className="story-support">
        <span>{text('story.support')}</span>
        <strong>{reference}</strong>
      </p>
    );
  }
  return (
    <section className="story-help" aria-label={text('story.help')}>
      <h3>{text('story.help')}</h3>
      <Contact contact={contact} reference={reference} />
    </section>
  );
}
