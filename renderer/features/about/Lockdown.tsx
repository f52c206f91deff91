import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { useAnswer } from '../../app/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { useApproval } from '../operators/approval.tsx';
import './about.css';

type Platform = CallOutput<'lockdown.read'>['platform'];

/** What only the operating system can lock; a program that said it could would be lying. */
const systemSteps: Readonly<Record<Platform, readonly MessageId[]>> = {
  windows: ['lockdown.windows.shell', 'lockdown.windows.keys', 'lockdown.windows.user'],
  linux: ['lockdown.linux.session', 'lockdown.linux.keys', 'lockdown.linux.user'],
  macos: ['lockdown.macos.mode', 'lockdown.macos.user'],
  other: ['lockdown.other'],
};

/** How this screen is locked, what the operating system has to do, and a manager's way out. */
export function Lockdown() {
  const { text } = useWords();
  const client = useClient();
  const withApproval = useApproval('manager');
  const [asked, again] = useAnswer('lockdown.read', {});
  const [hasLeft, setHasLeft] = useState(false);
  const leave = async (): Promise<void> => {
    const reply = await withApproval((approval) =>
      client.call('lockdown.leave', approval === undefined ? {} : { approval }),
    );
    if (reply?.kind === 'answer' && reply.output.kind === 'left') setHasLeft(true);
    again();
  };
  if (asked.kind !== 'answer') {
    return (
      <PageFrame title={text('lockdown.title')}>
        <p className="empty">{text(asked.kind === 'waiting' ? 'settings.reading' : 'settings.not-read')}</p>
      </PageFrame>
    );
  }
  const { host, isKiosk, platform } = asked.output;
  const state = host === 'browser' ? 'lockdown.browser' : isKiosk ? 'lockdown.on' : 'lockdown.off';
  return (
    <PageFrame title={text('lockdown.title')}>
      <section className="panel lockdown">
        <p role="status">{text(hasLeft ? 'lockdown.left' : state)}</p>
        {isKiosk ? (
          <Button kind="main" onPress={() => void leave()}>
            {text('lockdown.leave')}
          </Button>
        ) : null}
      </section>
      <section className="panel lockdown">
        <h2 className="panel-title">{text('lockdown.system')}</h2>
        <p>{text('lockdown.honest')}</p>
        <ol className="lockdown-steps">
          {systemSteps[platform].map((step) => (
            <li key={step}>{text(step)}</li>
          ))}
        </ol>
      </section>
    </PageFrame>
  );
}
