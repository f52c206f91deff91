import { useState } from 'react';
import type { DayOverview } from '../../../shared/contract/day.ts';
import { useClient, useWords } from '../../app/context.tsx';
import type { Message } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { saveFile } from './save-file.ts';
import { useApproval } from '../operators/approval.tsx';

/** The report to save or print, and the partner's transaction log. */
export function FilesStep({ overview }: { readonly overview: DayOverview }) {
  const { text, language } = useWords();
  const client = useClient();
  const withApproval = useApproval();
  const [told, setTold] = useState<{ readonly of: 'report' | 'log'; readonly message: Message } | null>(null);
  const { day, closing, reportFolder } = overview;

  const save = async (format: 'pdf' | 'csv'): Promise<void> => {
    const tell = (message: Message): void => setTold({ of: 'report', message });
    setTold(null);
    const result = await client.call('day.report', { day, format, language });
    if (result.kind === 'failure' || result.output.kind !== 'file') return tell(['day.failed']);
    saveFile(result.output);
    tell(['day.files.saved', { name: result.output.name }]);
  };
  const write = async (format: 'csv' | 'jsonl'): Promise<void> => {
    const tell = (message: Message): void => setTold({ of: 'log', message });
    setTold(null);
    const result = await withApproval((approval) => client.call('day.export', { day, format, approval }));
    if (result === null) return;
    if (result.kind === 'failure' || result.output.kind === 'approval-needed') tell(['day.failed']);
    else if (result.output.kind === 'not-written')
      tell(['day.files.not-written', { folder: result.output.folder }]);
    else {
      const { isNew, count, file } = result.output;
      tell(isNew ? ['day.files.written', { count, file }] : ['day.files.unchanged', { file }]);
    }
  };
  const toldOf = (part: 'report' | 'log') =>
    told?.of === part ? (
      <p role="status" className="day-path">
        {text(...told.message)}
      </p>
    ) : null;

  return (
    <>
      <section className="day-files">
        <h3>{text('day.files.report')}</h3>
        {closing === undefined ? (
          <p className="quiet">{text('day.files.closed-first')}</p>
        ) : (
          <>
            <div className="actions">
              <Button kind="main" onPress={() => void save('pdf')}>
                {text('day.files.save-pdf')}
              </Button>
              <Button kind="secondary" onPress={() => void save('csv')}>
                {text('day.files.save-csv')}
              </Button>
              <Button kind="secondary" onPress={() => window.print()}>
                {text('day.files.print')}
              </Button>
            </div>
            {toldOf('report')}
            <p className="quiet day-path">{text('day.files.in-folder', { folder: reportFolder })}</p>
          </>
        )}
      </section>
      <section className="day-files">
        <h3>{text('day.files.log')}</h3>
        <p className="quiet">{text('day.files.log-detail')}</p>
        <div className="actions">
          <Button kind="secondary" onPress={() => void write('csv')}>
            {text('day.files.log-csv')}
          </Button>
          <Button kind="secondary" onPress={() => void write('jsonl')}>
            {text('day.files.log-jsonl')}
          </Button>
        </div>
        {toldOf('log')}
      </section>
    </>
  );
}
