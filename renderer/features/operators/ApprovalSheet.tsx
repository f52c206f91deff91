import type { ApprovingRole } from '../../../shared/domain/operator.ts';
import { useClient, useSnapshot, useWords } from '../../app/context.tsx';
import { EscapeButton } from '../../ui/EscapeButton.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { PinPanel } from './PinPanel.tsx';

interface ApprovalSheetProps {
  readonly role: ApprovingRole;
  /** The approval given before did not cover it. */
  readonly isAgain: boolean;
  readonly onDone: (approval: string | null) => void;
}

/** A manager says yes over the cashier's shoulder: who, and their PIN. Nobody is signed in or out by it. */
export function ApprovalSheet({ role, isAgain, onDone }: ApprovalSheetProps) {
  const { text } = useWords();
  const client = useClient();
  const { operators, itApprovers } = useSnapshot().operators;
  const roles = role === 'it' ? itApprovers : [role];
  return (
    <Sheet title={text(role === 'it' ? 'approval.title-it' : 'approval.title')} onClose={() => onDone(null)}>
      <PinPanel
        operators={operators.filter((operator) => roles.includes(operator.role))}
        enterLabel={text('approval.approve')}
        remark={isAgain ? text('approval.again') : undefined}
        onTry={async (operatorId, pin) => {
          const result = await client.call('operators.approve', { operatorId, pin });
          if (result.kind === 'failure') return { kind: 'no-answer' };
          if (result.output.kind !== 'approved') return result.output;
          onDone(result.output.approval);
          return null;
        }}
      />
      <div className="actions">
        <EscapeButton label={text('action.cancel')} onPress={() => onDone(null)} />
      </div>
    </Sheet>
  );
}
