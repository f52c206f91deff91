import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';

const reasonText = {
  'disk-full': 'devices.sheets.disk-full',
  'not-permitted': 'devices.sheets.not-permitted',
  other: 'devices.sheets.other',
} as const;

/** Set-up sheets for IT, as a PDF to print. */
export function Sheets() {
  const { text } = useWords();
  const client = useClient();
  const [reply, setReply] = useState<CallOutput<'devices.sheets'> | 'no-answer' | null>(null);
  const write = async (): Promise<void> => {
    const result = await client.call('devices.sheets', {});
    setReply(result.kind === 'answer' ? result.output : 'no-answer');
  };
  return (
    <div className="device-detail">
      <h2 className="panel-title">{text('devices.sheets')}</h2>
      <p>{text('devices.sheets.what')}</p>
      <div className="actions">
        <Button kind="main" onPress={() => void write()}>
          {text('devices.sheets.write')}
        </Button>
      </div>
      <p role="status">{reply === null ? null : <Reply reply={reply} />}</p>
    </div>
  );
}

function Reply({ reply }: { readonly reply: CallOutput<'devices.sheets'> | 'no-answer' }) {
  const { text } = useWords();
  if (reply === 'no-answer') return text('devices.sheets.other');
  if (reply.kind === 'not-written') return text(reasonText[reply.reason]);
  return (
    <>
      {text('devices.sheets.written')} <bdi className="device-file">{reply.file}</bdi>
    </>
  );
}
