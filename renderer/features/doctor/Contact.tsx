import type { SupportContact } from '../../../shared/contract/doctor.ts';
import { useWords } from '../../app/context.tsx';

type Desk = SupportContact['partnerDesk'];

export const isAnybodyNamed = ({ partnerDesk, programmeDesk, escalation }: SupportContact): boolean =>
  escalation.length > 0 || [partnerDesk, programmeDesk].some((desk) => Object.keys(desk).length > 0);

/** The help desks and the steps of an escalation, as the settings give them, with the reference to quote. */
export function Contact({
  contact,
  reference,
}: {
  readonly contact: SupportContact;
  /** What the other end finds it by: a transaction, or this terminal. */
  readonly reference: string;
}) {
  const { text } = useWords();
  const desks = [
    { id: 'partner', title: text('support.partner'), desk: contact.partnerDesk },
    { id: 'programme', title: text('support.programme'), desk: contact.programmeDesk },
  ].filter(({ desk }) => Object.keys(desk).length > 0);
  return (
    <div className="contact">
      <p className="contact-quote">
        <span className="quiet">{text('support.quote')}</span>
        <strong>{reference}</strong>
      </p>
      {isAnybodyNamed(contact) ? null : <p className="quiet">{text('support.none')}</p>}
      {desks.map(({ id, title, desk }) => (
        <DeskLines key={id} title={title} desk={desk} />
      ))}
      {contact.escalation.length === 0 ? null : (
        <ol className="escalation">
          {contact.escalation.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
    </div>
  );
}

function DeskLines({ title, desk }: { readonly title: string; readonly desk: Desk }) {
  return (
    <div className="desk">
      <span className="quiet">{title}</span>
      <strong>{desk.name}</strong>
      <span className="desk-ways">
        {[desk.phone, desk.email, desk.hours].filter((way) => way !== undefined).join(' · ')}
      </span>
    </div>
  );
}
