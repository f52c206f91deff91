import { useEffect, useMemo } from 'react';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { CustomerView } from '../../../shared/contract/customer.ts';
import type { Outcome } from '../../../shared/domain/outcome.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { pageLanguage } from '../../app/load-catalogue.ts';
import { useCatalogue } from '../../app/use-catalogue.ts';
import { createWordsFrom, type Words } from '../../app/words.ts';
import { useScreenChoice } from '../../app/use-screen-choice.ts';
import type { Client } from '../../client.ts';
import { OutcomeShape } from '../../ui/Shape.tsx';
import { useCustomer } from './use-customer.ts';

const environmentText = {
  training: 'environment.training',
  certification: 'environment.certification',
  production: null,
} as const satisfies Record<string, MessageId | null>;

const thanksText = {
  credited: 'customer.credited',
  accepted: 'customer.accepted',
  stored: 'customer.stored',
  'needs-manager': 'customer.needs-manager',
} as const satisfies Record<Outcome, MessageId>;

const returnedText = {
  credited: 'customer.returned.credited',
  accepted: 'customer.returned.accepted',
  stored: 'customer.returned.stored',
  'needs-manager': 'customer.needs-manager',
  cancelled: 'customer.returned.cancelled',
} as const satisfies Record<Outcome | 'cancelled', MessageId>;

/** The customer's display: one sentence and one number, huge. */
export function CustomerPage({ client }: { readonly client: Client }) {
  const shown = useCustomer(client);
  useScreenChoice(undefined);
  const catalogue = useCatalogue(shown?.view.language ?? pageLanguage());
  const words = useMemo(
    () => catalogue && shown && createWordsFrom(catalogue, shown.programme),
    [catalogue, shown],
  );
  useEffect(() => {
    if (words !== null) document.documentElement.lang = words.language;
  }, [words]);
  if (shown === null || words === null) return <main className="customer" />;
  const badge = environmentText[shown.environment];
  return (
    <main className="customer" data-environment={shown.environment}>
      {badge === null ? null : <p className="customer-environment">{words.text(badge)}</p>}
      <div className="customer-words" role="status">
        <Showing showing={shown.view.showing} words={words} />
      </div>
      <p className="customer-programme">{shown.programme.name}</p>
    </main>
  );
}

function Showing({ showing, words }: { readonly showing: CustomerView['showing']; readonly words: Words }) {
  const { text } = words;
  switch (showing.kind) {
    case 'welcome':
      return (
        <>
          <h1 className="customer-title">{text('customer.welcome')}</h1>
          <p className="customer-detail">{text('customer.welcome.detail')}</p>
        </>
      );
    case 'sale':
      return showing.milesAmount === undefined ? (
        <h1 className="customer-title">{text('customer.hello')}</h1>
      ) : (
        <>
          <h1 className="customer-title">{text('customer.earns')}</h1>
          <Count milesAmount={showing.milesAmount} words={words} />
        </>
      );
    case 'return':
      return showing.milesAmount === undefined ? (
        <h1 className="customer-title">{text('customer.return')}</h1>
      ) : (
        <>
          <h1 className="customer-title">{text('customer.takes-back')}</h1>
          <Count milesAmount={showing.milesAmount} words={words} />
        </>
      );
    case 'outcome':
      return <Became {...showing} title={thanksText[showing.outcome]} words={words} />;
    case 'returned':
      return <Became {...showing} title={returnedText[showing.outcome]} words={words} />;
    default:
      return assertNever(showing);
  }
}

interface BecameProps {
  readonly outcome: Outcome | 'cancelled';
  readonly milesAmount?: number | undefined;
  readonly title: MessageId;
  readonly words: Words;
}

/** What became of a sale or a return: its shape, its Miles, its sentence, and thanks. */
function Became({ outcome, milesAmount, title, words }: BecameProps) {
  return (
    <div className="customer-outcome" data-outcome={outcome}>
      {outcome === 'cancelled' ? null : <OutcomeShape outcome={outcome} />}
      {milesAmount === undefined ? null : <Count milesAmount={milesAmount} words={words} />}
      <h1 className="customer-title">{words.text(title)}</h1>
      <p className="customer-detail">{words.text('customer.thanks')}</p>
    </div>
  );
}

function Count({ milesAmount, words }: { readonly milesAmount: number; readonly words: Words }) {
  return (
    <p className="customer-count">
      <strong>{words.number(milesAmount)}</strong>{' '}
      <span>{words.text('sale.miles-unit', { count: milesAmount })}</span>
    </p>
  );
}
