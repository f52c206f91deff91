/** Closes a union: the compiler refuses a case that was forgotten, and a value from outside the types throws. */
export function assertNever(value: never): never {
  throw new TypeError(`Unexpected case: ${JSON.stringify(value)}`);
}
