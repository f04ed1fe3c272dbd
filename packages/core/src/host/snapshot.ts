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
  if (snapshot.children === undefined) return trimmed;
  const children = Object.entries(snapshot.children).map(([id, child]) => [
    id,
    dropUndefined({ ...child, snapshot: trimSnapshot(child.snapshot) }),
  ]);
  return { ...trimmed, children: Object.fromEntries(children) };
}

function dropUndefined<Value extends object>(value: Value): Value {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as Value;
}
