/** XState's persisted snapshot of an actor, as far as the host looks into it. */
export interface PersistedSnapshot {
  readonly status: string;
  readonly value?: unknown;
  readonly context?: unknown;
  readonly children?: Readonly<Record<string, PersistedChild>>;
  readonly [field: string]: unknown;
}

interface PersistedChild {
  readonly snapshot: PersistedSnapshot;
  readonly src: unknown;
  readonly systemId?: string;
  readonly syncSnapshot?: boolean;
}

/**
 * Drops what XState spells out although it is not there (`output: undefined`), from a snapshot and those of its children, so
 * that a usual document is plain JSON. The same fields inside of context are left alone.
 */
export function trimSnapshot(snapshot: PersistedSnapshot): PersistedSnapshot {
  const trimmed = dropUndefined(snapshot);
  return snapshot.children === undefined ? trimmed : { ...trimmed, children: trimChildren(snapshot.children) };
}

function trimChildren(
  children: NonNullable<PersistedSnapshot['children']>,
): NonNullable<PersistedSnapshot['children']> {
  const trimmed = Object.entries(children).map(([id, child]) => [
    id,
    dropUndefined({ ...child, snapshot: trimSnapshot(child.snapshot) }),
  ]);
  return Object.fromEntries(trimmed);
}

function dropUndefined<Value extends object>(value: Value): Value {
  const kept: Partial<Value> = {};
  for (const key in value) if (value[key] !== undefined) kept[key] = value[key];
  return kept as Value;
}
