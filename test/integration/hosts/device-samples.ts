import type { deviceCalls, DevicesView } from '../../../shared/contract/devices.ts';
import type { CallInput, CallOutput } from '../../../shared/contract/contract.ts';

type DeviceCall = keyof typeof deviceCalls;

export const devicesView: DevicesView = {
  platform: 'linux',
  devices: [
    {
      id: 'scanner-1',
      kind: 'scanner',
      state: { state: 'ready', path: '/dev/ttyACM0' },
      port: 'auto',
      line: { baudRate: 9600, framing: '8N1' },
      counts: { collector: 1 },
      forms: ['barcode'],
      sendsIdentifiers: true,
    },
  ],
  ports: [{ path: '/dev/ttyACM0', identity: { vendorId: '0c2e' } }],
  arePortsKnown: true,
  reads: [
    {
      seq: 1,
      deviceId: 'scanner-1',
      atMs: 1_772_000_000_000,
      observation: { form: 'barcode', length: 11, outcome: 'collector' },
    },
  ],
  cardRules: [],
  coupons: [],
  wedge: { mode: 'timing', prefix: '~', layout: 'system' },
};

/** One good input and output for every call of the Device page. */
export const deviceSamples: {
  readonly [Name in DeviceCall]: { input: CallInput<Name>; output: CallOutput<Name> };
} = {
  'devices.view': { input: {}, output: devicesView },
  'devices.lookAgain': { input: {}, output: {} },
  'devices.bind': { input: { deviceId: 'scanner-1', path: '/dev/ttyACM0' }, output: { kind: 'done' } },
  'devices.probe': { input: { deviceId: 'scanner-1' }, output: { isDone: true } },
  'devices.keepLine': {
    input: { deviceId: 'scanner-1', line: { baudRate: 9600, framing: '7O1' } },
    output: { kind: 'approval-needed' },
  },
  'devices.endProbe': { input: {}, output: {} },
  'devices.teach': { input: {}, output: {} },
  'devices.teachFrame': { input: { frame: null }, output: {} },
  'devices.teachDigits': { input: { digits: '1' }, output: {} },
  'devices.keepTaught': { input: { approval: 'given' }, output: { kind: 'done' } },
  'devices.endTeach': { input: {}, output: {} },
  'devices.forgetTaught': { input: {}, output: { kind: 'not-done' } },
  'devices.wedgeRead': {
    input: { observation: { form: 'barcode', length: 11, outcome: 'collector' } },
    output: {},
  },
  'devices.sheets': { input: {}, output: { kind: 'written', file: '/tmp/sheets.pdf' } },
  'devices.testPrint': { input: {}, output: { result: 'printed' } },
};
