import { useState } from 'react';
import { cents, readAmount } from '../../../shared/domain/money.ts';
import { taxesOn } from '../../../shared/domain/tax.ts';
import { useClient, useSnapshot, useTerminal, useWords } from '../../app/context.tsx';
import type { PaperSale } from '../../app/page.ts';
import { TextField } from '../../ui/TextField.tsx';
import { KeyedFrame } from './KeyedFrame.tsx';
import { useCollector } from './use-collector.ts';
import { useKeyed } from './use-keyed.ts';

const nothing = { amountText: '', milesText: '', paperReference: '', reason: '' };

/** A return whose sale this terminal does not know: a manager keys it from the paper, and says why. */
export function KeyedReturnPage({ paper }: { readonly paper: PaperSale | undefined }) {
  const { text, amount, money } = useWords();
  const client = useClient();
  const terminal = useTerminal();
  const { amountLimitCents, asksExcluded: isPartner, taxRates } = useSnapshot();
  const [form, setForm] = useState({
    ...nothing,
    paperReference: paper?.paperReference ?? '',
    milesText: paper?.milesText ?? '',
  });
  const { fault, isBusy, done, record } = useKeyed();
  const { collectorText, entryMode, setCollectorText } = useCollector({
    text: paper?.collectorText,
    card: paper?.card,
    takesScans: !isBusy && done === undefined,
  });
  const limitCents = cents(amountLimitCents);
  const reading = readAmount(form.amountText, { limitCents, zeroAllowed: false });
  const milesAmount = /^\d{1,7}$/.test(form.milesText.trim()) ? Number(form.milesText) : undefined;
  const isReady =
    collectorText.trim() !== '' &&
    reading.kind === 'valid' &&
    form.reason.trim() !== '' &&
    (!isPartner || milesAmount !== undefined);
  const set = (changes: Partial<typeof nothing>): void => setForm({ ...form, ...changes });

  function press(): void {
    if (reading.kind !== 'valid') return;
    const { paperReference, reason } = form;
    const preTaxCents = reading.amountCents;
    void record<'returns.recordKeyed'>((returnKey, approval) =>
      client.call('returns.recordKeyed', {
        returnKey,
        collectorText,
        entryMode,
        preTaxCents,
        taxes: taxesOn(preTaxCents, taxRates),
        ...(isPartner && milesAmount !== undefined ? { milesAmount } : {}),
        paperReference,
        reason,
        ...approval,
      }),
    );
  }

  return (
    <KeyedFrame
      title={text('keyed.title')}
      intro={text('keyed.intro')}
      press={text('keyed.press')}
      isReady={isReady}
      isBusy={isBusy}
      fault={fault}
      done={done}
      onPress={press}
      onBack={() => terminal.open({ name: 'return' })}
    >
      <div className="keyed-pair">
        <TextField
          label={text('collector.label')}
          isFigure
          maxLength={32}
          value={collectorText}
          onChange={setCollectorText}
        />
        <TextField
          label={text('keyed.reference')}
          maxLength={64}
          value={form.paperReference}
          onChange={(paperReference) => set({ paperReference })}
        />
      </div>
      <div className="keyed-pair">
        <TextField
          label={text('keyed.amount')}
          isFigure
          placeholder={amount(0)}
          value={form.amountText}
          onChange={(amountText) => set({ amountText })}
          fault={
            reading.kind === 'fault' && reading.fault.kind === 'over-limit'
              ? text('fault.amount.over-limit', { limit: money(limitCents) })
              : undefined
          }
        />
        {isPartner ? (
          <TextField
            label={text('keyed.miles')}
            isFigure
            value={form.milesText}
            onChange={(milesText) => set({ milesText })}
          />
        ) : null}
      </div>
      <TextField
        label={text('keyed.reason')}
        maxLength={200}
        value={form.reason}
        onChange={(reason) => set({ reason })}
      />
    </KeyedFrame>
  );
}
