import type { ApprovingRole } from '../../shared/domain/operator.ts';

export type Authorization =
  /** `actor`: the operator's name for the audit chain; null where the store works without operators. */
  | { readonly kind: 'authorized'; readonly actor: string | null }
  /** Nobody who may do this has said yes. */
  | { readonly kind: 'approval-needed' };

/** Says who stands behind an action: whoever is signed in with the role it takes, or the one who approved it. */
export interface Authority {
  /**
   * `approval` is what an approval by PIN gave, good for one action: asking uses it up. What takes IT may also be done by a
   * manager in a store that has no IT operator.
   */
  authorize(role: ApprovingRole, approval: string | undefined): Authorization;
}
