import type { scanRefusals } from '../../../shared/contract/contract.ts';
import type { notStoredReasons } from '../../../shared/contract/not-stored.ts';
import type { milesFaults } from '../../../shared/contract/refusals.ts';
import type { Status } from '../../../shared/contract/views.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { maskCollectorNumber } from '../../../shared/domain/collector-number.ts';
import type { AmountFault } from '../../../shared/domain/money.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import type { Words } from '../../app/words.ts';
import type { Message } from './checkout-state.ts';
import type { Entry, FieldFault } from './entry.ts';
import type { Line } from './line.ts';
import type { Earns } from './preview.ts';
import { taxText } from './tax-text.ts';

export interface LineContext {
  readonly entry: Entry;
  readonly nowMs: number;
}

/** The one sentence of the line. */
export function lineText(line: Line, words: Words, { entry, nowMs }: LineContext): string {
  const { text, money } = words;
  switch (line.kind) {
    case 'asking': {
      const minutes = Math.max(0, Math.floor((nowMs - line.sale.recordedAtMs) / 60_000));
      const { preTaxCents, collectorMasked } = line.sale;
      return text('line.asking', { minutes, amount: money(preTaxCents), collector: collectorMasked });
    }
    case 'reaching-again':
      return text('line.reaching-again');
    case 'not-answering':
      return text('line.not-answering');
    case 'message':
      return messageText(line.message, words);
    case 'field':
      return faultText(line.fault, words);
    case 'scanner':
      return text(scannerText(line.scanner));
    case 'collector-next':
      return text('line.collector-next');
    case 'amount-next':
      return text('line.amount-next');
    case 'ready': {
      const number = entry.collector.kind === 'valid' ? entry.collector.collectorNumber : '';
      return text('line.ready', {
        amount: money(entry.preTaxCents ?? 0),
        collector: maskCollectorNumber(number),
      });
    }
    case 'earns':
      return earnsText(line.earns, words);
    default:
      return assertNever(line);
  }
}

/** What the sale earns, how much of it counts where that is not all, and by which offers where there are several. */
function earnsText(earns: Earns, words: Words): string {
  const { milesAmount, eligibleCents, preTaxCents, lines, isRecorded } = earns;
  const { text, money, number, language } = words;
  if (milesAmount === 0)
    return text(isRecorded === true ? 'line.earns-nothing-recorded' : 'line.earns-nothing');
  const named = lines.flatMap((line) =>
    line.nameByLanguage === undefined || line.milesAmount === 0
      ? []
      : [`${line.nameByLanguage[language]} ${number(line.milesAmount)}`],
  );
  if (eligibleCents === preTaxCents) {
    if (named.length < 2) return text('line.earns', { count: milesAmount });
    return text('line.earns-by', { count: milesAmount, offers: named.join(', ') });
  }
  const amounts = { eligible: money(eligibleCents), amount: money(preTaxCents) };
  return text('line.earns-on', { count: milesAmount, ...amounts });
}

function messageText(message: Message, words: Words): string {
  const { text, money, number } = words;
  switch (message.kind) {
    case 'scan-refused':
      return text(scanText[message.code]);
    case 'refused':
      return faultText(message.fault, words);
    case 'miles-refused':
      return text(milesText[message.fault], { limit: number(message.milesLimit ?? 0) });
    case 'not-stored':
      return text(notStoredText[message.reason]);
    case 'sign-in-needed':
      return text('not-stored.sign-in-needed');
    case 'outcome-unknown':
      return text('line.outcome-unknown');
    case 'program-fault':
      return text('line.program-fault');
    case 'recorded-before':
      return text('line.recorded-before', { amount: money(message.sale.preTaxCents) });
    default:
      return assertNever(message);
  }
}

/** What is wrong with a field, in a sentence. */
export function faultText(fieldFault: FieldFault, words: Words): string {
  const { text } = words;
  if (fieldFault.field !== 'collector') return amountFaultText(fieldFault.field, fieldFault.fault, words);
  const { fault } = fieldFault;
  switch (fault.kind) {
    case 'empty':
      return text('fault.collector.empty');
    case 'not-digits':
      return text('fault.collector.not-digits');
    case 'wrong-start':
      return text('fault.collector.wrong-start', { start: fault.startsWith });
    case 'too-short':
      return text('fault.collector.too-short', { count: fault.missing });
    case 'too-long':
      return text('fault.collector.too-long', { count: fault.extra });
    case 'check-digit':
      return text('fault.collector.check-digit');
    default:
      return assertNever(fault);
  }
}

const EXAMPLE_CENTS = 24_97;

function amountFaultText(
  field: 'amount' | 'excluded' | keyof typeof taxText,
  fault: AmountFault,
  words: Words,
): string {
  const { text, money, amount } = words;
  const tax = field === 'amount' ? '' : text(field === 'excluded' ? 'excluded.label' : taxText[field]);
  const id = (forAmount: MessageId, forTax: MessageId): MessageId =>
    field === 'amount' ? forAmount : forTax;
  switch (fault.kind) {
    case 'empty':
      return text(id('fault.amount.empty', 'fault.tax.not-an-amount'), {
        tax,
        example: amount(EXAMPLE_CENTS),
      });
    case 'not-an-amount':
      return text(id('fault.amount.not-an-amount', 'fault.tax.not-an-amount'), {
        tax,
        example: amount(EXAMPLE_CENTS),
      });
    case 'negative':
      return text(id('fault.amount.negative', 'fault.tax.negative'), { tax });
    case 'zero':
      return text('fault.amount.zero');
    case 'too-many-decimals':
      return text(id('fault.amount.too-many-decimals', 'fault.tax.too-many-decimals'), { tax });
    case 'over-limit':
      return text(id('fault.amount.over-limit', 'fault.tax.over-limit'), {
        tax,
        limit: money(fault.limitCents),
      });
    default:
      return assertNever(fault);
  }
}

function scannerText(scanner: Status['scanner']): MessageId {
  if (scanner.state !== 'blocked') return 'line.scanner-lost';
  if (scanner.cause === 'permission') return 'line.scanner-permission';
  return scanner.cause === 'in-use' ? 'line.scanner-in-use' : 'line.scanner-other';
}

const scanText: Readonly<Record<(typeof scanRefusals)[number], MessageId>> = {
  'no-read': 'scan.no-read',
  incomplete: 'scan.incomplete',
  'too-long': 'scan.too-long',
  'bad-bytes': 'scan.bad-bytes',
  'two-codes': 'scan.two-codes',
  product: 'scan.product',
  'payment-card': 'scan.payment-card',
  'not-a-collector': 'scan.not-a-collector',
  'check-digit': 'scan.check-digit',
};

export const milesText: Readonly<Record<(typeof milesFaults)[number], MessageId>> = {
  'earns-nothing': 'refused.earns-nothing',
  'over-limit': 'refused.over-miles-limit',
  'no-offer-table': 'refused.no-offer-table',
};

export const notStoredText: Readonly<Record<(typeof notStoredReasons)[number], MessageId>> = {
  'disk-full': 'not-stored.disk-full',
  'read-only': 'not-stored.read-only',
  'disk-error': 'not-stored.disk-error',
  'queue-full': 'not-stored.queue-full',
  stopping: 'not-stored.stopping',
};
