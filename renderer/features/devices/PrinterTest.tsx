import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';

type Result = CallOutput<'devices.testPrint'>['result'];

const resultText = {
  printed: 'devices.print.printed',
  failed: 'devices.print.failed',
  'no-printer': 'devices.print.no-printer',
  unknown: 'devices.print.unknown',
} as const satisfies Record<Result, string>;

/** Prints a few lines, to see that the printer is there. */
export function PrinterTest() {
  const { text } = useWords();
  const client = useClient();
  const [result, setResult] = useState<Result | 'printing' | null>(null);
  const print = async (): Promise<void> => {
    setResult('printing');
    const answer = await client.call('devices.testPrint', {});
    // No answer in time: the printer is still being waited for, and may print yet.
    setResult(answer.kind === 'answer' ? answer.output.result : 'unknown');
  };
  return (
    <>
      <h3 className="device-part">{text('devices.print')}</h3>
      <div className="actions">
        <Button kind="secondary" isDisabled={result === 'printing'} onPress={() => void print()}>
          {text('devices.print.test')}
        </Button>
        <p role="status">
          {result === null
            ? null
            : text(result === 'printing' ? 'devices.print.printing' : resultText[result])}
        </p>
      </div>
    </>
  );
}
