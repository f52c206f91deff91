import { useImperativeHandle, useState, type Ref } from 'react';
import type { BundleFile, SupportContact } from '../../../shared/contract/doctor.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { useAnswer } from '../../app/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { Contact } from './Contact.tsx';

type Step =
  | { readonly kind: 'idle' }
  | { readonly kind: 'gathering' }
  | { readonly kind: 'listed'; readonly files: readonly BundleFile[] }
  | { readonly kind: 'saved'; readonly path: string }
  | { readonly kind: 'failed' };

export interface SupportActions {
  /** The next step of the bundle: gathered, then saved. */
  bundle(): void;
}

interface SupportPanelProps {
  readonly reference: string;
  readonly actions: Ref<SupportActions>;
}

/** Whom to call, and the bundle to send them: listed before it is saved. */
export function SupportPanel({ reference, actions }: SupportPanelProps) {
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
    setStep({ kind: 'gathering' });
    const reply = await client.call('support.save', {});
    const isSaved = reply.kind === 'answer' && reply.output.kind === 'saved';
    setStep(isSaved ? { kind: 'saved', path: reply.output.path } : { kind: 'failed' });
  };
  useImperativeHandle(actions, () => ({
    bundle() {
      if (step.kind !== 'gathering') void (step.kind === 'listed' ? save() : prepare());
    },
  }));
  const known: SupportContact | undefined = contact.kind === 'answer' ? contact.output : undefined;
  return (
    <section className="panel support">
      <h2 className="panel-title">{text('support.title')}</h2>
      {known === undefined ? null : <Contact contact={known} reference={reference} />}
      <div className="actions">
        {step.kind === 'listed' ? (
          <Button kind="main" onPress={() => void save()}>
            <span>{text('support.save')}</span>
            <Key name="f4" />
          </Button>
        ) : (
          <Button kind="secondary" isDisabled={step.kind === 'gathering'} onPress={() => void prepare()}>
            <span>{text(step.kind === 'gathering' ? 'support.gathering' : 'support.gather')}</span>
            <Key name="f4" />
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
