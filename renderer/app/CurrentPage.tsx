import { assertNever } from '../../shared/domain/assert-never.ts';
import { Checkout } from '../features/checkout/Checkout.tsx';
import { Devices } from '../features/devices/Devices.tsx';
import { Menu } from './Menu.tsx';
import type { Page } from './page.ts';
import type { Loaded } from './terminal-state.ts';

interface CurrentPageProps {
  readonly page: Page;
  readonly loaded: Loaded;
  readonly isConnected: boolean;
}

/** The page the window is on. */
export function CurrentPage({ page, loaded, isConnected }: CurrentPageProps) {
  switch (page.name) {
    case 'checkout':
      return <Checkout loaded={loaded} isConnected={isConnected} />;
    case 'menu':
      return <Menu />;
    case 'devices':
      return <Devices />;
    default:
      return assertNever(page);
  }
}
