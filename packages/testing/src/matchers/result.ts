/** What vitest makes of a matcher. */
export interface Result {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * A result whose message says what was expected, and what there is.
 *
 * @param claim what follows on `to`: `have been told “Hello!”`.
 * @param there what there is, in lines.
 */
export function result(
  pass: boolean,
  { subject, claim, there }: { readonly subject: string; readonly claim: string; readonly there: string },
): Result {
  return { pass, message: () => `expected ${subject} ${pass ? 'not ' : ''}to ${claim}\n\n${there}` };
}

/** @throws a `TypeError` that says what belongs into `expect`. */
export function requireSubject<Subject>(
  value: unknown,
  keys: readonly (keyof Subject & string)[],
  matcher: string,
  what: string,
): Subject {
  if (typeof value === 'object' && value !== null && keys.every((key) => key in value)) return value as Subject;
  throw new TypeError(`${matcher} is for ${what}: expect(…).${matcher}`);
}
