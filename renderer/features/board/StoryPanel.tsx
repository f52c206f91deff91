import { useImperativeHandle, useState, type Ref } from 'react';
import type { DecisionKind, Story } from '../../../shared/contract/board.ts';
import { useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { EscapeButton } from '../../ui/EscapeButton.tsx';
import { OutcomeShape } from '../../ui/Shape.tsx';
import { lookOf, outcomeWord } from '../sales/outcome-text.ts';
import { CorrectSheet } from './CorrectSheet.tsx';
import { kindText, signedMiles } from './row-text.ts';
import { decisionText, saidText, type Said } from './said.ts';
import { StoryHelp } from './StoryHelp.tsx';
import { StoryLines } from './StoryLines.tsx';
import { useDecisions } from './use-decisions.ts';
import { useStory } from './use-story.ts';
import { WhySheet } from './WhySheet.tsx';

/** What the page's keys reach of the panel. */
export interface StoryActions {
  /** The decision behind a digit; false where there is none. */
  decide(place: number): boolean;
}

interface StoryPanelProps {
  readonly seq: number;
  readonly actions: Ref<StoryActions>;
  readonly onOpen: (seq: number) => void;
  readonly onClose: () => void;
  readonly onDecided: () => void;
}

/** One transaction's whole life, and what can be done about it. */
export function StoryPanel({ seq, actions, onOpen, onClose, onDecided }: StoryPanelProps) {
  const { text } = useWords();
  const { shown, reload } = useStory(seq);
  const [told, setTold] = useState<{ readonly seq: number; readonly said: Said | null } | null>(null);
  return (
    <aside className="panel board-story" aria-label={text('story.label')}>
      {shown.kind === 'story' ? (
        <StoryOf
          key={shown.sale.seq}
          story={shown}
          said={told?.seq === shown.sale.seq ? told.said : null}
          actions={actions}
          onClose={onClose}
          onSaid={(said, about = shown.sale.seq) => {
            setTold({ seq: about, said });
            if (said === null) return;
            onDecided();
            if (about === shown.sale.seq) void reload();
            else onOpen(about);
          }}
        />
      ) : (
        <div className="empty">
          {shown.kind === 'loading' ? null : <span>{text('board.said.no-answer')}</span>}
          <EscapeButton label={text('action.close')} onPress={onClose} />
        </div>
      )}
    </aside>
  );
}

function StoryOf({
  story,
  actions,
  said,
  onClose,
  onSaid,
}: Pick<StoryPanelProps, 'actions' | 'onClose'> & {
  readonly story: Story;
  readonly said: Said | null;
  /** `about`: another transaction than this one, to be shown. */
  readonly onSaid: (said: Said | null, about?: number) => void;
}) {
  const words = useWords();
  const { text, money, miles } = words;
  const { sale, decisions } = story;
  const [sheet, setSheet] = useState<'correct' | 'write-off' | 'cancel' | null>(null);
  const { isBusy, run, decideWhy } = useDecisions({ story, onSaid });

  function decide(decision: DecisionKind): void {
    if (isBusy) return;
    onSaid(null);
    if (decision === 'correct' || decision === 'write-off' || decision === 'cancel') setSheet(decision);
    else void run(decision);
  }
  useImperativeHandle(actions, () => ({
    decide(place) {
      const decision = decisions[place];
      if (decision !== undefined) decide(decision);
      return decision !== undefined;
    },
  }));
  const kind = kindText[sale.kind];
  const look = lookOf(sale);
  return (
    <>
      <header className="story-head" data-outcome={look}>
        <OutcomeShape outcome={look} />
        <h2 className="story-outcome">{text(outcomeWord(sale))}</h2>
        <EscapeButton label={text('action.close')} onPress={onClose} />
      </header>
      <ul className="story-facts">
        {kind === null ? null : <li>{text(kind)}</li>}
        <li>{sale.collectorMasked}</li>
        {sale.preTaxCents === 0 ? null : <li>{money(sale.preTaxCents)}</li>}
        {sale.milesAmount === undefined ? null : <li>{miles(signedMiles(sale, sale.milesAmount))}</li>}
        <li>{text('story.day', { day: sale.transactionDay })}</li>
        {sale.isWithoutOriginal ? <li>{text('sale.without-original')}</li> : null}
        {story.originalReference === undefined ? null : (
          <li>{text('story.of', { reference: story.originalReference })}</li>
        )}
      </ul>
      {decisions.length === 0 ? null : (
        <div className="story-decisions" role="group" aria-label={text('board.decide')}>
          {decisions.map((decision, place) => (
            <Button
              key={decision}
              kind={place === 0 ? 'main' : 'secondary'}
              isDisabled={isBusy}
              onPress={() => decide(decision)}
            >
              <span>{text(decisionText[decision])}</span>
              <kbd className="key" aria-hidden="true">
                {place + 1}
              </kbd>
            </Button>
          ))}
        </div>
      )}
      {story.isCheckOff && isCheckable(story) ? (
        <p className="quiet story-hint">{text('board.trouble.no-sponsor-codes')}</p>
      ) : null}
      <div role="status" aria-live="polite">
        {said === null ? null : (
          <p className="story-said" data-good={said.isGood || undefined}>
            <strong>{saidText(said, words)}</strong>
            {said.detail === undefined ? null : <span>{said.detail}</span>}
          </p>
        )}
      </div>
      <StoryHelp story={story} />
      <StoryLines lines={story.lines} />
      {sheet === 'correct' ? (
        <CorrectSheet
          story={story}
          onClose={() => setSheet(null)}
          onEnd={(next, corrected) => {
            setSheet(null);
            onSaid(next, corrected);
          }}
        />
      ) : null}
      {sheet === 'write-off' || sheet === 'cancel' ? (
        <WhySheet
          decision={sheet}
          onClose={() => setSheet(null)}
          onWhy={async (why) => {
            if (await decideWhy(sheet, why)) setSheet(null);
          }}
        />
      ) : null}
    </>
  );
}

const isCheckable = ({ sale }: Story): boolean =>
  sale.closedAs === undefined && (sale.outcome === 'needs-manager' || sale.outcome === 'accepted');
