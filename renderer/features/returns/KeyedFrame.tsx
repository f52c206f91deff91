import type { ReactNode } from 'react';
import type { Sale } from '../../../shared/contract/views.ts';
import { useTerminal, useWords } from '../../app/context.tsx';
import { checkoutPage } from '../../app/page.ts';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ReturnDone } from './ReturnDone.tsx';
import { useKeying } from './use-keying.ts';

interface KeyedFrameProps {
  readonly title: string;
  readonly intro: string;
  readonly press: string;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly fault: string | undefined;
  readonly done: Sale | undefined;
  readonly onPress: () => void;
  readonly onBack?: () => void;
  readonly children: ReactNode;
}

/** A form that a manager keys, with its one action; afterwards what became of it. */
export function KeyedFrame({
  title,
  intro,
  press,
  isReady,
  isBusy,
  fault,
  done,
  onPress,
  onBack,
  children,
}: KeyedFrameProps) {
  const { text } = useWords();
  const terminal = useTerminal();
  useKeying(done === undefined);
  return (
    <PageFrame title={title} {...(onBack === undefined ? {} : { onBack })}>
      {done === undefined ? (
        <form
          className="panel keyed-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) onPress();
          }}
        >
          <p className="quiet">{intro}</p>
          {children}
          <p className="keyed-line" aria-live="polite" data-fault={fault !== undefined || undefined}>
            {fault ?? text('keyed.marked')}
          </p>
          <Button kind="primary" type="submit" isReady={isReady && !isBusy} isDisabled={!isReady}>
            <span>{press}</span>
            <Key name="enter" />
            {isBusy ? <span className="progress-line issue-progress" aria-hidden="true" /> : null}
          </Button>
        </form>
      ) : (
        <ReturnDone
          sale={done}
          line={text('return.done.recorded')}
          onCheckout={() => terminal.open(checkoutPage)}
        />
      )}
    </PageFrame>
  );
}
