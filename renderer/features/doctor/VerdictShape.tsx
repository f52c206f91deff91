import type { Finding } from '../../../shared/contract/doctor.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';

/** A verdict's shape beside its colour: disc with tick, triangle, disc with cross, a dash. */
export function VerdictShape({ verdict }: { readonly verdict: Finding['verdict'] }) {
  return (
    <svg className="verdict" data-verdict={verdict} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <Drawing verdict={verdict} />
    </svg>
  );
}

function Drawing({ verdict }: { readonly verdict: Finding['verdict'] }) {
  switch (verdict) {
    case 'well':
      return (
        <>
          <circle className="verdict-body" cx="12" cy="12" r="11" />
          <path className="verdict-mark" d="M6.8 12.6l3.4 3.4 7-7.6" />
        </>
      );
    case 'warning':
      return (
        <>
          <path className="verdict-body" d="M12 1.8l10.8 19.4H1.2z" />
          <path className="verdict-mark" d="M12 9v5.2M12 17.8v.2" />
        </>
      );
    case 'fault':
      return (
        <>
          <circle className="verdict-body" cx="12" cy="12" r="11" />
          <path className="verdict-mark" d="M8 8l8 8M16 8l-8 8" />
        </>
      );
    case 'not-checked':
      return <path className="verdict-mark" d="M6 12h12" />;
    default:
      return assertNever(verdict);
  }
}
