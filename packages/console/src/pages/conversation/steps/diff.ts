/** Something that is different between two values that JSON can hold. */
export interface Change {
  readonly path: readonly string[];
  readonly kind: 'added' | 'changed' | 'removed';
  readonly before?: unknown;
  readonly after?: unknown;
}

/** More are not listed: nobody reads them. */
export const MOST_CHANGES = 200;

/** What has changed from one value to another: the innermost that differ, in the order of the later value; what is gone comes last. */
export function differences(before: unknown, after: unknown): readonly Change[] {
  const changes: Change[] = [];
  compare(before, after, [], changes);
  return changes;
}

function compare(before: unknown, after: unknown, path: readonly string[], changes: Change[]): void {
  if (changes.length >= MOST_CHANGES || Object.is(before, after)) return;
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after)) {
    changes.push({ path, kind: kindOf(before, after), before, after });
    return;
  }
  for (const key of Object.keys(after)) compare(at(before, key), at(after, key), [...path, key], changes);
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) compare(at(before, key), undefined, [...path, key], changes);
  }
}

type Branch = Readonly<Record<string, unknown>>;

function isBranch(value: unknown): value is Branch {
  return value !== null && typeof value === 'object';
}

function at(branch: Branch, key: string): unknown {
  return Object.hasOwn(branch, key) ? branch[key] : undefined;
}

function kindOf(before: unknown, after: unknown): Change['kind'] {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}
