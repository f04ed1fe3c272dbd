import { IANAZone } from 'luxon';

/** A span of time during which the clocks of a zone are equally far from UTC. All in milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  /** Local time less UTC. */
  readonly offset: number;
}

/** What clocks show in time zones. */
export interface Clocks {
  /** Local time less UTC, in milliseconds. */
  offsetAt(zone: string, instant: number): number;
  /** The stretches that make up a span of time, in order and without gaps. */
  stretches(zone: string, from: number, until: number): readonly Stretch[];
  /** Whether two zones show the same time all through the year of `instant`. */
  agree(one: string, other: string, instant: number): boolean;
}

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Two changes of a zone's clocks are further apart than this (Morocco's by a month): it is how often a year is looked at. */
const STEP = 7 * DAY;

/** Finds out when clocks change once for each zone and year, and remembers. */
export function createClocks(): Clocks {
  const years = new Map<string, Map<number, readonly Stretch[]>>();

  function yearOf(zone: string, year: number): readonly Stretch[] {
    let known = years.get(zone);
    if (known === undefined) {
      known = new Map();
      years.set(zone, known);
    }
    let stretches = known.get(year);
    if (stretches === undefined) {
      stretches = findStretches(zone, Date.UTC(year, 0), Date.UTC(year + 1, 0));
      known.set(year, stretches);
    }
    return stretches;
  }

  function stretches(zone: string, from: number, until: number): readonly Stretch[] {
    const found: Stretch[] = [];
    for (let year = yearAt(from); Date.UTC(year, 0) < until; year++) {
      for (const stretch of yearOf(zone, year)) {
        if (stretch.until <= from || stretch.from >= until) continue;
        const { offset } = stretch;
        found.push({ from: Math.max(stretch.from, from), until: Math.min(stretch.until, until), offset });
      }
    }
    return found;
  }

  return {
    stretches,
    offsetAt: (zone, instant) => (stretches(zone, instant, instant + 1)[0] as Stretch).offset,
    agree(one, other, instant) {
      if (one === other) return true;
      const year = yearAt(instant);
      return isDeepEqual(yearOf(one, year), yearOf(other, year));
    },
  };
}

/** Whether a name is one of a time zone. */
export function isZone(name: string): boolean {
  return IANAZone.create(name).isValid;
}

function findStretches(name: string, from: number, until: number): readonly Stretch[] {
  const zone = IANAZone.create(name);
  const offsetAt = (instant: number) => zone.offset(instant) * MINUTE;
  const found: Stretch[] = [];
  let begin = from;
  let offset = offsetAt(from);
  for (let at = from; at < until; at += STEP) {
    const next = Math.min(at + STEP, until);
    const nextOffset = offsetAt(next);
    if (nextOffset === offset) continue;
    const change = findChange(offsetAt, at, next);
    found.push({ from: begin, until: change, offset });
    begin = change;
    offset = nextOffset;
  }
  if (begin < until) found.push({ from: begin, until, offset });
  return found;
}

/** The first millisecond at which the offset is no longer the one of `before`. */
function findChange(offsetAt: (instant: number) => number, before: number, after: number): number {
  const offset = offsetAt(before);
  let low = before;
  let high = after;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

function yearAt(instant: number): number {
  return new Date(instant).getUTCFullYear();
}

function isDeepEqual(one: readonly Stretch[], other: readonly Stretch[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ until, offset }, index) => until === other[index]?.until && offset === other[index]?.offset)
  );
}
