import { describe, expect, test } from 'vitest';
import { chooseScanner, findIdentity, stablePathOf, usbIdentityOf } from '../../../main/devices/discovery.ts';

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

describe('what a device is known by', () => {
  const one = {
    path: '/dev/ttyACM0',
    vendorId: '0C2E',
    productId: '0901',
    serialNumber: 'A17',
    place: 'usb-1',
  };
  const other = { ...one, path: '/dev/ttyACM1', serialNumber: 'B99', place: 'usb-2' };
  const nameless = { path: '/dev/ttyACM2', vendorId: '0c2e', productId: '0901', place: 'usb-3' };

  test.each([
    ['a serial number before its socket', one, { vendorId: '0C2E', productId: '0901', serialNumber: 'A17' }],
    ['its socket without a serial number', nameless, { vendorId: '0c2e', productId: '0901', place: 'usb-3' }],
    ['its vendor alone where that is all', { path: 'COM3', vendorId: '0c2e' }, { vendorId: '0c2e' }],
    ['nothing where it is no USB device', { path: '/dev/ttyS0', serialNumber: 'A17' }, undefined],
  ])('is %s', (_name, port, expected) => {
    expect(usbIdentityOf(port)).toEqual(expected);
  });

  test('finds each of two alike under any name, and none where it is not there', () => {
    for (const port of [one, other, nameless]) {
      const identity = usbIdentityOf(port);
      if (identity === undefined) throw new Error('A USB device has an identity');
      const renumbered = [nameless, other, one].map((each, index) => ({
        ...each,
        path: `/dev/ttyACM${9 - index}`,
      }));
      expect(findIdentity(identity, renumbered)).toMatchObject({ place: port.place });
      expect(
        findIdentity(
          identity,
          renumbered.filter(({ place }) => place !== port.place),
        ),
      ).toBeUndefined();
    }
  });

  test('is the same whatever way the system writes its hexadecimal digits', () => {
    expect(findIdentity({ vendorId: '0c2e', serialNumber: 'a17' }, [one])).toBe(one);
  });
});
