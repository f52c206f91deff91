/** What one check of the doctor came to. */
export const verdicts = ['well', 'warning', 'fault', 'not-checked'] as const;
type Verdict = (typeof verdicts)[number];

/** The worst of a report; what was not checked says nothing. */
export function worstOf(findings: readonly { readonly verdict: Verdict }[]): 'well' | 'warning' | 'fault' {
  if (findings.some(({ verdict }) => verdict === 'fault')) return 'fault';
  return findings.some(({ verdict }) => verdict === 'warning') ? 'warning' : 'well';
}
