import type { Page } from '@playwright/test';
import { checkDigitOf } from '../../../shared/domain/collector-number.ts';
import type { EntryMode } from '../../../shared/domain/collector-number.ts';

/** What the form must hold: exactly what a person typed there, or what was scanned. */
export interface Form {
  readonly collector: string;
  readonly amount: string;
  readonly entryMode: EntryMode;
}

export const emptyForm: Form = { collector: '', amount: '', entryMode: 'keyed' };

/** What stands on the checkout. */
export interface Screen {
  readonly collector: string;
  readonly amount: string;
  /** The field that has the focus, else nothing. */
  readonly focus: string;
  /** Where the focused field's caret is: all of it selected, at its end, or elsewhere. */
  readonly caret: 'all' | 'end' | 'elsewhere';
  readonly line: string;
  /** Fields that are computed and that somebody seems to have corrected. */
  readonly corrected: number;
}

export async function readScreen(page: Page): Promise<Screen> {
  return await page.evaluate(() => {
    const valueOf = (field: string): string =>
      document.querySelector<HTMLInputElement>(`[data-field="${field}"]`)?.value ?? '?';
    const active = document.activeElement;
    const input = active instanceof HTMLInputElement ? active : null;
    const [start, end, length] = [
      input?.selectionStart ?? 0,
      input?.selectionEnd ?? 0,
      input?.value.length ?? 0,
    ];
    const caret = start === length ? 'end' : start === 0 && end === length ? 'all' : 'elsewhere';
    return {
      collector: valueOf('collector'),
      amount: valueOf('amount'),
      focus: input?.dataset['field'] ?? '',
      caret,
      line: document.querySelector('.line-text')?.textContent ?? '',
      corrected: document.querySelectorAll('.field-tax[data-corrected]').length,
    } as const;
  });
}

/** Why the screen does not hold what it must; undefined where it does. The Collector Number itself is never said. */
export function differenceOf(screen: Screen, form: Form, isFrench: boolean): string | undefined {
  if (screen.collector.replaceAll(/\s/g, '') !== form.collector) {
    return `the Collector field holds ${screen.collector.length} characters that nobody put there`;
  }
  const shown = screen.focus === 'amount' ? screen.amount : plainAmount(screen.amount, isFrench);
  const due = screen.focus === 'amount' ? form.amount : plainAmount(form.amount, isFrench);
  if (shown !== due) return `the amount is “${screen.amount}”, and “${form.amount}” was typed`;
  return screen.corrected === 0 ? undefined : 'a tax counts as corrected, and nobody corrected it';
}

/** An amount as a number, whether it is shown as typed or as money. */
function plainAmount(text: string, isFrench: boolean): string {
  const bare = text.replaceAll(/[\s$]/g, '');
  const number = isFrench ? bare.replace(',', '.') : bare.replaceAll(',', '');
  return /^\d+\.?\d{0,2}$/.test(number) ? Number(number).toFixed(2) : bare;
}

export function isWhole(collector: string): boolean {
  return /^8\d{10}$/.test(collector) && checkDigitOf(collector.slice(0, 10)) === Number(collector[10]);
}

/** In cents; undefined for what can not be sold. */
export function centsTyped(amount: string): number | undefined {
  if (!/^\d+([.,]\d{0,2})?$/.test(amount)) return undefined;
  const [dollars = '', decimals = ''] = amount.split(/[.,]/);
  return Number(dollars) * 100 + Number(decimals.padEnd(2, '0'));
}
