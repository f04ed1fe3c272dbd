import type { Calendar, Closure } from './calendar.ts';
import { type Clocks, DAY, MINUTE } from './clocks.ts';
import type { CoveredCategory } from './data/rule.ts';
import { Memo } from './memo.ts';

/** The time that several calendars allow all together, for messages of one category. */
export interface Window {
  isOpen(instant: number): boolean;
  /** The first moment from `instant` on that is open; `undefined` when there is none within {@link HORIZON_DAYS}. */
  next(instant: number): number | undefined;
  /** The last whole minute before `instant` that is open, or `instant` if it is. */
  previous(instant: number): number | undefined;
  /** The calendar that is closed for longest from `instant` on, and why; `undefined` when all are open. */
  closureAt(instant: number): Closure | undefined;
}

/** How far is looked for an open moment. */
export const HORIZON_DAYS = 400;

/** What is looked at in one go: calendars are walked once for so much time, then it is a look into a list. */
const CHUNK = 8 * DAY;
const CHUNKS = Math.ceil(HORIZON_DAYS / 8);
/** How many chunks are remembered, some hundred bytes each: about a year, since messages may be planned for any day of it. */
const REMEMBERED = 48;

/** Open spans of time, in order and apart from one another: begin, end, begin, end …; the ends are not included. */
type Spans = readonly number[];

export function createWindow(calendars: readonly Calendar[], category: CoveredCategory, clocks: Clocks): Window {
  const chunks = new Memo<number, Spans>(REMEMBERED);
  /** Of each calendar on its own, where somebody has asked. */
  const parts = new Memo<Calendar, Window>();

  function spansOf(chunk: number): Spans {
    return chunks.get(chunk, () => openSpans(calendars, category, clocks, chunk * CHUNK, (chunk + 1) * CHUNK));
  }

  function isOpen(instant: number): boolean {
    return isWithin(spansOf(Math.floor(instant / CHUNK)), instant);
  }

  function next(instant: number): number | undefined {
    const first = Math.floor(instant / CHUNK);
    if (isWithin(spansOf(first), instant)) return instant;
    for (let chunk = first; chunk <= first + CHUNKS; chunk++) {
      const spans = spansOf(chunk);
      for (let index = 0; index < spans.length; index += 2) {
        const begin = spans[index] as number;
        if (begin >= instant) return begin;
      }
    }
    return undefined;
  }

  function previous(instant: number): number | undefined {
    const last = Math.floor(instant / CHUNK);
    if (isWithin(spansOf(last), instant)) return instant;
    for (let chunk = last; chunk >= last - CHUNKS; chunk--) {
      const spans = spansOf(chunk);
      for (let index = spans.length - 1; index > 0; index -= 2) {
        const end = spans[index] as number;
        if (end <= instant) return Math.max(end - MINUTE, spans[index - 1] as number);
      }
    }
    return undefined;
  }

  /** When one calendar opens on its own. */
  function opening(calendar: Calendar, instant: number): number {
    const part = parts.get(calendar, () => createWindow([calendar], category, clocks));
    return part.next(instant) ?? Number.POSITIVE_INFINITY;
  }

  return {
    isOpen,
    next,
    previous,
    closureAt(instant) {
      const [only, ...others] = calendars;
      if (others.length === 0) return only?.closureAt(instant, category);
      let last: { readonly calendar: Calendar; readonly until: number } | undefined;
      for (const calendar of calendars) {
        const until = opening(calendar, instant);
        if (until > (last?.until ?? instant)) last = { calendar, until };
      }
      return last?.calendar.closureAt(instant, category);
    },
  };
}

function isWithin(spans: Spans, instant: number): boolean {
  for (let index = 0; index < spans.length; index += 2) {
    if (instant < (spans[index] as number)) return false;
    if (instant < (spans[index + 1] as number)) return true;
  }
  return false;
}

function openSpans(
  calendars: readonly Calendar[],
  category: CoveredCategory,
  clocks: Clocks,
  from: number,
  until: number,
): Spans {
  let spans: Spans = [from, until];
  for (const calendar of calendars) {
    if (spans.length === 0) break;
    spans = intersect(spans, spansOfCalendar(calendar, category, clocks, from, until));
  }
  return spans;
}

/**
 * What one calendar allows. Hours are by the clock on the wall: where it jumps, the span is cut at the jump, so that an hour that comes twice is open
 * twice and one that is left out is not open at all.
 */
function spansOfCalendar(
  calendar: Calendar,
  category: CoveredCategory,
  clocks: Clocks,
  from: number,
  until: number,
): Spans {
  const spans: number[] = [];
  for (const stretch of clocks.stretches(calendar.zone, from, until)) {
    const first = Math.floor((stretch.from + stretch.offset) / DAY);
    const last = Math.floor((stretch.until - 1 + stretch.offset) / DAY);
    for (let day = first; day <= last; day++) {
      const slot = calendar.slotOn(day, category);
      if (slot === undefined) continue;
      const midnight = day * DAY - stretch.offset;
      const begin = Math.max(midnight + slot.from * MINUTE, stretch.from);
      const end = Math.min(midnight + slot.until * MINUTE, stretch.until);
      if (begin < end) append(spans, begin, end);
    }
  }
  return spans;
}

/** Spans that touch are one: midnight ends no window that goes on, and no year does. */
function append(spans: number[], begin: number, end: number): void {
  if (spans.at(-1) === begin) spans[spans.length - 1] = end;
  else spans.push(begin, end);
}

function intersect(one: Spans, other: Spans): Spans {
  const spans: number[] = [];
  let left = 0;
  let right = 0;
  while (left < one.length && right < other.length) {
    const leftEnd = one[left + 1] as number;
    const rightEnd = other[right + 1] as number;
    const begin = Math.max(one[left] as number, other[right] as number);
    const end = Math.min(leftEnd, rightEnd);
    if (begin < end) append(spans, begin, end);
    if (leftEnd < rightEnd) left += 2;
    else right += 2;
  }
  return spans;
}
