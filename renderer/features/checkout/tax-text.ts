import type { TaxName } from '../../../shared/domain/tax.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';

/** What each tax is called. */
export const taxText: Readonly<Record<TaxName, MessageId>> = {
  gst: 'tax.gst',
  hst: 'tax.hst',
  pst: 'tax.pst',
  qst: 'tax.qst',
};
