import { createLatePart } from './late-part.tsx';

/** Every page but the checkout: what a cashier opens first is the first thing fetched ahead. */
export const latePages = {
  menu: createLatePart(async () => (await import('./Menu.tsx')).Menu),
  return: createLatePart(async () => (await import('../features/returns/ReturnPage.tsx')).ReturnPage),
  board: createLatePart(async () => (await import('../features/board/Board.tsx')).Board),
  receipts: createLatePart(async () => (await import('../features/receipts/Receipts.tsx')).Receipts),
  day: createLatePart(async () => (await import('../features/day/DayPage.tsx')).DayPage),
  keyedReturn: createLatePart(
    async () => (await import('../features/returns/KeyedReturnPage.tsx')).KeyedReturnPage,
  ),
  correction: createLatePart(
    async () => (await import('../features/returns/CorrectionPage.tsx')).CorrectionPage,
  ),
  devices: createLatePart(async () => (await import('../features/devices/Devices.tsx')).Devices),
  operators: createLatePart(
    async () => (await import('../features/operators/OperatorsPage.tsx')).OperatorsPage,
  ),
  settings: createLatePart(async () => (await import('../features/settings/Settings.tsx')).Settings),
  training: createLatePart(async () => (await import('../features/training/Training.tsx')).Training),
  doctor: createLatePart(async () => (await import('../features/doctor/Doctor.tsx')).Doctor),
  figures: createLatePart(async () => (await import('../features/doctor/Figures.tsx')).Figures),
  lockdown: createLatePart(async () => (await import('../features/about/Lockdown.tsx')).Lockdown),
  about: createLatePart(async () => (await import('../features/about/About.tsx')).About),
} as const;
