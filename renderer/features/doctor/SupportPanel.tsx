import { useState } from 'react';
import type { BundleFile, SupportContact } from '../../../shared/contract/doctor.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { useAnswer } from '../../app/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { Contact } from './Contact.tsx';

type Step =
  | { readonly kind: 'idle' }
  | { readonly kind: 'gathering' }
  | { readonly kind: 'listed'; readonly files: readonly BundleFile[] }
  | { readonly kind: 'saved'; readonly path: string }
  | { readonly kind: 'failed' };

/** Whom to call, and the bundle to send them: listed before it is saved. */
export function SupportPanel({ reference }: { readonly reference: string }) {
  const { text, number } = useWords();
  const client = useClient();
  const [contact] = useAnswer('support.contact', {});
  const [step, setStep] = useState<Step>({ kind: 'idle' });
  const prepare = async (): Promise<void> => {
    setStep({ kind: 'gathering' });
    const reply = await client.call('support.prepare', {});
    setStep(reply.kind === 'answer' ? { kind: 'listed', files: reply.output.files } : { kind: 'failed' });
  };
  const save = async (): Promise<void> => {
    const reply = await client.call('support.save', {});
    const isSaved = reply.kind === 'answer' && reply.output.kind === 'saved';
    setStep(isSaved ? { kind: 'saved', path: reply.output.path } : { kind: 'failed' });
  };
  const known: SupportContact | undefined = contact.kind === 'answer' ? contact.output : undefined;
  return (
    <section className="panel support">
      <h2 className="panel-title">{text('support.title')}</h2>
      {known === undefined ? null : <Contact contact={known} reference={reference} />}
      <div className="actions">
        {step.kind === 'listed' ? (
          <Button kind="main" onPress={() => void save()}>
            {text('support.save')}
          </Button>
        ) : (
          <Button kind="secondary" isDisabled={step.kind === 'gathering'} onPress={() => void prepare()}>
            {text(step.kind === 'gathering' ? 'support.gathering' : 'support.gather')}
          </Button>
        )}
      </div>
      {step.kind === 'listed' ? (
        <>
          <p>{text('support.listed')}</p>
          <ul className="bundle-files" ref={(list) => list?.scrollIntoView({ block: 'nearest' })}>
            {step.files.map(({ name, bytes }) => (
              <li key={name}>
                <span>{name}</span>
                <span className="figure quiet">
                  {text('support.kilobytes', { size: number(Math.ceil(bytes / 1000)) })}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {step.kind === 'saved' ? (
        <p role="status">
          {text('support.saved')} <bdi className="bundle-path">{step.path}</bdi>
        </p>
      ) : null}
      {step.kind === 'failed' ? <p role="status">{text('support.failed')}</p> : null}
    </section>
  );
}
