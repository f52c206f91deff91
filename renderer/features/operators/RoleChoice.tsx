import { Label, Radio, RadioGroup } from 'react-aria-components';
import { operatorRoles, type OperatorRole } from '../../../shared/domain/operator.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useWords } from '../../app/context.tsx';
import { roleText } from './pin-text.ts';

const roleDetail: Readonly<Record<OperatorRole, MessageId>> = {
  cashier: 'role.cashier.detail',
  manager: 'role.manager.detail',
  it: 'role.it.detail',
};

interface RoleChoiceProps {
  readonly role: OperatorRole;
  readonly onChange: (role: OperatorRole) => void;
}

/** One of the three roles, each with what it may do. */
export function RoleChoice({ role, onChange }: RoleChoiceProps) {
  const { text } = useWords();
  return (
    <RadioGroup
      className="pin-operators"
      value={role}
      onChange={(value) => {
        const chosen = operatorRoles.find((one) => one === value);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      <Label className="field-label">{text('operator.role')}</Label>
      <div className="pin-operator-list">
        {operatorRoles.map((one) => (
          <Radio key={one} value={one} className="pin-operator">
            <span className="pin-operator-name">{text(roleText[one])}</span>
            <span className="pin-operator-role">{text(roleDetail[one])}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
