import { useEffect, useState } from 'react';
import { useClient, useTerminal, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { useKeptFocus } from '../../ui/use-kept-focus.ts';
import { Cards } from './Cards.tsx';
import { DeviceDetail } from './DeviceDetail.tsx';
import { deviceName, stateText } from './device-text.ts';
import { Sheets } from './Sheets.tsx';
import { useDevices } from './use-devices.ts';

const CARDS = 'cards';
const SHEETS = 'sheets';

/** Scanners, card readers and the printer: what each is doing, and what to do about it. Scans are tried out here. */
export function Devices() {
  const words = useWords();
  const { text } = words;
  const client = useClient();
  const terminal = useTerminal();
  const view = useDevices();
  const [chosen, setChosen] = useState<string | null>(null);
  const panel = useKeptFocus<HTMLElement>();
  useEffect(() => {
    // What is scanned on this page is looked at, and goes into no sale.
    const stop = terminal.takeScans(() => undefined);
    return () => {
      stop();
      void client.call('devices.endTeach', {});
      void client.call('devices.endProbe', {});
    };
  }, [terminal, client]);
  if (view === null) return <PageFrame title={text('devices.title')}>{null}</PageFrame>;
  const shown = chosen ?? view.devices[0]?.id ?? CARDS;
  const device = view.devices.find(({ id }) => id === shown);
  const entry = (id: string, name: string, detail: string, health?: string) => (
    <li key={id}>
      <Button kind="quiet" aria-current={id === shown} onPress={() => setChosen(id)}>
        <span className="device-dot" data-health={health ?? 'none'} aria-hidden="true" />
        <span className="device-entry">
          <strong>{name}</strong>
          <span>{detail}</span>
        </span>
      </Button>
    </li>
  );
  return (
    <PageFrame
      title={text('devices.title')}
      aside={
        <Button kind="secondary" onPress={() => void client.call('devices.lookAgain', {})}>
          {text('devices.look-again')}
        </Button>
      }
    >
      <div className="split">
        <ul className="device-list">
          {view.devices.map((each) => {
            const { health, id } = stateText(each);
            return entry(each.id, deviceName(each, words), text(id), health);
          })}
          {entry(CARDS, text('devices.cards'), text('devices.cards.detail'))}
          {entry(SHEETS, text('devices.sheets'), text('devices.sheets.detail'))}
        </ul>
        <section ref={panel} className="panel" aria-live="polite">
          {shown === CARDS ? <Cards view={view} /> : null}
          {shown === SHEETS ? <Sheets /> : null}
          {device === undefined ? null : <DeviceDetail key={device.id} device={device} view={view} />}
        </section>
      </div>
    </PageFrame>
  );
}
