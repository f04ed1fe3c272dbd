/** Where a machine is, as XState's state value says it. */
export interface ActiveStates {
  /** Dotted paths of all states that it is in: those around the innermost, too, and the root's empty one. */
  readonly all: ReadonlySet<string>;
  /** The innermost. */
  readonly leaves: ReadonlySet<string>;
}

/** The states that a state value stands for; none where there is no value. */
export function activeStates(value: unknown): ActiveStates {
  const all = new Set<string>();
  const leaves = new Set<string>();
  if (value !== undefined && value !== null) walk(value, [], all, leaves);
  return { all, leaves };
}

function walk(value: unknown, above: readonly string[], all: Set<string>, leaves: Set<string>): void {
  all.add(above.join('.'));
  if (typeof value === 'string') {
    const path = [...above, value].join('.');
    all.add(path);
    leaves.add(path);
    return;
  }
  const entries = value !== null && typeof value === 'object' ? Object.entries(value) : [];
  if (entries.length === 0) leaves.add(above.join('.'));
  for (const [key, child] of entries) walk(child, [...above, key], all, leaves);
}

/** All states that a machine has been in, by its state values. */
export function visitedStates(values: Iterable<unknown>): ReadonlySet<string> {
  const visited = new Set<string>();
  for (const value of values) for (const path of activeStates(value).all) visited.add(path);
  return visited;
}
