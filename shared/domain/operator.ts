/** Cashiers sell; managers also decide, return and close; IT also sees and changes how the terminal works. */
export const operatorRoles = ['cashier', 'manager', 'it'] as const;
export type OperatorRole = (typeof operatorRoles)[number];

/** How a store works with operators; see `operators.mode` in the settings. */
export const operatorModes = ['managers', 'everyone', 'off'] as const;
export type OperatorMode = (typeof operatorModes)[number];

/** What a person may be asked to say yes to. */
export type ApprovingRole = Exclude<OperatorRole, 'cashier'>;

export const PIN_MIN_DIGITS = 4;
export const PIN_MAX_DIGITS = 8;
export const OPERATOR_NAME_LIMIT = 40;

export const pinFaults = ['pin-not-digits', 'pin-too-short', 'pin-too-long', 'pin-trivial'] as const;
export type PinFault = (typeof pinFaults)[number];

/** What is wrong with a PIN somebody chose; undefined when it may be used. */
export function pinFaultOf(pin: string): PinFault | undefined {
  if (!/^\d*$/.test(pin)) return 'pin-not-digits';
  if (pin.length < PIN_MIN_DIGITS) return 'pin-too-short';
  if (pin.length > PIN_MAX_DIGITS) return 'pin-too-long';
  return isTrivial(pin) ? 'pin-trivial' : undefined;
}

/** Down the middle of a keypad, and its corners: what hands choose by themselves. */
const KEYPAD_FIGURES: readonly string[] = ['2580', '0852', '1379', '9731', '1397', '7931'];

/** What is tried first by anybody: one digit, a run, a pattern again and again, pairs, a year, a figure on the keypad. */
function isTrivial(pin: string): boolean {
  const steps = pin
    .slice(1)
    .split('')
    .map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10);
  if ([0, 1, 9].some((step) => steps.every((one) => one === step))) return true;
  const isRepeated = [1, 2, 3, 4].some(
    (length) =>
      pin.length > length && pin.length % length === 0 && pin.slice(length) === pin.slice(0, -length),
  );
  if (isRepeated || /^(?:(\d)\1)+$/.test(pin)) return true;
  return /^(?:19|20)\d\d$/.test(pin) || KEYPAD_FIGURES.includes(pin);
}

/** A name as it is kept: without spaces around it, one between words. */
export function tidyName(name: string): string {
  return name.trim().replaceAll(/\s+/g, ' ').slice(0, OPERATOR_NAME_LIMIT).trim();
}
