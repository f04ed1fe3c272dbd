import { DateTime } from 'luxon';

const UNITS: Readonly<Record<string, number>> = {
  ...{ s: 1_000, sec: 1_000, second: 1_000, min: 60_000, m: 60_000, minute: 60_000, h: 3_600_000, hour: 3_600_000 },
  ...{ d: 86_400_000, day: 86_400_000, w: 604_800_000, week: 604_800_000 },
};

const PART = /(\d+(?:\.\d+)?)\s*([a-z]+)\s*/gy;

/** A span of time as people write it, in milliseconds: `2h`, `1d 3h`, `90 minutes`; `undefined` when it is none. */
export function parseSpan(text: string): number | undefined {
  const words = text.trim().toLowerCase();
  let span = 0;
  let end = 0;
  for (const [part, count = '', word = ''] of words.matchAll(PART)) {
    const unit = UNITS[word] ?? UNITS[word.replace(/s$/, '')];
    if (unit === undefined) return undefined;
    span += Number(count) * unit;
    end += part.length;
  }
  return end === words.length && span > 0 ? Math.round(span) : undefined;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * A moment to come as people write it: `9am`, `tomorrow`, `friday 14:30`, `2026-01-07 noon`. Without a time of day it is the present
 * one; `undefined` when it is no moment, or has passed.
 */
export function parseMoment(text: string, now: number, zone: string): number | undefined {
  const present = DateTime.fromMillis(now, { zone });
  const [first = '', ...rest] = text.trim().toLowerCase().split(/\s+/);
  const day = parseDay(first, present);
  const time = parseTime((day === undefined ? [first, ...rest] : rest).join(''));
  if (time === 'none' && day === undefined) return undefined;
  if (time === undefined) return undefined;
  let moment = time === 'none' ? (day ?? present) : (day ?? present).set({ ...time, second: 0, millisecond: 0 });
  // `9am` in the afternoon is that of tomorrow, and `monday` on a Monday that of the next week.
  if (moment <= present && day === undefined) moment = moment.plus({ days: 1 });
  if (moment <= present && WEEKDAYS.some((one) => isDay(first, one))) moment = moment.plus({ weeks: 1 });
  return moment > present ? moment.toMillis() : undefined;
}

function parseDay(word: string, present: DateTime): DateTime | undefined {
  if (word === 'today') return present;
  if (word === 'tomorrow') return present.plus({ days: 1 });
  const weekday = WEEKDAYS.findIndex((day) => isDay(word, day));
  if (weekday !== -1) return present.plus({ days: (weekday + 1 - present.weekday + 7) % 7 });
  const date = /^\d{4}-\d\d-\d\d$/.test(word) ? DateTime.fromISO(word, { zone: present.zone }) : undefined;
  if (date === undefined || !date.isValid) return undefined;
  return date.set({
    hour: present.hour,
    minute: present.minute,
    second: present.second,
    millisecond: present.millisecond,
  });
}

function isDay(word: string, day: string): boolean {
  return word.length >= 3 && day.startsWith(word);
}

/** A time of day, `none` for no words, `undefined` for words that are none. */
function parseTime(words: string): { readonly hour: number; readonly minute: number } | 'none' | undefined {
  if (words === '') return 'none';
  if (words === 'noon') return { hour: 12, minute: 0 };
  if (words === 'midnight') return { hour: 0, minute: 0 };
  const [, hours = '', minutes = '0', half] = /^(?:at)?(\d{1,2})(?::(\d\d))?(am|pm)?$/.exec(words) ?? [];
  if (hours === '' || (half === undefined && !words.includes(':'))) return undefined;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'pm' ? 12 : 0);
  const isReal =
    hour < 24 && Number(minutes) < 60 && (half === undefined || (Number(hours) >= 1 && Number(hours) <= 12));
  return isReal ? { hour, minute: Number(minutes) } : undefined;
}

/** `Mon Jan 5, 17:00`; with seconds where they are not zero. */
export function momentWords(at: number, zone: string): string {
  const moment = DateTime.fromMillis(at, { zone, locale: 'en-US' });
  return moment.toFormat(moment.second === 0 ? 'ccc LLL d, HH:mm' : 'ccc LLL d, HH:mm:ss');
}
