import type { ReactNode } from 'react';
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components';
import './pick-list.css';

export interface PickItem {
  readonly id: string;
  /** For typing ahead and for who listens. */
  readonly label: string;
  readonly content: ReactNode;
}

export interface PickSection {
  readonly id: string;
  readonly title: string | undefined;
  readonly items: readonly PickItem[];
}

interface PickListProps {
  readonly label: string;
  readonly sections: readonly PickSection[];
  readonly chosen: string | undefined;
  /** Chosen is what is pressed, not every line an arrow key passes; pressing the chosen one again chooses it too. */
  readonly isAnswer?: boolean;
  readonly onChoose: (id: string) => void;
}

/** Also what the page chose by itself: the one thing that is wrong may be the last of many. */
function bringIntoSight(line: HTMLElement | null): void {
  line?.scrollIntoView({ block: 'nearest' });
}

/** Of a list that answers a question, the keys go to the line that holds now. */
function takeFocus(line: HTMLElement | null): void {
  line?.focus();
}

/** A list whose chosen line is shown beside it, or that answers a question: arrow keys, letters and touch choose. */
export function PickList({ label, sections, chosen, isAnswer = false, onChoose }: PickListProps) {
  return (
    <ListBox
      className="pick-list"
      aria-label={label}
      selectionMode="single"
      selectionBehavior={isAnswer ? 'toggle' : 'replace'}
      disallowEmptySelection={!isAnswer}
      selectedKeys={chosen === undefined ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [key = chosen] = keys === 'all' ? [] : [...keys];
        if (key !== undefined) onChoose(String(key));
      }}
    >
      {sections.map((section) => (
        <ListBoxSection key={section.id} id={`section ${section.id}`} aria-label={section.title ?? label}>
          {section.title === undefined ? null : <Header className="pick-head">{section.title}</Header>}
          {section.items.map(({ id, label: itemLabel, content }) => (
            <ListBoxItem
              key={id}
              id={id}
              textValue={itemLabel}
              className="pick-item"
              {...(id === chosen ? { ref: isAnswer ? takeFocus : bringIntoSight } : {})}
            >
              {content}
            </ListBoxItem>
          ))}
        </ListBoxSection>
      ))}
    </ListBox>
  );
}
