import type { DeviceView, LineSettings, ProbeState } from '../../../shared/contract/devices.ts';
import { useClient, useWords } from '../../app/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { useDeviceDecision } from './use-device-decision.ts';

interface LineProbeProps {
  readonly device: DeviceView;
  readonly line: LineSettings;
  readonly probe: ProbeState | undefined;
}

/** The line's speed and framing, and trying others while a person scans the test code. */
export function LineProbe({ device, line, probe }: LineProbeProps) {
  const { text } = useWords();
  const client = useClient();
  const { decide, isRefused } = useDeviceDecision();
  const lineText = ({ baudRate, framing }: LineSettings): string => `${baudRate} ${framing}`;
  const mine = probe?.deviceId === device.id ? probe : undefined;
  return (
    <>
      <h3 className="device-part">{text('devices.line')}</h3>
      <p>{lineText(line)}</p>
      {mine?.step === 'trying' ? (
        <p role="status">{text('devices.probe.trying', { line: lineText(mine.line), bytes: mine.bytes })}</p>
      ) : null}
      {mine?.step === 'failed' ? (
        <p role="status">{text(mine.bytes === 0 ? 'devices.probe.silent' : 'devices.probe.failed')}</p>
      ) : null}
      {mine?.step === 'found' ? (
        <p role="status">
          <strong>{text('devices.probe.found', { line: lineText(mine.line) })}</strong>
        </p>
      ) : null}
      {isRefused ? <p role="alert">{text('devices.not-done')}</p> : null}
      <div className="actions">
        {mine?.step === 'found' ? (
          <Button
            kind="main"
            onPress={() =>
              void decide((approval) =>
                client.call('devices.keepLine', { deviceId: device.id, line: mine.line, ...approval }),
              )
            }
          >
            {text('devices.probe.keep')}
          </Button>
        ) : null}
        {mine === undefined ? (
          <Button kind="secondary" onPress={() => void client.call('devices.probe', { deviceId: device.id })}>
            {text('devices.probe.start')}
          </Button>
        ) : (
          <Button kind="quiet" onPress={() => void client.call('devices.endProbe', {})}>
            {text('devices.probe.stop')}
          </Button>
        )}
      </div>
    </>
  );
}
