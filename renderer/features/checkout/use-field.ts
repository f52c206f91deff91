import { useLayoutEffect, useRef, type RefObject } from 'react';
import { useTerminal } from '../../app/context.tsx';
import type { CheckoutState } from './checkout-state.ts';
import type { Entry, FieldName } from './entry.ts';

/** What every field of the form is given. */
export interface FieldProps {
  readonly checkout: CheckoutState;
  readonly entry: Entry;
  /** True while the sale is on its way to the disk. */
  readonly isLocked: boolean;
}

export interface FieldBinding {
  readonly ref: RefObject<HTMLInputElement | null>;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

/** Ties an input to the state: the focus follows the state, and the state hears where a person puts it. */
export function useField(name: FieldName, checkout: CheckoutState): FieldBinding {
  const terminal = useTerminal();
  const ref = useRef<HTMLInputElement>(null);
  const { active, focusRequest } = checkout;
  // A number to follow while the focus belongs here; followed once more when the form was hidden and is shown again.
  const wanted = active === name ? focusRequest : null;
  useLayoutEffect(() => {
    if (wanted !== null) ref.current?.focus();
  }, [wanted]);
  return {
    ref,
    onFocus: () => terminal.act({ kind: 'focused', field: name }),
    onBlur: () => terminal.act({ kind: 'left', field: name }),
  };
}
