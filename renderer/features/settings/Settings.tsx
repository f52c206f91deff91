import { useState } from 'react';
import type { SecretView, SettingView } from '../../../shared/contract/settings.ts';
import { useWords } from '../../app/context.tsx';
import { useAnswer } from '../../app/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { useKeptFocus } from '../../ui/use-kept-focus.ts';
import { PickList } from '../../ui/PickList.tsx';
import { SecretDetail, secretStateText, secretText } from './SecretDetail.tsx';
import { SettingDetail } from './SettingDetail.tsx';
import { groupSettings, layerText, valueWords } from './setting-text.ts';
import './settings.css';

/** Every setting with where it comes from, and the secrets: the list on the left, the chosen one on the right. */
export function Settings() {
  const { text, language } = useWords();
  const [asked, again] = useAnswer('settings.list', {});
  const split = useKeptFocus<HTMLDivElement>();
  const [onlyChanged, setOnlyChanged] = useState(false);
  const [chosen, setChosen] = useState<string>('store.number');
  const aside = (
    <Button kind="secondary" onPress={() => setOnlyChanged(!onlyChanged)}>
      {text(onlyChanged ? 'settings.show-all' : 'settings.show-changed')}
    </Button>
  );
  if (asked.kind !== 'answer') {
    return (
      <PageFrame title={text('settings.title')}>
        <p className="empty">{text(asked.kind === 'waiting' ? 'settings.reading' : 'settings.not-read')}</p>
      </PageFrame>
    );
  }
  const { settings, secrets, files } = asked.output;
  const described = (setting: SettingView): string => setting.description?.[language] ?? setting.key;
  const sections = groupSettings(settings, onlyChanged).map(({ id, title, settings: inGroup }) => ({
    id,
    title: text(title),
    items: inGroup.map((setting) => ({
      id: setting.key,
      label: described(setting),
      content: (
        <>
          <span className="pick-words">
            <strong>{described(setting)}</strong>
            <span>{valueWords(setting.kind, setting.holds.value, text)}</span>
          </span>
          <span className="setting-layer" data-layer={setting.isLocked ? 'locked' : setting.holds.layer}>
            {text(setting.isLocked ? 'settings.locked' : layerText[setting.holds.layer])}
          </span>
        </>
      ),
    })),
  }));
  const secretItems = secrets.map((secret) => ({
    id: `secret ${secret.name}`,
    label: text(secretText[secret.name]),
    content: <SecretLine secret={secret} />,
  }));
  const all = [...sections, { id: 'secrets', title: text('settings.group.secrets'), items: secretItems }];
  const setting = settings.find(({ key }) => key === chosen);
  const secret = secrets.find(({ name }) => `secret ${name}` === chosen);
  return (
    <PageFrame title={text('settings.title')} aside={aside}>
      <div ref={split} className="split">
        <PickList label={text('settings.title')} sections={all} chosen={chosen} onChoose={setChosen} />
        <section className="panel" aria-live="polite">
          {setting === undefined ? null : (
            <SettingDetail key={setting.key} setting={setting} files={files} onChanged={again} />
          )}
          {secret === undefined ? null : <SecretDetail key={secret.name} secret={secret} onKept={again} />}
        </section>
      </div>
    </PageFrame>
  );
}

function SecretLine({ secret }: { readonly secret: SecretView }) {
  const { text } = useWords();
  return (
    <>
      <span className="pick-words">
        <strong>{text(secretText[secret.name])}</strong>
      </span>
      <span className="setting-layer" data-layer={secret.state}>
        {text(secretStateText[secret.state])}
      </span>
    </>
  );
}
