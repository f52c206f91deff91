import { useState } from 'react';
import type { DevicesView, DeviceView } from '../../../shared/contract/devices.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { deviceName, helpText, identityText, outcomeText, stateText } from './device-text.ts';
import { LineProbe } from './LineProbe.tsx';
import { PrinterTest } from './PrinterTest.tsx';
import { Reads } from './Reads.tsx';
import { useDeviceDecision } from './use-device-decision.ts';

interface DeviceDetailProps {
  readonly device: DeviceView;
  readonly view: DevicesView;
}

/** One device: how it is and what helps, where it is plugged in, how its line is set, what it has read. */
export function DeviceDetail({ device, view }: DeviceDetailProps) {
  const words = useWords();
  const { text, number, time } = words;
  const { line, state, counts, lastFault } = device;
  const counted = Object.entries(counts);
  return (
    <div className="device-detail">
      <h2 className="panel-title">{deviceName(device, words)}</h2>
      <p className="device-state" data-health={stateText(device).health}>
        {text(stateText(device).id)}
        {state.path === undefined ? null : <bdi className="quiet"> {state.path}</bdi>}
      </p>
      {helpText(device, view.platform).map((id) => (
        <p key={id}>{text(id)}</p>
      ))}
      {device.kind === 'wedge' ? (
        <p className="quiet">{text(wedgeText[view.wedge.mode], { prefix: view.wedge.prefix })}</p>
      ) : null}
      {device.kind === 'printer' ? null : (
        <Reads reads={view.reads.filter(({ deviceId }) => deviceId === device.id).slice(0, 5)} />
      )}
      {line === undefined ? null : <Plug device={device} view={view} />}
      {device.kind === 'scanner' && line !== undefined ? (
        <LineProbe device={device} line={line} probe={view.probe} />
      ) : null}
      {device.kind === 'printer' ? <PrinterTest /> : null}
      {device.kind === 'printer' ? null : (
        <>
          <h3 className="device-part">{text('devices.counts')}</h3>
          {counted.length === 0 ? <p className="quiet">{text('devices.counts.none')}</p> : null}
          <dl className="device-counts">
            {Object.entries(outcomeText).map(([outcome, id]) => {
              const count = counted.find(([name]) => name === outcome)?.[1];
              return count === undefined ? null : (
                <div key={outcome}>
                  <dt>{text(id)}</dt>
                  <dd className="figure">{number(count)}</dd>
                </div>
              );
            })}
          </dl>
          {lastFault === undefined ? null : (
            <p className="quiet">
              {text('devices.last-fault', {
                fault: text(outcomeText[lastFault.code]),
                time: time(lastFault.atMs),
              })}
            </p>
          )}
          {counts.collector !== undefined &&
          device.kind === 'scanner' &&
          !device.sendsIdentifiers &&
          device.forms.includes('barcode') ? (
            <p className="quiet">{text('devices.no-identifiers')}</p>
          ) : null}
        </>
      )}
    </div>
  );
}

const wedgeText = {
  off: 'devices.wedge.off',
  prefix: 'devices.wedge.prefix',
  timing: 'devices.wedge.timing',
} as const;

/** Where it is looked for, and binding it to what is plugged in now so that ports may be numbered anew. */
function Plug({ device, view }: DeviceDetailProps) {
  const { text } = useWords();
  const client = useClient();
  const { decide, isRefused } = useDeviceDecision();
  const [isChoosing, setChoosing] = useState(false);
  const bind = (path: string | null): void => {
    setChoosing(false);
    void decide((approval) => client.call('devices.bind', { deviceId: device.id, path, ...approval }));
  };
  const bindable = view.ports.filter(({ identity }) => identity !== undefined);
  return (
    <>
      <h3 className="device-part">{text('devices.plug')}</h3>
      <p>
        {device.boundTo === undefined
          ? text(device.port === 'auto' ? 'devices.plug.auto' : 'devices.plug.port', { port: device.port })
          : text('devices.plug.bound', { identity: identityText(device.boundTo) })}
      </p>
      <div className="actions">
        <Button kind="secondary" onPress={() => setChoosing(!isChoosing)}>
          {text('devices.plug.bind')}
        </Button>
        {device.boundTo === undefined ? null : (
          <Button kind="quiet" onPress={() => bind(null)}>
            {text('devices.plug.unbind')}
          </Button>
        )}
      </div>
      {isChoosing ? (
        <ul className="device-ports">
          {bindable.map((port) => (
            <li key={port.path}>
              <Button kind="secondary" onPress={() => bind(port.path)}>
                <span className="device-entry">
                  <strong>
                    {port.maker ?? text('devices.plug.unknown')} <bdi>{port.path}</bdi>
                  </strong>
                  <span>{port.identity === undefined ? '' : identityText(port.identity)}</span>
                </span>
              </Button>
            </li>
          ))}
          {bindable.length > 0 ? null : (
            <li className="quiet">
              {text(view.arePortsKnown ? 'devices.plug.none' : 'devices.plug.unlisted')}
            </li>
          )}
        </ul>
      ) : null}
      {isRefused ? <p role="alert">{text('devices.not-done')}</p> : null}
    </>
  );
}
