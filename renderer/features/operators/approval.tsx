import { createContext, Suspense, useCallback, useContext, useState, type ReactNode } from 'react';
import type { ApprovingRole } from '../../../shared/domain/operator.ts';
import { lateSheets } from './late-sheets.ts';

interface Asking {
  readonly role: ApprovingRole;
  /** The approval given before did not cover it. */
  readonly isAgain: boolean;
  readonly answer: (approval: string | null) => void;
}

type Ask = (role: ApprovingRole, isAgain: boolean) => Promise<string | null>;

const AskContext = createContext<Ask | null>(null);

/** Holds the sheet that asks for a PIN, for every page below it. */
export function ApprovalProvider({ children }: { readonly children: ReactNode }) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const ask = useCallback<Ask>(
    (role, isAgain) =>
      new Promise((resolve) => {
        setAsking((before) => {
          // One question at a time: the newer one is what a person just pressed.
          before?.answer(null);
          return { role, isAgain, answer: resolve };
        });
      }),
    [],
  );
  return (
    <AskContext value={ask}>
      {children}
      {asking === null ? null : (
        <Suspense fallback={null}>
          <lateSheets.question.Part
            role={asking.role}
            isAgain={asking.isAgain}
            onAnswer={(approval) => {
              setAsking(null);
              asking.answer(approval);
            }}
          />
        </Suspense>
      )}
    </AskContext>
  );
}

type WithApproval = <Result>(
  call: (approval: string | undefined) => Promise<Result>,
) => Promise<Result | null>;

/**
 * Calls main, and where it answers `approval-needed` asks a manager for their PIN and calls again with the approval; null
 * when the person gives up. The first manager is set up on the way where there is none. `role`: whose yes it takes.
 */
export function useApproval(role: ApprovingRole = 'manager'): WithApproval {
  const ask = useContext(AskContext);
  if (ask === null) throw new Error('No approval provider above this component');
  return useCallback<WithApproval>(
    <Result,>(call: (approval: string | undefined) => Promise<Result>) => {
      /** Each approval is good for one call: where it was not enough, the next is asked for. */
      const attempt = async (approval: string | undefined): Promise<Result | null> => {
        const result = await call(approval);
        if (!isApprovalNeeded(result)) return result;
        const next = await ask(role, approval !== undefined);
        return next === null ? null : attempt(next);
      };
      return attempt(undefined);
    },
    [ask, role],
  );
}

/** Whether a call's result, or the output inside it, says that nobody who may do this has said yes. */
function isApprovalNeeded(result: unknown): boolean {
  if (typeof result !== 'object' || result === null || !('kind' in result)) return false;
  if (result.kind === 'answer' && 'output' in result) return isApprovalNeeded(result.output);
  return result.kind === 'approval-needed';
}
