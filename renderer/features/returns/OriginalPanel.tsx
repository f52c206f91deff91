import { useState } from 'react';
import type { Original } from '../../../shared/contract/returns.ts';
import { useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { Key } from '../../ui/Key.tsx';
import { useFirstFocus } from '../../ui/use-first-focus.ts';
import { TableHead } from '../../ui/TableHead.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { outcomeWord } from '../sales/outcome-text.ts';
import { everythingLeft, isEverything, readBack, readPart, type Back } from './return-form.ts';
import { backFaultText, hindranceText, partText, pressText, returnLine } from './return-text.ts';
import { useTakesBack } from './use-takes-back.ts';

interface OriginalPanelProps {
  readonly original: Original;
  /** What main said of the last press, where it refused. */
  readonly fault: string | undefined;
  readonly isBusy: boolean;
  /** The only sale there is: the next key is about it. Of several, the list keeps the arrows. */
  readonly takesFocus: boolean;
  readonly onReturn: (back: Back) => void;
}

/** The right side: the sale as it was, what is left of it, and what comes back. */
export function OriginalPanel({ original, fault, isBusy, takesFocus, onReturn }: OriginalPanelProps) {
  const words = useWords();
  const { text, money, amount, miles, time } = words;
  const form = useFirstFocus<HTMLFormElement>(takesFocus ? 'input:not(:disabled)' : null);
  const [texts, setTexts] = useState(() => everythingLeft(original, amount));
  const { sale, parts, hindrance } = original;
  const back = hindrance === undefined ? readBack(original, texts) : undefined;
  const milesBack = useTakesBack(sale.seq, back);
  const isCancelling = back !== undefined && original.isUnsent && isEverything(original, back);
  return (
    <form
      ref={form}
      className="panel original"
      onSubmit={(event) => {
        event.preventDefault();
        if (back !== undefined && !isBusy) onReturn(back);
      }}
    >
      <header className="original-head">
        <h2 className="panel-title">{text('return.sale', { reference: sale.reference })}</h2>
        <p className="quiet">
          {text('return.sale-facts', {
            collector: sale.collectorMasked,
            day: sale.transactionDay,
            time: time(sale.recordedAtMs),
            outcome: text(outcomeWord(sale)),
          })}
        </p>
      </header>
      <table className="parts">
        <TableHead
          columns={[
            { label: text('return.part') },
            { label: text('return.sold'), isFigure: true },
            { label: text('return.returned'), isFigure: true },
            { label: text('return.left'), isFigure: true },
            { label: text('return.comes-back'), isFigure: true },
          ]}
        />
        <tbody>
          {parts.map(({ part, soldCents, returnedCents, leftCents }) => (
            <tr key={part}>
              <th scope="row">{text(partText[part])}</th>
              <td className="figure">{money(soldCents)}</td>
              <td className="figure">{money(returnedCents)}</td>
              <td className="figure">{money(leftCents)}</td>
              <td>
                <TextField
                  label={text('return.comes-back-part', { part: text(partText[part]) })}
                  isFigure
                  value={texts[part]}
                  onChange={(typed) => setTexts({ ...texts, [part]: typed })}
                  isDisabled={hindrance !== undefined || leftCents === 0}
                  data-part={part}
                  fault={backFaultText(readPart(original, part, texts), words)}
                />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text('return.miles')}</th>
            <td className="figure">
              {original.milesAmount === undefined
                ? text('return.miles-unknown')
                : miles(original.milesAmount)}
            </td>
            <td className="figure">{miles(original.milesReturned)}</td>
            <td className="figure" colSpan={2}>
              <strong>{milesBack === undefined ? '' : miles(milesBack)}</strong>
            </td>
          </tr>
        </tfoot>
      </table>
      <p
        className="original-line"
        aria-live="polite"
        data-fault={fault !== undefined || hindrance !== undefined || undefined}
      >
        {fault ??
          (hindrance === undefined
            ? returnLine(original, milesBack, isCancelling, words)
            : text(hindranceText[hindrance]))}
      </p>
      <Button
        kind="primary"
        type="submit"
        isReady={back !== undefined && !isBusy}
        isDisabled={back === undefined}
      >
        <span>{pressText(milesBack, isCancelling, words)}</span>
        <Key name="enter" />
        {isBusy ? <span className="progress-line issue-progress" aria-hidden="true" /> : null}
      </Button>
      {original.returns.length === 0 ? null : (
        <section className="original-returns">
          <h3 className="field-label">{text('return.earlier')}</h3>
          <ul>
            {original.returns.map((one) => (
              <li key={one.seq}>
                <span className="figure">{money(one.preTaxCents)}</span>
                <span>{one.milesAmount === undefined ? '' : miles(one.milesAmount)}</span>
                <span>{text(outcomeWord(one))}</span>
                <span className="quiet">{`${one.transactionDay} ${time(one.recordedAtMs)} · ${one.reference}`}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </form>
  );
}
