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
  /** Only where nothing real can be touched. */
  readonly isTraining?: true;
}

/** Every page that is opened by name, in the order people need them. Digits open them on the menu. */
export const menuEntries: readonly MenuEntry[] = [
  { page: { name: 'checkout' }, title: 'menu.checkout', detail: 'menu.checkout.detail', key: 'escape' },
  { page: { name: 'return' }, title: 'return.title', detail: 'menu.return.detail', key: 'f2' },
  { page: { name: 'board' }, title: 'menu.board', detail: 'menu.board.detail', key: 'f3' },
  { page: { name: 'day' }, title: 'menu.day', detail: 'menu.day.detail' },
  { page: { name: 'receipts' }, title: 'menu.receipts', detail: 'menu.receipts.detail', key: 'f7' },
  { page: { name: 'correction' }, title: 'correction.title', detail: 'menu.correction.detail' },
  { page: { name: 'operators' }, title: 'operators.title', detail: 'menu.operators.detail' },
  { page: { name: 'devices' }, title: 'menu.devices', detail: 'menu.devices.detail' },
  { page: { name: 'doctor' }, title: 'menu.doctor', detail: 'menu.doctor.detail' },
  { page: { name: 'settings' }, title: 'menu.settings', detail: 'menu.settings.detail' },
  { page: { name: 'figures' }, title: 'menu.figures', detail: 'menu.figures.detail' },
  { page: { name: 'training' }, title: 'menu.training', detail: 'menu.training.detail', isTraining: true },
  { page: { name: 'lockdown' }, title: 'menu.lockdown', detail: 'menu.lockdown.detail' },
  { page: { name: 'about' }, title: 'menu.about', detail: 'menu.about.detail' },
];
