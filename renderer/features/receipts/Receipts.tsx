import { useEffect, useState } from 'react';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { otherLanguage } from '../../../shared/i18n/languages.ts';
import { useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Paper } from './Paper.tsx';
import { ReceiptActions } from './ReceiptActions.tsx';
import { useReceipt, type ReceiptState } from './use-receipt.ts';

/** Any sale's receipt by its reference: how it stands now, to show, print and save. */
export function Receipts({ reference: first }: { readonly reference: string }) {
  const { text, language: own } = useWords();
  const [typed, setTyped] = useState(first);
  const [reference, setReference] = useState(first);
  const [isOther, setOther] = useState(false);
  const language = isOther ? otherLanguage(own) : own;
  const state = useReceipt(reference, language);
  useEffect(() => {
    if (first === '') document.querySelector<HTMLInputElement>('.receipts-find input')?.focus();
  }, [first]);
  return (
    <PageFrame title={text('receipts.title')}>
      <div className="receipts">
        <div className="receipts-side">
          <form
            className="receipts-find"
            onSubmit={(event) => {
              event.preventDefault();
              setReference(typed.trim());
            }}
          >
            <TextField
              label={text('receipts.reference')}
              value={typed}
              onChange={setTyped}
              maxLength={64}
              autoComplete="off"
            />
            <Button kind="secondary" type="submit">
              <span>{text('receipts.find')}</span>
              <Key name="enter" />
            </Button>
          </form>
          {state.kind === 'found' ? (
            <ReceiptActions
              key={state.reference}
              found={state}
              language={language}
              onLanguage={() => setOther(!isOther)}
            />
          ) : (
            <p className="receipts-word" role="status">
              <StateWord state={state} />
            </p>
          )}
        </div>
        {/* A paper longer than the window is scrolled by keys too. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className="receipts-paper" tabIndex={0} role="region" aria-label={text('receipts.title')}>
          {state.kind === 'found' ? (
            <Paper receipt={state.receipt} label={text('receipts.receipt', { reference: state.reference })} />
          ) : null}
        </div>
      </div>
    </PageFrame>
  );
}

function StateWord({ state }: { readonly state: Exclude<ReceiptState, { kind: 'found' }> }) {
  const { text } = useWords();
  switch (state.kind) {
    case 'none':
      return text('receipts.start');
    case 'not-found':
      return text('receipts.not-found');
    case 'unreachable':
      return text('receipts.unreachable');
    case 'looking':
      return null;
    default:
      return assertNever(state);
  }
}
