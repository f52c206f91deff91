import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { SettingView } from '../../../shared/contract/settings.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { reasonText } from '../../../shared/i18n/reasons.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { useApproval } from '../operators/approval.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { layerText, plainValue, valueFromText, valueWords } from './setting-text.ts';

type Change = CallOutput<'settings.change'> | { readonly kind: 'failed' };

interface SettingDetailProps {
  readonly setting: SettingView;
  readonly files: CallOutput<'settings.list'>['files'];
  readonly onChanged: () => void;
}

const resultText: Readonly<Record<Change['kind'], MessageId>> = {
  changed: 'settings.changed',
  refused: 'settings.refused',
  locked: 'settings.is-locked',
  'not-written': 'settings.not-written',
  'approval-needed': 'settings.approval-needed',
  failed: 'settings.not-read',
};

/** One setting: its value, where that stands, what it hides, and the way to change it on this terminal. */
export function SettingDetail({ setting, files, onChanged }: SettingDetailProps) {
  const { text, language } = useWords();
  const client = useClient();
  const withApproval = useApproval('it');
  const [result, setResult] = useState<Change>();
  const { key, holds, hides, isLocked, isWaiting, kind } = setting;
  const isAbove = holds.layer === 'environment';
  const change = async (value: string | null): Promise<void> => {
    const reply = await withApproval((approval) =>
      client.call('settings.change', { key, value, ...(approval === undefined ? {} : { approval }) }),
    );
    if (reply === null) return;
    setResult(reply.kind === 'answer' ? reply.output : { kind: 'failed' });
    onChanged();
  };
  const hasOwn = isWaiting || [holds, ...hides].some(({ layer }) => layer === 'terminal');
  const problem =
    result?.kind === 'refused'
      ? reasonText(result.reason, text)
      : result?.kind === 'not-written'
        ? result.code
        : '';
  return (
    <div className="detail">
      <h2 className="detail-title">{setting.description?.[language] ?? key}</h2>
      <code className="detail-key">{key}</code>
      <p className="detail-value">{valueWords(kind, holds.value, text)}</p>
      <dl className="places">
        {[holds, ...hides].map((place, index) => (
          <div key={place.layer} className="place" data-holds={index === 0 || undefined}>
            <dt>{text(layerText[place.layer])}</dt>
            <dd>
              <span>{valueWords(kind, place.value, text)}</span>
              {place.layer === 'defaults' ? null : (
                <span className="quiet">
                  {place.line === undefined
                    ? place.source
                    : text('notice.place', { file: place.source, line: String(place.line) })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {isLocked ? (
        <p className="detail-note">{text('settings.is-locked-by', { file: files.policy })}</p>
      ) : isAbove ? (
        <p className="detail-note">{text('settings.is-hidden', { variable: holds.source })}</p>
      ) : kind.kind === 'structure' ? (
        <p className="detail-note">{text('settings.in-a-file', { file: files.store })}</p>
      ) : (
        <Editor setting={setting} onChange={(value) => void change(value)} />
      )}
      {hasOwn && !isLocked && !isAbove ? (
        <Button kind="quiet" onPress={() => void change(null)}>
          {text('settings.take-out')}
        </Button>
      ) : null}
      {isWaiting && result === undefined ? <p className="detail-note">{text('settings.changed')}</p> : null}
      {result === undefined ? null : (
        <p className="detail-note" data-result={result.kind} role="status">
          {text(resultText[result.kind], { problem })}
        </p>
      )}
    </div>
  );
}

interface EditorProps {
  readonly setting: SettingView;
  readonly onChange: (value: string) => void;
}

function Editor({ setting: { kind, holds }, onChange }: EditorProps) {
  const { text } = useWords();
  const [typed, setTyped] = useState(() => (holds.value === '(not set)' ? '' : plainValue(holds.value)));
  if (kind.kind === 'choice' || kind.kind === 'yes-no') {
    const options =
      kind.kind === 'choice'
        ? kind.options.map((option) => ({ label: option, value: JSON.stringify(option) }))
        : [
            { label: text('settings.yes'), value: 'true' },
            { label: text('settings.no'), value: 'false' },
          ];
    return (
      <div className="editor-choices">
        {options.map(({ label, value }) => (
          <Button
            key={value}
            kind={value === holds.value ? 'main' : 'secondary'}
            aria-pressed={value === holds.value}
            onPress={() => onChange(value)}
          >
            {label}
          </Button>
        ))}
      </div>
    );
  }
  const value = valueFromText(kind, typed);
  const fault =
    value === undefined && kind.kind === 'number'
      ? text('settings.number', { minimum: kind.minimum, maximum: kind.maximum })
      : undefined;
  return (
    <form
      className="editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== undefined) onChange(value);
      }}
    >
      <TextField label={text('settings.new-value')} value={typed} onChange={setTyped} fault={fault} />
      <Button kind="main" type="submit" isDisabled={value === undefined}>
        {text('settings.save')}
      </Button>
    </form>
  );
}
