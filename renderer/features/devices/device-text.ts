import type { DevicesView, DeviceView, UsbIdentity } from '../../../shared/contract/devices.ts';
import type { ReadOutcome } from '../../../shared/domain/scan/scan.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import type { Words } from '../../app/words.ts';

const kindText: Readonly<Record<DeviceView['kind'], MessageId>> = {
  scanner: 'devices.kind.scanner',
  wedge: 'devices.kind.wedge',
  printer: 'devices.kind.printer',
};

/** What people call it: the settings' name, else what it is, with its number where there are several. */
export function deviceName({ name, kind, id }: DeviceView, { text }: Words): string {
  const number = /\d+$/.exec(id)?.[0];
  if (name !== undefined) return name;
  return number === undefined || number === '1' ? text(kindText[kind]) : `${text(kindText[kind])} ${number}`;
}

export interface StateText {
  readonly health: 'well' | 'idle' | 'trouble';
  readonly id: MessageId;
}

/** How a device is, in a word or two. */
export function stateText({ kind, state, port }: DeviceView): StateText {
  if (kind === 'wedge')
    return state.state === 'ready'
      ? { health: 'idle', id: 'devices.state.listening' }
      : { health: 'idle', id: 'devices.state.off' };
  switch (state.state) {
    case 'ready':
      return { health: 'well', id: 'devices.state.ready' };
    case 'none':
      return kind === 'printer' && port !== 'none'
        ? { health: 'idle', id: 'devices.state.by-network' }
        : { health: 'idle', id: 'devices.state.off' };
    case 'searching':
      return { health: 'idle', id: 'devices.state.searching' };
    case 'connecting':
      return { health: 'idle', id: 'devices.state.connecting' };
    case 'lost':
      return { health: 'trouble', id: 'devices.state.lost' };
    case 'blocked':
      return { health: 'trouble', id: blockedText[state.cause ?? 'other'] };
    default:
      return state.state satisfies never;
  }
}

const blockedText = {
  permission: 'devices.state.permission',
  'in-use': 'devices.state.in-use',
  other: 'devices.state.other',
} as const satisfies Record<string, MessageId>;

/** What a person can do about a device that may not be opened. */
export function helpText({ state }: DeviceView, platform: DevicesView['platform']): readonly MessageId[] {
  if (state.state === 'lost' || state.state === 'searching') return ['devices.help.unplugged'];
  if (state.state !== 'blocked') return [];
  if (state.cause === 'permission' && platform === 'linux')
    return ['devices.help.linux-group', 'devices.help.linux-rule'];
  if (state.cause === 'in-use' && platform === 'windows') return ['devices.help.windows-in-use'];
  if (state.cause === 'in-use') return ['devices.help.in-use', 'devices.help.linux-grabbers'];
  return ['devices.help.other'];
}

/** What is known of a plug, in the operating system's own codes. */
export function identityText({ vendorId, productId, serialNumber, place }: UsbIdentity): string {
  const model = productId === undefined ? vendorId : `${vendorId}:${productId}`;
  return [model, serialNumber ?? place].filter((part) => part !== undefined).join(' · ');
}

export const outcomeText: Readonly<Record<ReadOutcome, MessageId>> = {
  collector: 'devices.read.collector',
  receipt: 'devices.read.receipt',
  coupon: 'devices.read.coupon',
  ignored: 'devices.read.ignored',
  'no-read': 'devices.read.no-read',
  incomplete: 'devices.read.incomplete',
  'too-long': 'devices.read.too-long',
  'bad-bytes': 'devices.read.bad-bytes',
  'line-settings': 'devices.read.line-settings',
  'two-codes': 'devices.read.two-codes',
  product: 'devices.read.product',
  'payment-card': 'devices.read.payment-card',
  'card-unread': 'devices.read.card-unread',
  'not-a-collector': 'devices.read.not-a-collector',
  'check-digit': 'devices.read.check-digit',
};
