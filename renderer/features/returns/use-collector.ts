import { useEffect, useState } from 'react';
import type { EntryMode } from '../../../shared/domain/collector-number.ts';
import { useTerminal } from '../../app/context.tsx';
import type { ReadCard } from '../../app/page.ts';

/**
 * The Collector of a keyed form: what is keyed, or the card that is scanned while the form is open, whatever has the focus.
 * Its entry mode is the card's until a key changes it. A receipt leads to the return of its sale. `takesScans`: false while
 * the form is on its way or done. `card`: read before the form was opened.
 */
export function useCollector({ text = '', card, takesScans }: CollectorOptions) {
  const terminal = useTerminal();
  const [collectorText, setCollectorText] = useState(text);
  const [readCard, setReadCard] = useState(card);
  useEffect(() => {
    if (!takesScans) return undefined;
    return terminal.takeScans((scan) => {
      if (scan.kind === 'receipt') terminal.open({ name: 'return', reference: scan.reference });
      if (scan.kind !== 'collector') return;
      setReadCard(scan);
      setCollectorText(scan.collectorNumber);
    });
  }, [terminal, takesScans]);
  const entryMode: EntryMode =
    readCard !== undefined && readCard.collectorNumber === collectorText ? readCard.entryMode : 'keyed';
  return { collectorText, entryMode, setCollectorText };
}

interface CollectorOptions {
  readonly text?: string | undefined;
  readonly card?: ReadCard | undefined;
  readonly takesScans: boolean;
}
