const SEPARATORS = /[\s\u00a0\u202f-]/g;
const GROUPS = [4, 3, 4] as const;

/** What a draft keeps of a typed Collector Number: its digits, or exactly what was typed where it is not digits. */
export function bareCollectorText(typed: string): string {
  const digits = typed.replaceAll(SEPARATORS, '');
  return /^\d*$/.test(digits) ? digits.slice(0, 64) : typed.slice(0, 64);
}

/** Digits the way the card prints them, `8000 000 0007`; further digits stay in the last group. */
export function groupCollector(text: string): string {
  if (!/^\d+$/.test(text)) return text;
  const [first, second] = GROUPS;
  const parts = [text.slice(0, first), text.slice(first, first + second), text.slice(first + second)];
  return parts.filter((part) => part !== '').join(' ');
}

/** Where the caret belongs in a grouped text so that as many digits stand before it as before the grouping. */
export function caretAfterDigits(grouped: string, digitCount: number): number {
  let seen = 0;
  for (let index = 0; index < grouped.length; index += 1) {
    if (seen === digitCount) return index;
    if (/\d/.test(grouped[index] ?? '')) seen += 1;
  }
  return grouped.length;
}

/** How many digits stand before a caret. */
export function digitsBefore(text: string, caret: number): number {
  return text.slice(0, caret).replaceAll(/\D/g, '').length;
}
