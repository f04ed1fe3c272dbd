import { ParleyError } from '@parley/core';

/** A place in an order by time; what happened in one moment is ordered by its id. */
export interface Place {
  readonly at: number;
  readonly id: string;
}

/** Puts an entry into a line, oldest first. */
export function insert<Entry extends Place>(line: Entry[], entry: Entry): void {
  const last = line.at(-1);
  if (last === undefined || comparePlaces(last, entry) < 0) line.push(entry);
  else line.splice(lowerBound(line, entry), 0, entry);
}

/** Takes an entry out of a line. */
export function removeFrom<Entry extends Place>(line: Entry[], entry: Entry): void {
  const index = lowerBound(line, entry);
  if (line[index] === entry) line.splice(index, 1);
}

/** The entries after a place, or all, oldest first. */
export function* from<Entry extends Place>(line: readonly Entry[], after: Place | undefined): Generator<Entry> {
  let index = after === undefined ? 0 : lowerBound(line, after);
  for (let entry = line[index]; entry !== undefined; entry = line[++index]) {
    if (after === undefined || comparePlaces(entry, after) > 0) yield entry;
  }
}

/** What part of a line a query wants: from `since` on, before `until`, and after the page that `cursor` ended. */
interface Span {
  readonly since?: number;
  readonly until?: number;
  readonly cursor?: string;
}

/**
 * The entries of a span, newest first.
 *
 * @throws `error.platform.storage.unknown-cursor`
 */
export function* newest<Entry extends Place>(line: readonly Entry[], span: Span): Generator<Entry> {
  let index = lowerBound(line, endOf(span));
  // Others may come in while the caller reads those before: the place is found again by what it held.
  for (let entry = line[--index]; entry !== undefined; entry = line[--index]) {
    if (span.since !== undefined && entry.at < span.since) return;
    yield entry;
    index = lowerBound(line, entry);
  }
}

/** Where the page after this entry begins. */
export function cursorOf({ at, id }: Place): string {
  return `${at}.${id}`;
}

/** The first place that is no longer part of the answer. */
function endOf({ cursor, until }: Span): Place {
  const byTime: Place = { at: until ?? Number.POSITIVE_INFINITY, id: '' };
  if (cursor === undefined) return byTime;
  const [, at, id] = /^(-?\d+)\.(.+)$/s.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw new ParleyError('error.platform.storage.unknown-cursor');
  const byCursor: Place = { at: Number(at), id };
  return comparePlaces(byTime, byCursor) < 0 ? byTime : byCursor;
}

/** The index of the first of sorted names that comes after `name`. */
export function firstAfter(names: readonly string[], name: string): number {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] ?? '') > name) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The index of the first entry that is not before `place`. */
export function lowerBound(line: readonly Place[], place: Place): number {
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = line[middle];
    if (entry !== undefined && comparePlaces(entry, place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function comparePlaces(one: Place, other: Place): number {
  return one.at - other.at || compare(one.id, other.id);
}

export function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
