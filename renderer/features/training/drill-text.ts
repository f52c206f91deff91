import type { Drill, DrillPoint } from '../../../shared/contract/training.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';

/** What each drill is called, and what to do in it. */
export const drillText = {
  'network-away': {
    title: 'training.drill.network-away',
    detail: 'training.drill.network-away.detail',
  },
  'lost-answer': { title: 'training.drill.lost-answer', detail: 'training.drill.lost-answer.detail' },
  'refused-collector': {
    title: 'training.drill.refused-collector',
    detail: 'training.drill.refused-collector.detail',
  },
} as const satisfies Record<Drill, { title: MessageId; detail: MessageId }>;

export const pointText = {
  sold: 'training.point.sold',
  'sold-while-away': 'training.point.sold-while-away',
  'credited-once': 'training.point.credited-once',
  'went-to-manager': 'training.point.went-to-manager',
  'not-repeated': 'training.point.not-repeated',
} as const satisfies Record<DrillPoint['point'], MessageId>;
