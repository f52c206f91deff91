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
  const followed = useRef('');
  useLayoutEffect(() => {
    const request = `${active} ${focusRequest}`;
    if (followed.current === request) return undefined;
    followed.current = request;
    if (active === name) ref.current?.focus();
    // Hidden and shown again, the form has its focus back.
    return () => {
      followed.current = '';
    };
  }, [active, focusRequest, name]);
  return {
    ref,
    onFocus: () => terminal.act({ kind: 'focused', field: name }),
    onBlur: () => terminal.act({ kind: 'left', field: name }),
  };
}
