import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  /** `primary` is the one action of a screen; `main` the near answer to a question; `key` a key of the keypad; `tile` a page of the
   * menu; `choice` one of a list. */
  readonly kind: 'primary' | 'main' | 'secondary' | 'quiet' | 'key' | 'tile' | 'choice';
  readonly children: ReactNode;
  /** Lights the primary action when pressing it will act. */
  readonly isReady?: boolean;
}

/**
 * One press for touch, mouse and keys. A press leaves the focus where it was: the field that waits for digits must not
 * lose it. Tab still reaches every button.
 */
export function Button({ kind, isReady = false, ...props }: ButtonProps) {
  return (
    <AriaButton
      {...props}
      preventFocusOnPress
      className={`button button-${kind}`}
      {...(isReady ? { 'data-ready': true } : {})}
    />
  );
}
