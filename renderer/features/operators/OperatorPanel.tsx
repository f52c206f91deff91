import { useState } from 'react';
import { Form } from 'react-aria-components';
import { OPERATOR_NAME_LIMIT, tidyName } from '../../../shared/domain/operator.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useApproval } from './approval.tsx';
import { decisionEnd } from './decision.ts';
import type { ListedOperator } from './OperatorsPage.tsx';
import { RoleChoice } from './RoleChoice.tsx';

interface OperatorPanelProps {
  readonly operator: ListedOperator;
  readonly onChanged: () => void;
  readonly onNewPin: () => void;
}

/** One operator: name and role to change, a new PIN, and whether they still work here. */
export function OperatorPanel({ operator, onChanged, onNewPin }: OperatorPanelProps) {
  const { text } = useWords();
  const client = useClient();
  const [name, setName] = useState(operator.name);
  const [role, setRole] = useState(operator.role);
  const isOfIt = operator.role === 'it' && role === 'it';
  const withApproval = useApproval(isOfIt ? 'it' : 'manager');
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ readonly id: MessageId; readonly isFault: boolean } | null>(null);
  const isChanged = tidyName(name) !== operator.name || role !== operator.role;

  async function save(isActive: boolean): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    const change = { operatorId: operator.id, name, role, isActive };
    const end = decisionEnd(
      await withApproval((approval) => client.call('operators.change', { ...change, approval })),
    );
    setBusy(false);
    if (end.kind === 'done') onChanged();
    if (end.kind === 'given-up') setSaid(null);
    else
      setSaid(
        end.kind === 'fault' ? { id: end.fault, isFault: true } : { id: 'operators.saved', isFault: false },
      );
  }

  return (
    <section className="panel operator-panel" aria-label={operator.name}>
      <Form
        className="operator-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged) void save(operator.isActive);
        }}
      >
        <TextField
          label={text('operator.name')}
          value={name}
          onChange={(next) => {
            setName(next);
            setSaid(null);
          }}
          maxLength={OPERATOR_NAME_LIMIT}
        />
        <RoleChoice
          role={role}
          onChange={(next) => {
            setRole(next);
            setSaid(null);
          }}
        />
        <p className="operator-said" aria-live="polite" data-fault={said?.isFault === true || undefined}>
          {said === null ? null : text(said.id)}
        </p>
        <div className="actions">
          <Button kind="main" type="submit" isDisabled={isBusy || !isChanged}>
            {text('operators.save')}
          </Button>
          <Button kind="secondary" isDisabled={isBusy || !operator.isActive} onPress={onNewPin}>
            {text('operators.new-pin')}
          </Button>
          <Button kind="secondary" isDisabled={isBusy} onPress={() => void save(!operator.isActive)}>
            {text(operator.isActive ? 'operators.deactivate' : 'operators.take-back')}
          </Button>
        </div>
      </Form>
    </section>
  );
}
