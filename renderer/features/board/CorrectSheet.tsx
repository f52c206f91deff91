import { useState } from 'react';
import type { Story } from '../../../shared/contract/board.ts';
import { useClient, useSnapshot, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { taxText } from '../checkout/tax-text.ts';
import {
  correctInput,
  correctionFaults,
  readCorrection,
  refusalText,
  startCorrection,
  type Correction,
} from './correction.ts';
import { saidNothing, saidNotPossible, type Said } from './said.ts';
import { SheetActions } from './WhySheet.tsx';
import { useApproval } from '../operators/approval.tsx';
import { useKeying } from '../returns/use-keying.ts';

interface CorrectSheetProps {
  readonly story: Story;
  readonly onClose: () => void;
  /** `seq`: the corrected transaction, where there is one now. */
  readonly onEnd: (said: Said, seq?: number) => void;
}

/** A refused sale, to be put right and sent anew. The Collector Number itself never comes here: it is kept, or keyed again. */
export function CorrectSheet({ story, onClose, onEnd }: CorrectSheetProps) {
  const words = useWords();
  const { text, amount } = words;
  const snapshot = useSnapshot();
  const client = useClient();
  const withApproval = useApproval();
  useKeying(true);
  /** One key for this sheet: pressed again, it finds the first. */
  const [saleKey] = useState(() => crypto.randomUUID());
  const [correction, setCorrection] = useState(() => startCorrection(story, snapshot, amount));
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Parameters<typeof refusalText>[0] | null>(null);
  const entry = readCorrection(correction, snapshot);
  const faults = isAsked ? correctionFaults(correction, entry, words) : {};
  const { sale } = story;

  function change(changes: Partial<Correction>): void {
    setRefusal(null);
    setCorrection((before) => ({ ...before, ...changes }));
  }
  async function send(): Promise<void> {
    setAsked(true);
    const input = correctInput(sale.seq, saleKey, correction, entry);
    if (input === null || isBusy) return;
    setBusy(true);
    const result = await withApproval((approval) => client.call('board.correct', { ...input, approval }));
    setBusy(false);
    if (result === null) return;
    if (result.kind === 'failure') {
      onEnd(saidNothing);
      return;
    }
    const { output } = result;
    if (output.kind === 'recorded') {
      const { seq, reference } = output.sale;
      onEnd({ isGood: true, about: ['board.said.corrected', { reference }] }, seq);
    } else if (output.kind === 'refused' || output.kind === 'not-stored') {
      setRefusal(output);
    } else onEnd(saidNotPossible);
  }

  return (
    <Sheet title={text('board.decide.correct')} onClose={onClose}>
      <form
        className="board-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p>{text('board.correct.means', { reference: sale.reference })}</p>
        {correction.isCollectorKept ? (
          <div className="board-kept">
            <span className="field-label">{text('collector.label')}</span>
            <strong>{sale.collectorMasked}</strong>
            <Button kind="secondary" onPress={() => change({ isCollectorKept: false })}>
              {text('board.correct.other-collector')}
            </Button>
          </div>
        ) : (
          <TextField
            label={text('collector.label')}
            value={correction.collectorText}
            onChange={(collectorText) => change({ collectorText })}
            isFigure
            maxLength={32}
            isFirst
            fault={faults.collector}
          />
        )}
        <TextField
          label={text('amount.label')}
          value={correction.amountText}
          onChange={(amountText) => change({ amountText })}
          isFigure
          maxLength={32}
          isFirst={correction.isCollectorKept}
          fault={faults.amount}
        />
        {entry.excluded === null ? null : (
          <TextField
            label={text('excluded.label')}
            value={correction.excludedText}
            onChange={(excludedText) => change({ excludedText })}
            isFigure
            maxLength={32}
            fault={faults.excluded}
          />
        )}
        {entry.taxes.map(({ name, computedCents }) => (
          <TextField
            key={name}
            label={text(taxText[name])}
            value={correction.taxTexts[name] ?? (computedCents === null ? '' : amount(computedCents))}
            onChange={(typed) => change({ taxTexts: { ...correction.taxTexts, [name]: typed } })}
            isFigure
            maxLength={32}
            fault={faults[name]}
          />
        ))}
        {refusal === null ? null : (
          <p className="field-fault" role="alert">
            {refusalText(refusal, words)}
          </p>
        )}
        <SheetActions confirm={text('board.decide.correct')} isBusy={isBusy} onClose={onClose} />
      </form>
    </Sheet>
  );
}
