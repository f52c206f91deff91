import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { KeyedFrame } from './KeyedFrame.tsx';
import { useCollector } from './use-collector.ts';
import { useKeyed } from './use-keyed.ts';

type Options = CallOutput<'corrections.options'>;
type Direction = 'add' | 'take-back';

/** Miles added or taken back by hand, where the partner calculates; elsewhere it says why there is none. */
export function CorrectionPage() {
  const { text } = useWords();
  const client = useClient();
  const [options, setOptions] = useState<Options>();
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const result = await client.call('corrections.options', {});
      if (isCurrent && result.kind === 'answer') setOptions(result.output);
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [client]);
  if (options === undefined) return <PageFrame title={text('correction.title')}>{null}</PageFrame>;
  if (options.offers.length === 0) {
    return (
      <PageFrame title={text('correction.title')}>
        <div className="empty">
          <strong>{text('correction.none')}</strong>
          <p>{text('correction.none-detail')}</p>
        </div>
      </PageFrame>
    );
  }
  return <CorrectionForm options={options} />;
}

function CorrectionForm({ options }: { readonly options: Options }) {
  const { text, number, language } = useWords();
  const client = useClient();
  const { fault, isBusy, done, record } = useKeyed();
  const { collectorText, entryMode, setCollectorText } = useCollector({
    takesScans: !isBusy && done === undefined,
  });
  const [direction, setDirection] = useState<Direction>('add');
  const [offerCode, setOfferCode] = useState(options.offers[0]?.offerCode ?? '');
  const [form, setForm] = useState({ milesText: '', reason: '' });
  const milesAmount = /^\d{1,7}$/.test(form.milesText.trim()) ? Number(form.milesText) : 0;
  const isReady = collectorText.trim() !== '' && milesAmount > 0 && form.reason.trim() !== '';

  function press(): void {
    const { reason } = form;
    void record<'corrections.record'>((correctionKey, approval) =>
      client.call('corrections.record', {
        correctionKey,
        collectorText,
        entryMode,
        direction,
        milesAmount,
        offerCode,
        reason,
        ...approval,
      }),
    );
  }

  return (
    <KeyedFrame
      title={text('correction.title')}
      intro={text('correction.intro', { limit: number(options.milesLimit) })}
      press={text(direction === 'add' ? 'correction.press-add' : 'correction.press-take-back', {
        count: milesAmount,
      })}
      isReady={isReady}
      isBusy={isBusy}
      fault={fault}
      done={done}
      onPress={press}
    >
      <Segments
        label={text('correction.direction')}
        value={direction}
        choices={[
          { value: 'add', label: text('correction.add') },
          { value: 'take-back', label: text('correction.take-back') },
        ]}
        onChange={setDirection}
      />
      <div className="keyed-pair">
        <TextField
          label={text('collector.label')}
          isFigure
          maxLength={32}
          value={collectorText}
          onChange={setCollectorText}
        />
        <TextField
          label={text('correction.miles')}
          isFigure
          value={form.milesText}
          onChange={(milesText) => setForm({ ...form, milesText })}
        />
      </div>
      <Segments
        label={text('correction.offer')}
        value={offerCode}
        choices={options.offers.map((offer) => ({
          value: offer.offerCode,
          label: `${offer.nameByLanguage[language]} · ${offer.offerCode}`,
        }))}
        onChange={setOfferCode}
      />
      <TextField
        label={text('keyed.reason')}
        maxLength={200}
        value={form.reason}
        onChange={(reason) => setForm({ ...form, reason })}
      />
    </KeyedFrame>
  );
}
