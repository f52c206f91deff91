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
  readonly onChoose: (id: string) => void;
}

/** Also what the page chose by itself: the one thing that is wrong may be the last of many. */
function bringIntoSight(line: HTMLElement | null): void {
  line?.scrollIntoView({ block: 'nearest' });
}

/** A list whose chosen line is shown beside it: arrow keys, letters and touch choose. */
export function PickList({ label, sections, chosen, onChoose }: PickListProps) {
  return (
    <ListBox
      className="pick-list"
      aria-label={label}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={chosen === undefined ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
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
              {...(id === chosen ? { ref: bringIntoSight } : {})}
            >
              {content}
            </ListBoxItem>
          ))}
        </ListBoxSection>
      ))}
    </ListBox>
  );
}
