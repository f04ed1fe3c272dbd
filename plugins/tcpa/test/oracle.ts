import Holidays from 'date-holidays';
import { RULES, type Rule } from '../src/index.ts';

/**
 * Says by brute force which minutes are allowed, by the data and the time zones of the platform, without any code of the plugin's own: the local time of
 * every half hour (clocks change at none else) is asked of `Intl`, and every minute is looked at by itself.
 */
export class Oracle {
  readonly #from: number;
  readonly #minutes: number;
  readonly #bitmaps = new Map<string, Uint8Array>();
  readonly #locals = new Map<string, Int32Array>();

  constructor(from: number, until: number) {
    this.#from = from;
    this.#minutes = (until - from) / MINUTE;
  }

  /** Which minutes all of these let a message in, 1 or 0. */
  bitmap(pairs: readonly (readonly [place: string, zone: string])[]): Uint8Array {
    const key = JSON.stringify(pairs);
    let bitmap = this.#bitmaps.get(key);
    if (bitmap === undefined) {
      const [first, ...others] = pairs.map(([place, zone]) => this.#bitmapOf(place, zone)) as [
        Uint8Array,
        ...Uint8Array[],
      ];
      bitmap = first.slice();
      for (const other of others) for (let at = 0; at < bitmap.length; at++) if (other[at] === 0) bitmap[at] = 0;
      this.#bitmaps.set(key, bitmap);
    }
    return bitmap;
  }

  #bitmapOf(place: string, zone: string): Uint8Array {
    const key = `${place} ${zone}`;
    let bitmap = this.#bitmaps.get(key);
    if (bitmap === undefined) {
      const rule = RULES.find((each) => each.place === place) as Rule;
      const federal = place.length === 2 ? RULES.find((each) => each.place === 'USA') : undefined;
      bitmap = this.#build(zone, federal === undefined ? [rule] : [federal, rule]);
      this.#bitmaps.set(key, bitmap);
    }
    return bitmap;
  }

  #build(zone: string, rules: readonly Rule[]): Uint8Array {
    const bitmap = new Uint8Array(this.#minutes);
    const locals = this.#localsOf(zone);
    let today = Number.NaN;
    let from = 0;
    let until = 0;
    for (let minute = 0; minute < this.#minutes; minute++) {
      const local = (locals[Math.floor(minute / 30)] as number) + (minute % 30);
      const day = Math.floor(local / 1440);
      if (day !== today) {
        today = day;
        const spans = rules.map((rule) => spanOn(rule, new Date(day * 1440 * MINUTE)));
        from = Math.max(...spans.map(([begin]) => begin));
        until = Math.min(...spans.map(([, end]) => end));
      }
      const time = local - day * 1440;
      bitmap[minute] = time >= from && time < until ? 1 : 0;
    }
    return bitmap;
  }

  /** Minutes of local time since 1970-01-01 00:00 on the wall, at every half hour. */
  #localsOf(zone: string): Int32Array {
    let locals = this.#locals.get(zone);
    if (locals === undefined) {
      const wall = wallClock(zone);
      const distance = (halfHour: number) => wall(this.#from + halfHour * 30 * MINUTE) - halfHour * 30;
      locals = new Int32Array(this.#minutes / 30);
      // What is the same before and after six hours is the same in between: no clock is changed twice in them.
      for (let begin = 0; begin < locals.length; begin += 12) {
        const before = distance(begin);
        const isSteady = distance(begin + 12) === before;
        for (let at = begin; at < begin + 12; at++) locals[at] = (isSteady ? before : distance(at)) + at * 30;
      }
      this.#locals.set(zone, locals);
    }
    return locals;
  }
}

export const MINUTE = 60_000;

/** What a clock on a wall shows, in minutes since 1970-01-01 00:00 on that wall. */
export function wallClock(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
  return (instant) => {
    const [month, day, year, hour, minute] = format.format(instant).split(/\D+/).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    return Date.UTC(year, month - 1, day, hour, minute) / MINUTE;
  };
}

const holidays = new Map<string, Set<string>>();

function spanOn(rule: Rule, day: Date): readonly [number, number] {
  const date = day.toISOString().slice(0, 10);
  if (rule.holidays !== undefined && holidaysOf(rule, date.slice(0, 4)).has(date)) return [0, 0];
  const weekday = day.getUTCDay();
  const hours = weekday === 0 ? rule.hours.sunday : weekday === 6 ? rule.hours.saturday : rule.hours.weekday;
  if (hours === null) return [0, 0];
  const [from, until] = hours.split('-').map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
  return [from as number, until as number];
}

function holidaysOf({ place, holidays: own = [] }: Rule, year: string): Set<string> {
  const key = `${place} ${year}`;
  let days = holidays.get(key);
  if (days === undefined) {
    const calendar = place === 'FRA' ? new Holidays('FR') : new Holidays('US', place.toLowerCase());
    for (const { name, rule } of own) calendar.setHoliday(rule, { name, type: 'public' });
    const found = calendar.getHolidays(Number(year)).filter(({ type }) => type === 'public' || type === 'bank');
    days = new Set(found.map(({ date }) => date.slice(0, 10)));
    holidays.set(key, days);
  }
  return days;
}
