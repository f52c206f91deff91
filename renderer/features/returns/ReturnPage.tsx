import { useCallback, useEffect, useRef, useState } from 'react';
import type { Original } from '../../../shared/contract/returns.ts';
import type { Sale } from '../../../shared/contract/views.ts';
import { readReference } from '../../../shared/domain/receipt-code.ts';
import { useClient, useTerminal, useWords } from '../../app/context.tsx';
import type { Message } from '../../app/words.ts';
import { checkoutPage, type ReadCard } from '../../app/page.ts';
import { useMinute } from '../../app/use-now.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { useApproval } from '../operators/approval.tsx';
import { ElsewherePanel } from './ElsewherePanel.tsx';
import { Finder } from './Finder.tsx';
import { ReturnDone } from './ReturnDone.tsx';
import { OriginalPanel } from './OriginalPanel.tsx';
import type { Back } from './return-form.ts';
import { returnFaultText, returnNotStoredText } from './return-text.ts';
import { isDay, useFinder } from './use-finder.ts';
import { useKeying } from './use-keying.ts';

/** Takes Miles back for what a customer brings back: find the sale, say what comes back, a manager says yes. */
export function ReturnPage({ reference }: { readonly reference: string | undefined }) {
  const { text } = useWords();
  const terminal = useTerminal();
  const client = useClient();
  const withApproval = useApproval();
  const nowMs = useMinute();
  const { finding, find } = useFinder();
  const [asked, setAsked] = useState({ text: reference ?? '', day: '' });
  const [chosen, setChosen] = useState<Original>();
  const [fault, setFault] = useState<Message>();
  const [isBusy, setBusy] = useState(false);
  const [card, setCard] = useState<ReadCard>();
  const paperReference = finding.kind === 'not-found' ? readReference(finding.asked) : undefined;
  const isElsewhere = paperReference !== undefined;
  const [done, setDone] = useState<{ readonly sale: Sale; readonly isCancelled: boolean }>();
  useKeying(done === undefined && asked.text !== '');
  // One press, one key: pressing again after an answer that never came finds the first.
  const returnKey = useRef(crypto.randomUUID());

  const look = useCallback(
    async (wanted: string, day: string): Promise<void> => {
      setFault(undefined);
      setDone(undefined);
      setChosen(undefined);
      setCard(undefined);
      const [first, ...others] = await find(wanted, day);
      if (first !== undefined && others.length === 0) setChosen(first);
    },
    [find],
  );
  useEffect(() => {
    if (reference === undefined) return undefined;
    let isCurrent = true;
    const start = async (): Promise<void> => {
      const [first] = await find(reference, '');
      if (isCurrent) setChosen(first);
    };
    void start();
    return () => {
      isCurrent = false;
    };
  }, [reference, find]);

  // A receipt or a card scanned here says which sale; while a press is on its way it is not the next one's turn.
  useEffect(
    () =>
      terminal.takeScans((scan) => {
        if (isBusy || (scan.kind !== 'receipt' && scan.kind !== 'collector')) return;
        if (scan.kind === 'collector' && isElsewhere) {
          // Beside a paper of another terminal it is the card that paper was given for.
          setCard(scan);
          return;
        }
        const wanted = scan.kind === 'receipt' ? scan.reference : scan.collectorNumber;
        setAsked({ text: wanted, day: '' });
        void look(wanted, '');
      }),
    [terminal, look, isBusy, isElsewhere],
  );

  async function takeBack(original: Original, back: Back): Promise<void> {
    setBusy(true);
    setFault(undefined);
    const input = { returnKey: returnKey.current, seq: original.sale.seq, ...back };
    const result = await withApproval((approval) =>
      client.call('returns.record', { ...input, ...(approval === undefined ? {} : { approval }) }),
    );
    setBusy(false);
    if (result === null) return;
    if (result.kind === 'failure') {
      setFault(['return.not-answered']);
      return;
    }
    const reply = result.output;
    switch (reply.kind) {
      case 'recorded':
      case 'cancelled':
        returnKey.current = crypto.randomUUID();
        setDone({ sale: reply.sale, isCancelled: reply.kind === 'cancelled' });
        break;
      case 'refused':
        setChosen(reply.original);
        setFault([returnFaultText[reply.fault]]);
        break;
      case 'not-stored':
        setFault([returnNotStoredText[reply.reason]]);
        break;
      case 'approval-needed':
        break;
    }
  }

  return (
    <PageFrame title={text('return.title')}>
      {done === undefined ? (
        <div className="split">
          <Finder
            {...asked}
            today={new Date(nowMs).toISOString().slice(0, 10)}
            finding={finding}
            chosenSeq={chosen?.sale.seq}
            onText={(wanted) => setAsked({ ...asked, text: wanted })}
            onDay={(day) => setAsked({ ...asked, day })}
            onFind={() => void look(asked.text, asked.day)}
            onReference={(wanted) => {
              setAsked({ text: wanted, day: '' });
              void look(wanted, '');
            }}
            onChoose={(seq) => {
              setFault(undefined);
              setChosen(
                finding.kind === 'found' ? finding.originals.find(({ sale }) => sale.seq === seq) : undefined,
              );
            }}
          />
          {isElsewhere ? (
            <ElsewherePanel
              key={`${paperReference} ${card?.collectorNumber ?? ''}`}
              reference={paperReference}
              transactionDay={isDay(asked.day) ? asked.day : undefined}
              card={card}
            />
          ) : chosen === undefined ? (
            <div className="empty">
              <strong>{text('return.empty')}</strong>
              <p>{text('return.empty-detail')}</p>
            </div>
          ) : (
            <OriginalPanel
              key={`${chosen.sale.seq} ${chosen.returns.length}`}
              original={chosen}
              fault={fault === undefined ? undefined : text(...fault)}
              isBusy={isBusy}
              takesFocus={finding.kind === 'found' && finding.originals.length === 1}
              onReturn={(back) => void takeBack(chosen, back)}
            />
          )}
        </div>
      ) : (
        <ReturnDone
          sale={done.sale}
          line={text(done.isCancelled ? 'return.done.cancelled' : 'return.done.recorded')}
          onNext={() => {
            setDone(undefined);
            setChosen(undefined);
            setAsked({ text: '', day: '' });
            void find('', '');
          }}
          onCheckout={() => terminal.open(checkoutPage)}
        />
      )}
    </PageFrame>
  );
}
