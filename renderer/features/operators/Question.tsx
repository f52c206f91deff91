import { useEffect, useState } from 'react';
import type { ApprovingRole } from '../../../shared/domain/operator.ts';
import { useSnapshot } from '../../app/context.tsx';
import { ApprovalSheet } from './ApprovalSheet.tsx';
import { isClosed } from './is-closed.ts';
import { SetUpSheet } from './SetUpSheet.tsx';

export interface QuestionProps {
  readonly role: ApprovingRole;
  /** The approval given before did not cover it. */
  readonly isAgain: boolean;
  readonly onAnswer: (approval: string | null) => void;
}

/** Asks for a manager's PIN, or sets up the first manager where there is none. It goes away when the screen is locked. */
export function Question({ role, isAgain, onAnswer }: QuestionProps) {
  const { operators } = useSnapshot();
  const [wasSetUp] = useState(operators.isSetUp);
  const isUnderLock = isClosed(operators);
  useEffect(() => {
    if (isUnderLock) onAnswer(null);
  }, [isUnderLock, onAnswer]);
  // The sheet stays the one it began as: its own answer says what the set-up gave.
  if (!wasSetUp) return <SetUpSheet isSigningIn={false} onDone={onAnswer} />;
  return <ApprovalSheet role={role} isAgain={isAgain} onDone={onAnswer} />;
}
