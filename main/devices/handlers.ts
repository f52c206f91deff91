import type { deviceCalls } from '../../shared/contract/devices.ts';
import type { Handlers } from '../../shared/contract/contract.ts';
import type { Devices } from './devices.ts';
import { testPage } from './test-page.ts';

type DeviceHandlers = Pick<Handlers, keyof typeof deviceCalls>;

/** Answers the Device page. */
export function createDeviceHandlers(
  devices: Devices,
  options: {
    readonly writeSheets: () => ReturnType<DeviceHandlers['devices.sheets']>;
    readonly makeId: () => string;
    readonly storeNumber: string;
  },
): DeviceHandlers {
  const done = (isDone: boolean) => ({ isDone });
  const nothing = (act: () => void) => {
    act();
    return {};
  };
  return {
    'devices.view': () => devices.view(),
    'devices.lookAgain': () => nothing(() => devices.lookAgain()),
    'devices.bind': ({ deviceId, path }) => done(devices.bind(deviceId, path)),
    'devices.probe': ({ deviceId }) => done(devices.probe(deviceId)),
    'devices.keepLine': ({ deviceId, line }) => done(devices.keepLine(deviceId, line)),
    'devices.endProbe': () => nothing(() => devices.endProbe()),
    'devices.teach': () => nothing(() => devices.teach()),
    'devices.teachDigits': ({ digits }) => nothing(() => devices.teachDigits(digits)),
    'devices.keepTaught': () => done(devices.keepTaught()),
    'devices.endTeach': () => nothing(() => devices.endTeach()),
    'devices.forgetTaught': () => done(devices.forgetTaught()),
    'devices.wedgeRead': ({ observation }) => nothing(() => devices.wedgeRead(observation)),
    'devices.sheets': () => options.writeSheets(),
    'devices.testPrint': async () => {
      const bytes = testPage(options.storeNumber);
      const { kind } = await devices.printer.print({ jobId: `test-${options.makeId()}`, bytes });
      return { result: kind };
    },
  };
}
