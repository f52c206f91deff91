import { useMinute } from '../../app/use-now.ts';
import { useTerminal, useWords } from '../../app/context.tsx';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { Mark } from '../../ui/Shape.tsx';
import type { Entry, FieldFault } from './entry.ts';
import type { Line } from './line.ts';
import { lineText } from './line-text.ts';

/** What fields name as their description, so that a screen reader says the fault with the field. */
export const LINE_ID = 'checkout-line';

interface LineViewProps {
  readonly line: Line;
  readonly entry: Entry;
}

/** One sentence and at most one action (two where a question is asked), in a place that is always kept for it. */
export function LineView({ line, entry }: LineViewProps) {
  const words = useWords();
  const nowMs = useMinute();
  const tone = toneOf(line);
  return (
    <div className="line" data-tone={tone}>
      <p className="line-text" id={LINE_ID} aria-live="polite">
        {tone === 'fault' ? <Mark kind="wrong" /> : null}
        {tone === 'question' ? <Mark kind="question" /> : null}
        <span>{lineText(line, words, { entry, nowMs })}</span>
      </p>
      <LineAction line={line} />
    </div>
  );
}

function toneOf(line: Line): 'quiet' | 'ready' | 'fault' | 'question' {
  switch (line.kind) {
    case 'asking':
      return 'question';
    case 'reaching-again':
    case 'not-answering':
    case 'message':
    case 'field':
    case 'scanner':
      return 'fault';
    case 'collector-next':
    case 'amount-next':
      return 'quiet';
    case 'ready':
    case 'earns':
      return 'ready';
    default:
      return assertNever(line);
  }
}

function LineAction({ line }: { readonly line: Line }) {
  const { text } = useWords();
  const terminal = useTerminal();
  if (line.kind === 'asking') {
    return (
      <>
        <Button kind="secondary" onPress={() => terminal.act({ kind: 'second-sale-confirmed' })}>
          <span>{text('action.second-sale')}</span>
          <Key name="f4" />
        </Button>
        <Button kind="main" onPress={() => terminal.clearSale()}>
          <span>{text('action.same-sale')}</span>
          <Key name="enter" />
        </Button>
      </>
    );
  }
  if (line.kind === 'field') return <ClearField fault={line.fault} />;
  if (line.kind !== 'message') return null;
  const { message } = line;
  if (message.kind === 'refused') return <ClearField fault={message.fault} />;
  if (['scan-refused', 'recorded-before', 'miles-refused'].includes(message.kind)) {
    return (
      <Button kind="secondary" onPress={() => terminal.act({ kind: 'dismissed' })}>
        <span>{text(message.kind === 'scan-refused' ? 'action.key-number' : 'action.understood')}</span>
        <Key name="escape" />
      </Button>
    );
  }
  return (
    <Button kind="secondary" onPress={() => terminal.act({ kind: 'pressed', by: 'button' })}>
      <span>{text('action.retry')}</span>
      <Key name="enter" />
    </Button>
  );
}

function ClearField({ fault: { field, fault } }: { readonly fault: FieldFault }) {
  const { text } = useWords();
  const terminal = useTerminal();
  if (fault.kind === 'empty') return null;
  const isTax = field !== 'collector' && field !== 'amount' && field !== 'excluded';
  const label = isTax
    ? 'action.reset-tax'
    : field === 'collector'
      ? 'action.clear-collector'
      : 'action.clear-amount';
  return (
    <Button
      kind="secondary"
      onPress={() =>
        terminal.act(isTax ? { kind: 'tax-reset', tax: field } : { kind: 'typed', field, text: '' })
      }
    >
      <span>{text(label)}</span>
      <Key name="escape" />
    </Button>
  );
}
