/** A field of a CSV line, in quotes where it needs them (RFC 4180). */
export function csvField(value: string | number | undefined): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Integer cents as dollars with two decimals and a point, whatever the language: -5000 is `-50.00`. */
export function plainDollars(amountCents: number): string {
  const digits = String(Math.abs(amountCents)).padStart(3, '0');
  return `${amountCents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
