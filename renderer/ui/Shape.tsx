import { assertNever } from '../../shared/domain/assert-never.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';

/** What is drawn of a transaction: its outcome, or that it was closed here. */
export type Look = Outcome | 'closed';

/** The shape an outcome owns beside its colour: disc with tick, disc with clock, square with tray, triangle; closed, a barred disc. */
export function OutcomeShape({ outcome }: { readonly outcome: Look }) {
  return (
    <svg className="shape" data-outcome={outcome} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <Drawing outcome={outcome} />
    </svg>
  );
}

function Drawing({ outcome }: { readonly outcome: Look }) {
  switch (outcome) {
    case 'credited':
      return (
        <>
          <circle className="shape-body" cx="12" cy="12" r="11" />
          <path className="shape-mark" d="M6.8 12.6l3.4 3.4 7-7.6" />
        </>
      );
    case 'accepted':
      return (
        <>
          <circle className="shape-body" cx="12" cy="12" r="11" />
          <path className="shape-mark" d="M12 6v6.2l4 2.6" />
        </>
      );
    case 'stored':
      return (
        <>
          <rect className="shape-body" x="1.5" y="1.5" width="21" height="21" rx="2.5" />
          <path className="shape-mark" d="M12 5.4v6.4M9.2 9.4l2.8 2.8 2.8-2.8M6 13.4v4.4h12v-4.4" />
        </>
      );
    case 'needs-manager':
      return (
        <>
          <path
            className="shape-body"
            d="M10.5 2.6a1.75 1.75 0 0 1 3 0l9 16.2a1.75 1.75 0 0 1-1.5 2.6H3a1.75 1.75 0 0 1-1.5-2.6z"
          />
          <path className="shape-mark" d="M12 8.6v5.2M12 17.4v.2" />
        </>
      );
    case 'closed':
      return (
        <>
          <circle className="shape-body" cx="12" cy="12" r="11" />
          <path className="shape-mark" d="M6.5 12h11" />
        </>
      );
    default:
      return assertNever(outcome);
  }
}

/** A field that is right, or is not. */
export function Mark({ kind }: { readonly kind: 'right' | 'wrong' | 'question' }) {
  const paths = {
    right: 'M4.5 12.5l5 5 10-11',
    wrong: 'M12 5v9M12 18.6v.2',
    question: 'M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1-1.5 2.2M12 18.6v.2',
  };
  return (
    <svg className="mark" data-mark={kind} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {kind === 'right' ? null : <circle className="mark-body" cx="12" cy="12" r="11" />}
      <path className="mark-line" d={paths[kind]} />
    </svg>
  );
}

/** The few controls whose picture is quicker than their word. */
export function Icon({ name }: { readonly name: 'reset' | 'erase' | 'keypad' | 'person' | 'locked' }) {
  const paths = {
    reset: 'M4 5v5h5M4.6 10A8 8 0 1 1 4 13.5',
    erase: 'M8.5 5H21v14H8.5L2.5 12zM11.5 9.2l5.6 5.6M17.1 9.2l-5.6 5.6',
    person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5',
    locked: 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11',
    keypad: 'M5 5h.01M12 5h.01M19 5h.01M5 12h.01M12 12h.01M19 12h.01M5 19h.01M12 19h.01M19 19h.01',
  };
  return (
    <svg className="icon" data-icon={name} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
