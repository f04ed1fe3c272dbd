/** Which days are looked at. Days are UTC, as totals are. */

export const DAY = 86_400_000;

/** Totals of more days than this are not told apart. */
const MOST_DAYS = 400;

export const SPANS = [
  { id: 'today', name: 'Today', days: 1 },
  { id: '7', name: '7 days', days: 7 },
  { id: '30', name: '30 days', days: 30 },
  { id: '90', name: '90 days', days: 90 },
] as const;

export interface Span {
  /** One of the spans above, or `custom`. */
  readonly id: string;
  readonly since: number;
  /** The end of the last day. */
  readonly until: number;
  /** As a part of a sentence: `in the last 7 days`. */
  readonly words: string;
  /** What it is compared to: `the 7 days before`. */
  readonly before: string;
  /** Whether its last day is still going on. */
  readonly isOpen: boolean;
}

/** Reads it from the query string; the last 7 days where that says nothing that makes sense. */
export function spanOf(search: URLSearchParams, now: number): Span {
  const today = Math.floor(now / DAY) * DAY;
  const id = search.get('span') ?? '7';
  if (id === 'custom') {
    const custom = customSpan(search, today);
    if (custom !== undefined) return custom;
  }
  const { days, ...known } = SPANS.find((span) => span.id === id) ?? SPANS[1];
  return {
    ...{ id: known.id, since: today - (days - 1) * DAY, until: today + DAY, isOpen: true },
    ...(days === 1
      ? { words: 'today', before: 'yesterday' }
      : { words: `in the last ${days} days`, before: `the ${days} days before` }),
  };
}

function customSpan(search: URLSearchParams, today: number): Span | undefined {
  const first = dayOf(search.get('since'));
  const last = dayOf(search.get('until'));
  if (first === undefined || last === undefined || last < first) return undefined;
  const days = (last - first) / DAY + 1;
  if (days > MOST_DAYS) return undefined;
  return {
    ...{ id: 'custom', since: first, until: last + DAY, isOpen: last >= today },
    words: days === 1 ? `on ${dayText(first)}` : `from ${dayText(first)} to ${dayText(last)}`,
    before: days === 1 ? 'the day before' : `the ${days} days before`,
  };
}

/** The span of the same length before it. */
export function spanBefore({ since, until }: Span): Pick<Span, 'since' | 'until'> {
  return { since: since - (until - since), until: since };
}

/** `2026-11-24`. */
function dayOf(text: string | null): number | undefined {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(day) ? undefined : day;
}

/** For a date field. */
export function dateValue(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}

const dayFormat = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', timeZone: 'UTC' });
const wholeDayFormat = new Intl.DateTimeFormat(undefined, {
  ...{ weekday: 'short', year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' },
});

/** `Nov 24`; not by local time, which may say the day before. */
export const dayText = (day: number): string => dayFormat.format(day);
/** `Tue, Nov 24, 2026`. */
export const wholeDayText = (day: number): string => wholeDayFormat.format(day);
