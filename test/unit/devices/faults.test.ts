import { describe, expect, test } from 'vitest';
import { openFaultOf } from '../../../main/devices/faults.ts';

const blocked = (cause: string) => ({ kind: 'blocked', cause });

describe('why a port would not open', () => {
  test.each([
    ['linux', 'Error: No such file or directory, cannot open /dev/ttyACM0', { kind: 'absent' }],
    ['win32', 'Opening COM3: File not found', { kind: 'absent' }],
    ['linux', 'Error: Permission denied, cannot open /dev/ttyACM0', blocked('permission')],
    ['linux', "EACCES: permission denied, realpath '/x/scanner'", blocked('permission')],
    ['win32', 'Opening COM3: Access denied', blocked('in-use')],
    ['linux', 'Error Resource temporarily unavailable Cannot lock port', blocked('in-use')],
    ['darwin', 'Error Resource busy, cannot open /dev/tty.usbmodem1', blocked('in-use')],
    ['linux', 'Error: Inappropriate ioctl for device setting custom baud rate', blocked('other')],
    ['linux', 'Error: Input/output error, cannot open /dev/ttyACM0', { kind: 'passing' }],
  ] as const)('on %s "%s"', (platform, message, expected) => {
    expect(openFaultOf(new Error(message), platform)).toEqual(expected);
  });
});
