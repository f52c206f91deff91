import { createLatePart } from '../../app/late-part.tsx';

/** What stands over any page, and is seldom there at the first load. */
export const lateSheets = {
  lock: createLatePart(async () => (await import('./LockScreen.tsx')).LockScreen),
  question: createLatePart(async () => (await import('./Question.tsx')).Question),
} as const;
