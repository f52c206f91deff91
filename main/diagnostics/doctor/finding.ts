import { checkIds, type CheckId, type Finding } from '../../../shared/contract/doctor.ts';

type Facts = Readonly<Record<string, string | number>>;

function made(check: CheckId, verdict: Finding['verdict'], code: string, facts: Facts): Finding {
  const text = Object.entries(facts).map(([name, value]) => [name, String(value).slice(0, 500)] as const);
  return { number: checkIds.indexOf(check) + 1, check, verdict, code, facts: Object.fromEntries(text) };
}

export const well = (check: CheckId, code: string, facts: Facts = {}): Finding =>
  made(check, 'well', code, facts);
export const warning = (check: CheckId, code: string, facts: Facts = {}): Finding =>
  made(check, 'warning', code, facts);
export const fault = (check: CheckId, code: string, facts: Facts = {}): Finding =>
  made(check, 'fault', code, facts);
/** Not a fault of its own: something before it is, or it does not apply here. */
export const notChecked = (check: CheckId, code: string, facts: Facts = {}): Finding =>
  made(check, 'not-checked', code, facts);
