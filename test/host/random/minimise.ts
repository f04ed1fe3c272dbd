/** Parts of a spec that can be left out. */
const OPTIONAL = new Set(['guard', 'target', 'onDone', 'onError', 'onSnapshot', 'id', 'systemId']);

/** Milliseconds after which it is small enough. */
const LONGEST = 60_000;

/**
 * Makes a failing spec as small as it gets while it still fails: leaves out one part after the other. What fast-check does
 * by itself stops long before.
 */
export async function minimise<Spec>(
  spec: Spec,
  fails: (spec: Spec) => Promise<boolean>,
  until: number = Date.now() + LONGEST,
): Promise<Spec> {
  for (const smaller of smallerThan(spec)) {
    if (Date.now() > until) break;
    if (await fails(smaller as Spec)) return minimise(smaller as Spec, fails, until);
  }
  return spec;
}

function* smallerThan(value: unknown): Generator<unknown> {
  if (value === true) yield false;
  else if (typeof value === 'number' && value > 0) yield 0;
  else if (Array.isArray(value)) yield* smallerLists(value);
  else if (typeof value === 'object' && value !== null && !(value instanceof Error)) yield* smallerRecords(value);
}

function* smallerLists(list: readonly unknown[]): Generator<unknown> {
  if (list.length > 2) yield [];
  for (const [index] of list.entries()) yield list.toSpliced(index, 1);
  for (const [index, item] of list.entries()) for (const one of smallerThan(item)) yield list.with(index, one);
}

function* smallerRecords(record: object): Generator<unknown> {
  for (const key of Object.keys(record)) {
    if (OPTIONAL.has(key) || (key === 'delay' && 'do' in record)) {
      yield Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
    }
  }
  for (const [key, item] of Object.entries(record))
    for (const one of smallerThan(item)) yield { ...record, [key]: one };
}

/** A spec without what is empty, for reading. */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([, item]) => item !== false && !(Array.isArray(item) && item.length === 0),
  );
  return Object.fromEntries(kept.map(([key, item]) => [key, readable(item)]));
}
