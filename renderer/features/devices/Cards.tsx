import { useEffect, useState } from 'react';
import type { DevicesView, TeachState } from '../../../shared/contract/devices.ts';
import { useClient, useWords } from '../../app/context.tsx';
import type { Words } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { play } from '../../ui/sound.ts';
import { TextField } from '../../ui/TextField.tsx';
import { useDeviceDecision } from './use-device-decision.ts';

type Rule = DevicesView['cardRules'][number];

const sourceText = {
  barcode: 'devices.rule.barcode',
  track1: 'devices.rule.track1',
  track2: 'devices.rule.track2',
  track3: 'devices.rule.track3',
} as const;

const originText = {
  'built-in': 'devices.rule.built-in',
  settings: 'devices.rule.settings',
  taught: 'devices.rule.taught',
} as const;

const refusalText = {
  'not-the-number': 'devices.teach.not-the-number',
  'not-in-code': 'devices.teach.not-in-code',
  'not-alike': 'devices.teach.not-alike',
  'payment-card': 'devices.teach.payment-card',
  'same-card': 'devices.teach.same-card',
  spoiled: 'devices.teach.spoiled',
} as const;

/** Where Collectors' cards hold the number, and teaching it with three cards. */
export function Cards({ view }: { readonly view: DevicesView }) {
  const words = useWords();
  const { text } = words;
  const client = useClient();
  const { decide, isRefused } = useDeviceDecision();
  const canRead = view.devices.some(({ kind, state }) => kind !== 'printer' && state.state !== 'none');
  const hasTaught = view.cardRules.some(({ origin }) => origin === 'taught');
  return (
    <div className="device-detail">
      <h2 className="panel-title">{text('devices.cards')}</h2>
      <ul className="device-rules">
        {view.cardRules.map((each, index) => (
          <li key={index}>
            <strong>{ruleText(each, words)}</strong>
            <span className="quiet">{text(originText[each.origin])}</span>
          </li>
        ))}
      </ul>
      {view.teach === undefined ? (
        <>
          <p>{text(canRead ? 'devices.teach.what' : 'devices.teach.no-reader')}</p>
          <div className="actions">
            {canRead ? (
              <Button kind="main" onPress={() => void client.call('devices.teach', {})}>
                {text('devices.teach.start')}
              </Button>
            ) : null}
            {hasTaught ? (
              <Button
                kind="quiet"
                onPress={() => void decide((approval) => client.call('devices.forgetTaught', approval))}
              >
                {text('devices.teach.forget')}
              </Button>
            ) : null}
          </div>
        </>
      ) : (
        <Teach
          teach={view.teach}
          words={words}
          onKeep={() => void decide((approval) => client.call('devices.keepTaught', approval))}
        />
      )}
      {isRefused ? <p role="alert">{text('devices.not-done')}</p> : null}
    </div>
  );
}

/** A rule as one line: where, behind what, how long. */
function ruleText({ rule }: Pick<Rule, 'rule'>, { text }: Words): string {
  const symbologies = rule.symbologies.map((one) =>
    one === 'untyped' ? text('devices.rule.untyped') : `]${one}`,
  );
  const source = text(sourceText[rule.source]);
  const where = symbologies.length === 0 ? source : `${source} (${symbologies.join(', ')})`;
  const values = { where, place: rule.offset + 1, length: rule.length, whole: rule.fieldLength };
  if (rule.fieldLength === rule.length) return text('devices.rule.bare', { where, length: rule.length });
  if (rule.prefix === '') return text('devices.rule', values);
  return text('devices.rule.behind', { ...values, prefix: rule.prefix });
}

interface TeachProps {
  readonly teach: TeachState;
  readonly words: Words;
  readonly onKeep: () => void;
}

function Teach({ teach, words, onKeep }: TeachProps) {
  const { text } = words;
  const client = useClient();
  const [digits, setDigits] = useState('');
  const give = (): void => {
    setDigits('');
    void client.call('devices.teachDigits', { digits });
  };
  const refused = teach.step === 'proposed' ? undefined : teach.refusal;
  // The same once more, of another card, is heard once more.
  const heard = refused === undefined ? '' : `${refused} ${teach.samples}`;
  useEffect(() => {
    if (heard !== '') play('refused');
  }, [heard]);
  const refusal = refused === undefined ? undefined : text(refusalText[refused]);
  return (
    <div className="device-teach">
      {teach.step === 'scan' ? (
        <p role="status">
          <strong>{text('devices.teach.scan', { number: teach.samples + 1 })}</strong>
        </p>
      ) : null}
      {teach.step === 'scan' && refusal !== undefined ? <p className="field-fault">{refusal}</p> : null}
      {teach.step === 'digits' ? (
        <form
          className="device-teach"
          onSubmit={(event) => {
            event.preventDefault();
            give();
          }}
        >
          <TextField
            label={text('devices.teach.digits')}
            value={digits}
            onChange={setDigits}
            fault={refusal}
            isFigure
            isFirst
            autoComplete="off"
            maxLength={20}
          />
          <div className="actions">
            <Button kind="main" type="submit">
              {text('devices.teach.next')}
            </Button>
          </div>
        </form>
      ) : null}
      {teach.step === 'proposed' ? (
        <>
          <p role="status">
            <strong>{text('devices.teach.proposed', { count: teach.samples })}</strong>
          </p>
          <ul className="device-rules">
            {teach.rules.map((rule, index) => (
              <li key={index}>
                <strong>{ruleText({ rule }, words)}</strong>
              </li>
            ))}
          </ul>
          <div className="actions">
            <Button kind="main" onPress={onKeep}>
              {text('devices.teach.keep')}
            </Button>
          </div>
        </>
      ) : null}
      <div className="actions">
        <Button kind="quiet" onPress={() => void client.call('devices.endTeach', {})}>
          {text('devices.teach.end')}
        </Button>
      </div>
    </div>
  );
}
