import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { SecretView } from '../../../shared/contract/settings.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { useApproval } from '../operators/approval.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** How each secret is called. */
export const secretText: Readonly<Record<SecretView['name'], MessageId>> = {
  'client-secret': 'settings.secret.client-secret',
  'api-key': 'settings.secret.api-key',
  'client-key': 'settings.secret.client-key',
  'client-key-passphrase': 'settings.secret.client-key-passphrase',
  'proxy-credentials': 'settings.secret.proxy-credentials',
  'pin-pepper': 'settings.secret.pin-pepper',
};

/** Where it rests. */
export const secretStateText: Readonly<Record<SecretView['state'], MessageId>> = {
  sealed: 'settings.secret.state.sealed',
  'owner-only-file': 'settings.secret.state.owner-only-file',
  environment: 'settings.secret.state.environment',
  missing: 'settings.secret.state.missing',
};

const resultText: Readonly<Record<CallOutput<'secrets.enter'>['kind'] | 'failed', MessageId>> = {
  kept: 'settings.secret.kept',
  'not-kept': 'settings.secret.not-kept',
  'approval-needed': 'settings.approval-needed',
  failed: 'settings.not-read',
};

const ROTATION_DAYS = 30;
const DAY_MS = 86_400_000;

/** One secret: where it rests, and a field to enter a new one. What is kept is never shown. */
export function SecretDetail({
  secret,
  onKept,
}: {
  readonly secret: SecretView;
  readonly onKept: () => void;
}) {
  const { text } = useWords();
  const client = useClient();
  const withApproval = useApproval('it');
  const [typed, setTyped] = useState('');
  const [result, setResult] = useState<keyof typeof resultText>();
  const enter = async (keepsOld: boolean): Promise<void> => {
    const until = new Date(Date.now() + ROTATION_DAYS * DAY_MS).toISOString();
    const input = { name: secret.name, value: typed, ...(keepsOld ? { oldAcceptedUntil: until } : {}) };
    const reply = await withApproval((approval) =>
      client.call('secrets.enter', { ...input, ...(approval === undefined ? {} : { approval }) }),
    );
    if (reply === null) return;
    setTyped('');
    setResult(reply.kind === 'answer' ? reply.output.kind : 'failed');
    onKept();
  };
  const isThere = secret.state !== 'missing';
  return (
    <div className="detail">
      <h2 className="detail-title">{text(secretText[secret.name])}</h2>
      <p className="detail-value">{text(secretStateText[secret.state])}</p>
      {secret.oldAcceptedUntil === undefined ? null : (
        <p className="detail-note">
          {text('settings.secret.rotating', { until: secret.oldAcceptedUntil.slice(0, 10) })}
        </p>
      )}
      <form
        className="editor"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== '') void enter(false);
        }}
      >
        <TextField
          type="password"
          autoComplete="off"
          label={text('settings.secret.new')}
          value={typed}
          onChange={setTyped}
        />
        <Button kind="main" type="submit" isDisabled={typed === ''}>
          {text(isThere ? 'settings.secret.replace' : 'settings.secret.enter')}
        </Button>
        {isThere ? (
          <Button kind="secondary" isDisabled={typed === ''} onPress={() => void enter(true)}>
            {text('settings.secret.rotate', { days: ROTATION_DAYS })}
          </Button>
        ) : null}
      </form>
      {result === undefined ? null : (
        <p className="detail-note" data-result={result} role="status">
          {text(resultText[result])}
        </p>
      )}
    </div>
  );
}
