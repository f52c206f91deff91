import { useCallback, useEffect, useState } from 'react';
import type { Difference, Reconciliation, RepairKind } from '../../../shared/contract/day.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { NoteSheet } from './NoteSheet.tsx';
import { useApproval } from '../operators/approval.tsx';

interface DifferencesProps {
  readonly reconciliation: Reconciliation;
  readonly onChanged: () => Promise<void>;
}

const PAGE = 50;

const kindText: Readonly<Record<Difference['kind'], MessageId>> = {
  'missing-there': 'day.difference.missing-there',
  'missing-here': 'day.difference.missing-here',
  different: 'day.difference.different',
  'not-asked': 'day.difference.not-asked',
};
const repairText: Readonly<Record<RepairKind, MessageId>> = {
  'send-again': 'day.repair.send-again',
  park: 'day.repair.park',
  'take-theirs': 'day.repair.take-theirs',
  note: 'day.repair.note',
};
const doneText: Readonly<Record<RepairKind, MessageId>> = {
  'send-again': 'day.repair.done.send-again',
  park: 'day.repair.done.park',
  'take-theirs': 'day.repair.done.take-theirs',
  note: 'day.repair.done.note',
};

/** What does not agree, each with what can be done about it. */
export function Differences({ reconciliation, onChanged }: DifferencesProps) {
  const { text } = useWords();
  const client = useClient();
  const withApproval = useApproval();
  const [shown, setShown] = useState<readonly Difference[]>([]);
  const [limit, setLimit] = useState(PAGE);
  const [noting, setNoting] = useState<Difference | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const { id, differences } = reconciliation;
  const wanted = Math.min(differences, limit);

  const read = useCallback(
    (): Promise<void> =>
      Promise.all(
        Array.from({ length: Math.ceil(wanted / PAGE) }, (_, page) =>
          client.call('day.differences', { reconciliation: id, offset: page * PAGE, limit: PAGE }),
        ),
      ).then((pages) =>
        setShown(pages.flatMap((page) => (page.kind === 'answer' ? page.output.differences : []))),
      ),
    [client, id, wanted],
  );
  useEffect(() => void read(), [read]);

  const repair = async (difference: Difference, how: RepairKind, why: string): Promise<void> => {
    setMessage(null);
    const result = await withApproval((approval) =>
      client.call('day.repair', { difference: difference.id, how, why, approval }),
    );
    if (result === null) return;
    if (result.kind === 'failure') setMessage(text('day.failed'));
    else if (result.output.kind === 'not-possible') setMessage(text('day.repair.not-possible'));
    await Promise.all([read(), onChanged()]);
  };

  return (
    <div className="day-differences">
      {message === null ? null : <p role="alert">{message}</p>}
      <ul>
        {shown.map((difference) => (
          <li key={difference.id} className="day-difference">
            <DifferenceWords difference={difference} />
            <div className="actions">
              {difference.repairs.map((how) => (
                <Button
                  key={how}
                  kind="secondary"
                  onPress={() => (how === 'note' ? setNoting(difference) : void repair(difference, how, ''))}
                >
                  {text(repairText[how])}
                </Button>
              ))}
            </div>
          </li>
        ))}
      </ul>
      {differences > shown.length && shown.length >= PAGE ? (
        <Button kind="secondary" onPress={() => setLimit(limit + PAGE)}>
          {text('day.difference.more')}
        </Button>
      ) : null}
      {noting === null ? null : (
        <NoteSheet
          onClose={() => setNoting(null)}
          onNote={(why) => {
            setNoting(null);
            void repair(noting, 'note', why);
          }}
        />
      )}
    </div>
  );
}

function DifferenceWords({ difference }: { readonly difference: Difference }) {
  const { text, number } = useWords();
  const { kind, collectorMasked, reference, milesHere, milesThere, detail, repairedAs } = difference;
  const miles = (value: number | undefined): string =>
    value === undefined ? text('day.difference.nothing') : number(value);
  return (
    <div className="day-difference-words">
      <strong>{text(kindText[kind])}</strong>
      <span>
        {reference ?? ''} {collectorMasked}
      </span>
      {kind === 'not-asked' ? (
        <span className="quiet">{detail ?? ''}</span>
      ) : (
        <span className="quiet">
          {text('day.difference.figures', { here: miles(milesHere), there: miles(milesThere) })}
        </span>
      )}
      {difference.isWithoutOriginal ? <span className="quiet">{text('sale.without-original')}</span> : null}
      {repairedAs === undefined ? null : <span className="day-repaired">{text(doneText[repairedAs])}</span>}
    </div>
  );
}
