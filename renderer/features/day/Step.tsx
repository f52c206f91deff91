import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Mark } from '../../ui/Shape.tsx';

interface StepProps {
  readonly number: number;
  readonly title: string;
  /** How it stands, in a word or two. */
  readonly state: string;
  readonly tone: 'quiet' | 'done' | 'attention';
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly children: ReactNode;
}

/** One step of several, of which one is open: its number opens it by key. */
export function Step({ number, title, state, tone, isOpen, onOpen, children }: StepProps) {
  return (
    <li className="day-step" data-open={isOpen || undefined}>
      <h2 className="day-step-title">
        <Button kind="quiet" aria-expanded={isOpen} onPress={onOpen}>
          <span className="day-step-number" aria-hidden="true">
            {number}
          </span>
          <span className="day-step-name">{title}</span>
          <span className="day-step-state" data-tone={tone}>
            {tone === 'done' ? <Mark kind="right" /> : null}
            {tone === 'attention' ? <Mark kind="wrong" /> : null}
            <span>{state}</span>
          </span>
        </Button>
      </h2>
      {isOpen ? <div className="day-step-body">{children}</div> : null}
    </li>
  );
}
