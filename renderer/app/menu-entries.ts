import type { MessageId } from '../../shared/i18n/catalogues.ts';
import type { KeyName } from '../ui/Key.tsx';
import type { Page } from './page.ts';

export interface MenuEntry {
  /** A page, or the window that stands on the customer's side. */
  readonly opens: Page | 'customer-display';
  readonly title: MessageId;
  /** What it is for, in one line. */
  readonly detail: MessageId;
  /** Opens it on the menu; the same in every environment, so that hands can learn it. */
  readonly press: string;
  /** Opens it from anywhere, where it has one. */
  readonly key?: KeyName;
  /** Only where nothing real can be touched. */
  readonly isTraining?: true;
}

export interface MenuGroup {
  readonly title: MessageId;
  readonly entries: readonly MenuEntry[];
}

/** Every page that is opened by name, by who needs it: digits for the people of the store, letters for who looks after it. */
export const menuGroups: readonly MenuGroup[] = [
  {
    title: 'menu.group.counter',
    entries: [
      entry('1', { name: 'checkout' }, 'menu.checkout', 'menu.checkout.detail', 'escape'),
      entry('2', { name: 'return' }, 'return.title', 'menu.return.detail', 'f2'),
      entry('3', { name: 'receipts' }, 'menu.receipts', 'menu.receipts.detail', 'f7'),
      entry('4', 'customer-display', 'menu.customer', 'menu.customer.detail'),
    ],
  },
  {
    title: 'menu.group.store',
    entries: [
      entry('5', { name: 'board' }, 'menu.board', 'menu.board.detail', 'f3'),
      entry('6', { name: 'day' }, 'menu.day', 'menu.day.detail'),
      entry('7', { name: 'correction' }, 'correction.title', 'menu.correction.detail'),
      entry('8', { name: 'operators' }, 'operators.title', 'menu.operators.detail'),
      { ...entry('9', { name: 'training' }, 'menu.training', 'menu.training.detail'), isTraining: true },
    ],
  },
  {
    title: 'menu.group.terminal',
    entries: [
      entry('A', { name: 'devices' }, 'menu.devices', 'menu.devices.detail'),
      entry('B', { name: 'doctor' }, 'menu.doctor', 'menu.doctor.detail'),
      entry('C', { name: 'settings' }, 'menu.settings', 'menu.settings.detail'),
      entry('D', { name: 'figures' }, 'menu.figures', 'menu.figures.detail'),
      entry('E', { name: 'lockdown' }, 'menu.lockdown', 'menu.lockdown.detail'),
      entry('F', { name: 'about' }, 'menu.about', 'menu.about.detail'),
    ],
  },
];

function entry(
  press: string,
  opens: MenuEntry['opens'],
  title: MessageId,
  detail: MessageId,
  key?: KeyName,
): MenuEntry {
  return { press, opens, title, detail, ...(key === undefined ? {} : { key }) };
}
