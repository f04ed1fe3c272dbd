/** How things are written, in the language of whoever looks. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const number = new Intl.NumberFormat();
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const precise = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const dayTime = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });

export const formatCount = (value: number): string => number.format(value);
/** `12.3K`. */
export const formatCompact = (value: number): string => compact.format(value);
export const formatShare = (value: number): string => percent.format(value);
export const formatPrecise = (at: number): string => precise.format(at);
export const formatDay = (at: number): string => day.format(at);
export const formatClock = (at: number): string => clock.format(at);

/** Today the time, else the day and the time. */
export function formatMoment(at: number, now = Date.now()): string {
  const today = new Date(now).toDateString() === new Date(at).toDateString();
  return today ? clock.format(at) : dayTime.format(at);
}

/** `2 min. ago`, `in 3 hr.` */
export function formatRelative(at: number, now = Date.now()): string {
  const distance = at - now;
  const size = Math.abs(distance);
  if (size < MINUTE) return relative.format(Math.round(distance / 1_000), 'second');
  if (size < HOUR) return relative.format(Math.round(distance / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.round(distance / HOUR), 'hour');
  return relative.format(Math.round(distance / DAY), 'day');
}

/** `1 h 5 min`: the two largest units. */
export function formatDuration(milliseconds: number): string {
  const units: readonly [string, number][] = [
    ['d', DAY],
    ['h', HOUR],
    ['min', MINUTE],
    ['s', 1_000],
  ];
  const first = units.findIndex(([, size]) => milliseconds >= size);
  if (first === -1) return `${Math.round(milliseconds)} ms`;
  let rest = milliseconds;
  const parts: string[] = [];
  for (const [unit, size] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(' ');
}

/** XState's state value on a line: `ordering.size`, of parallel states `{a.b, c}`. */
export function formatState(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object') return '';
  const parts = Object.entries(value).map(([key, child]) => {
    const inner = formatState(child);
    return inner === '' ? key : `${key}.${inner}`;
  });
  return parts.length === 1 ? (parts[0] ?? '') : `{${parts.join(', ')}}`;
}
