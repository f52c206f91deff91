import type { Warning } from '../../shared/contract/views.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { Words } from './words.ts';

/** A warning as a title and what to do about it. */
export function warningText(warning: Warning, { text, number }: Words): { title: string; detail: string } {
  switch (warning.kind) {
    case 'disk':
      return warning.space === 'full'
        ? { title: text('warning.disk-full'), detail: text('warning.disk-full.do') }
        : { title: text('warning.disk-low'), detail: text('warning.disk-low.do') };
    case 'stored-count': {
      const [count, limit] = [number(warning.count), number(warning.limit)];
      const isReached = warning.count >= warning.limit;
      return {
        title: text('warning.stored-count', { count, limit }),
        detail: text(isReached ? 'warning.stored-count.reached' : 'warning.stored-count.near'),
      };
    }
    case 'stored-age':
      return {
        title: text('warning.stored-age', { count: warning.days }),
        detail: text('warning.stored-age.do', { limit: number(warning.limitDays) }),
      };
    case 'clock': {
      const minutes = Math.round(Math.abs(warning.aheadMs) / 60_000);
      const title = warning.aheadMs > 0 ? 'warning.clock-ahead' : 'warning.clock-behind';
      return { title: text(title, { count: minutes }), detail: text('warning.clock.do') };
    }
    default:
      return assertNever(warning);
  }
}
