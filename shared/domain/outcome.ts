/** The four honest outcomes; the same words on screen, receipt, sound and customer display. */
export const outcomes = ['credited', 'accepted', 'stored', 'needs-manager'] as const;
export type Outcome = (typeof outcomes)[number];

/** Those that are not final, in the order the board filters by. */
export const openOutcomes = ['stored', 'needs-manager', 'accepted'] as const;

/**
 * Why a sale is stored or needs a manager. The renderer has a sentence for each: what happened, what it means for the
 * sale, what to do.
 */
export const outcomeReasons = [
  // stored
  'waiting',
  'no-network',
  'dns',
  'connection-refused',
  'connection-lost',
  'tls-untrusted',
  'tls-expired',
  'proxy-refused',
  'timeout',
  'token-refused',
  'client-not-allowed',
  'rate-limited',
  'maintenance',
  'airmiles-failing',
  'answer-unreadable',
  // needs a manager
  'rejected',
  'may-have-arrived',
] as const;
export type OutcomeReason = (typeof outcomeReasons)[number];

/** How a person, or a return of something never sent, closed a transaction on this terminal: nothing of it is sent any more. */
export const closeReasons = ['returned-unsent', 'corrected', 'cancelled', 'written-off'] as const;
export type CloseReason = (typeof closeReasons)[number];
