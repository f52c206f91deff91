import type { deviceCalls } from '../../shared/contract/devices.ts';
import type { CallOutput, Handlers } from '../../shared/contract/contract.ts';
import type { Clock } from '../clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { Authority } from '../operators/authority.ts';
import type { Devices } from './devices.ts';
import { testPage } from './test-page.ts';

type DeviceHandlers = Pick<Handlers, keyof typeof deviceCalls>;
type Decided = CallOutput<'devices.bind'>;

interface DeviceHandlersOptions {
  readonly writeSheets: () => ReturnType<DeviceHandlers['devices.sheets']>;
  readonly makeId: () => string;
  readonly storeNumber: string;
  readonly authority: Authority;
  readonly journal: Pick<Journal, 'note'>;
  readonly clock: Clock;
}

/** Answers the Device page. What stays after today takes IT's approval, and stands in the audit chain. */
export function createDeviceHandlers(devices: Devices, options: DeviceHandlersOptions): DeviceHandlers {
  const { authority, journal, clock } = options;
  const done = (isDone: boolean) => ({ isDone });
  const nothing = (act: () => void) => {
    act();
    return {};
  };

  /** Does what somebody with the right stands behind, and notes who, when, what, and what it was done about. */
  async function decide(
    what: string,
    approval: string | undefined,
    detail: object,
    act: () => boolean,
  ): Promise<Decided> {
    const authorization = authority.authorize('it', approval);
    if (authorization.kind !== 'authorized') return { kind: 'approval-needed' };
    if (!act()) return { kind: 'not-done' };
    await journal.note({ seq: null, atMs: clock.nowMs(), what, actor: authorization.actor, detail });
    return { kind: 'done' };
  }

  /** How a device stands before it is changed: the reason for changing it. */
  function standing(deviceId: string) {
    const { devices: all, ports, probe } = devices.view();
    const device = all.find(({ id }) => id === deviceId);
    return { why: device?.state.state ?? 'unknown', device, ports, probe };
  }

  return {
    'devices.view': () => devices.view(),
    'devices.lookAgain': () => nothing(() => devices.lookAgain()),
    'devices.bind': ({ deviceId, path, approval }) => {
      const { why, device, ports } = standing(deviceId);
      const to = path === null ? 'settings' : ports.find((port) => port.path === path)?.identity;
      const detail = { deviceId, from: device?.boundTo ?? 'settings', to, why };
      return decide(path === null ? 'device-unbound' : 'device-bound', approval, detail, () =>
        devices.bind(deviceId, path),
      );
    },
    'devices.probe': ({ deviceId }) => done(devices.probe(deviceId)),
    'devices.keepLine': ({ deviceId, line, approval }) => {
      const { why, device, probe } = standing(deviceId);
      const detail = {
        deviceId,
        from: device?.line,
        to: line,
        why: probe?.step === 'found' ? 'probed' : why,
      };
      return decide('device-line-kept', approval, detail, () => devices.keepLine(deviceId, line));
    },
    'devices.endProbe': () => nothing(() => devices.endProbe()),
    'devices.teach': () => nothing(() => devices.teach()),
    'devices.teachDigits': ({ digits }) => nothing(() => devices.teachDigits(digits)),
    'devices.teachFrame': ({ frame }) => nothing(() => devices.teachFrame(frame)),
    'devices.keepTaught': ({ approval }) => {
      const { teach } = devices.view();
      const rules = teach?.step === 'proposed' ? teach.rules : [];
      const detail = { rules, why: `${teach?.samples ?? 0} cards` };
      return decide('card-rule-taught', approval, detail, () => devices.keepTaught());
    },
    'devices.endTeach': () => nothing(() => devices.endTeach()),
    'devices.forgetTaught': ({ approval }) => {
      const taught = devices.view().cardRules.filter(({ origin }) => origin === 'taught');
      const detail = { rules: taught.map(({ rule }) => rule), why: 'rules are read anew' };
      return decide('card-rules-forgotten', approval, detail, () => devices.forgetTaught());
    },
    'devices.wedgeRead': ({ observation }) => nothing(() => devices.wedgeRead(observation)),
    'devices.sheets': () => options.writeSheets(),
    'devices.testPrint': async () => {
      const bytes = testPage(options.storeNumber);
      const { kind } = await devices.printer.print({ jobId: `test-${options.makeId()}`, bytes });
      return { result: kind };
    },
  };
}
