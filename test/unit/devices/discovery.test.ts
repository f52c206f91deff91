import { describe, expect, test } from 'vitest';
import { chooseScanner, stablePathOf } from '../../../main/devices/discovery.ts';

const builtIn = { path: '/dev/ttyS0' };
const builtInWithVendor = { path: '/dev/ttyS1', vendorId: '8086' };
const other = { path: '/dev/ttyACM0', vendorId: '2341' };
const bridge = { path: '/dev/ttyUSB0', vendorId: '0403' };
const honeywell = { path: '/dev/ttyACM1', vendorId: '0C2E', pnpId: 'usb-Honeywell-if00' };

describe('choosing a scanner among the ports', () => {
  test.each([
    ['nothing when there is no port', [], undefined],
    ['nothing among built-in ports', [builtIn, builtInWithVendor], undefined],
    ['the only USB port', [builtIn, other], other],
    ['a bridge before an unknown device', [other, bridge], bridge],
    ['a scanner vendor before everything', [other, bridge, honeywell, builtIn], honeywell],
    ['the first of two alike', [{ ...bridge, path: '/dev/ttyUSB1' }, bridge], bridge],
  ])('takes %s', (_name, ports, expected) => {
    expect(chooseScanner(ports)).toEqual(expected);
  });

  test('opens the link named after the device where there is one', () => {
    const link = '/dev/serial/by-id/usb-Honeywell-if00';
    expect(stablePathOf(honeywell, (path) => path === link)).toBe(link);
    expect(stablePathOf(honeywell, () => false)).toBe(honeywell.path);
    expect(stablePathOf(bridge, () => true)).toBe(bridge.path);
  });
});
