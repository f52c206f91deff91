import type { MessageId } from '../../shared/i18n/catalogues.ts';
import type { KeyName } from '../ui/Key.tsx';
import type { Page } from './page.ts';

export interface MenuEntry {
  readonly page: Page;
  readonly title: MessageId;
  /** What it is for, in one line. */
  readonly detail: MessageId;
  /** Opens it from anywhere, where it has one. */
  readonly key?: KeyName;
}

/** Every page that is opened by name, in the order people need them. Digits open them on the menu. */
export const menuEntries: readonly MenuEntry[] = [
  { page: { name: 'checkout' }, title: 'menu.checkout', detail: 'menu.checkout.detail', key: 'escape' },
  { page: { name: 'devices' }, title: 'menu.devices', detail: 'menu.devices.detail' },
];
