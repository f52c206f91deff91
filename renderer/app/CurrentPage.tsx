import { assertNever } from '../../shared/domain/assert-never.ts';
import { Board } from '../features/board/Board.tsx';
import { Checkout } from '../features/checkout/Checkout.tsx';
import { Devices } from '../features/devices/Devices.tsx';
import { CorrectionPage } from '../features/returns/CorrectionPage.tsx';
import { KeyedReturnPage } from '../features/returns/KeyedReturnPage.tsx';
import { ReturnPage } from '../features/returns/ReturnPage.tsx';
import { Receipts } from '../features/receipts/Receipts.tsx';
import { Training } from '../features/training/Training.tsx';
import { OperatorsPage } from '../features/operators/OperatorsPage.tsx';
import { Doctor } from '../features/doctor/Doctor.tsx';
import { Figures } from '../features/doctor/Figures.tsx';
import { Lockdown } from '../features/about/Lockdown.tsx';
import { About } from '../features/about/About.tsx';
import { Settings } from '../features/settings/Settings.tsx';
import { DayPage } from '../features/day/DayPage.tsx';
import { Menu } from './Menu.tsx';
import type { Page } from './page.ts';
import type { Loaded } from './terminal-state.ts';

interface CurrentPageProps {
  readonly page: Page;
  readonly openings: number;
  readonly loaded: Loaded;
  readonly isConnected: boolean;
}

/** The page the window is on. */
export function CurrentPage({ page, openings, loaded, isConnected }: CurrentPageProps) {
  switch (page.name) {
    case 'checkout':
      return <Checkout loaded={loaded} isConnected={isConnected} />;
    case 'day':
      return <DayPage />;
    case 'menu':
      return <Menu />;
    case 'devices':
      return <Devices />;
    case 'return':
      return <ReturnPage key={openings} reference={page.reference} />;
    case 'keyed-return':
      return <KeyedReturnPage />;
    case 'correction':
      return <CorrectionPage />;
    case 'operators':
      return <OperatorsPage />;
    case 'training':
      return <Training />;
    case 'receipts':
      return <Receipts key={page.reference} reference={page.reference ?? ''} />;
    case 'settings':
      return <Settings />;
    case 'doctor':
      return <Doctor />;
    case 'figures':
      return <Figures />;
    case 'lockdown':
      return <Lockdown />;
    case 'about':
      return <About />;
    case 'board': {
      const { filter = 'all' } = page;
      return <Board key={filter} filter={filter} />;
    }
    default:
      return assertNever(page);
  }
}
