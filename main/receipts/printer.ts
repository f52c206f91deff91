/** What the receipts need of a printer. It prints a job once and never again by itself; it never rejects. */
export interface ReceiptPrinter {
  print(job: { readonly jobId: string; readonly bytes: Uint8Array }): Promise<PrintOutcome>;
}

/** `failed`: nothing is on paper. `unknown`: some of it may be. `reason` is a stable word for the journal. */
export type PrintOutcome =
  | { readonly kind: 'printed' }
  | { readonly kind: 'no-printer' }
  | { readonly kind: 'failed' | 'unknown'; readonly reason: string };

/** Where the settings name no printer. */
export const noPrinter: ReceiptPrinter = { print: () => Promise.resolve({ kind: 'no-printer' }) };
