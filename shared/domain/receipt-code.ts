const PREFIX = 'MP-';
const CODE = /^MP-([0-9A-HJKMNP-TV-Z]{12})$/;

/** What a receipt's scannable code holds: the sale's reference, told from every other code by its beginning. */
export const receiptCodeOf = (reference: string): string => `${PREFIX}${reference}`;

/** The reference in a scanned receipt code; undefined where it is none. */
export function readReceiptCode(text: string): string | undefined {
  return CODE.exec(text.trim().toUpperCase())?.[1];
}

/** A reference as people key it from paper: spaces, hyphens and small letters do not count, nor does the code's beginning. */
export function readReference(text: string): string | undefined {
  const bare = text.toUpperCase().replaceAll(/[\s\u00a0\u202f-]/g, '');
  const reference = bare.length > 12 && bare.startsWith('MP') ? bare.slice(2) : bare;
  return readReceiptCode(`${PREFIX}${reference}`);
}
