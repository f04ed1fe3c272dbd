import type { Chrono, ParsedComponents, ParsedResult } from 'chrono-node';
import { type Circumstances, notUnderstood, type Parsed, understood } from '../parser.ts';
import { numberLanguages } from '../reading/numbers.ts';
import { spelledAt } from '../reading/spelled.ts';
import { tidy, wordsOf } from '../reading/tidy.ts';
import { type Readers, readingsFor } from './chronos.ts';
import { type ClockWords, clockWordsOf } from './clock-words.ts';
import { addDays, type ClockTime, type Day, dayAt, isDay, isoDay, nextWithNumber } from './instants.ts';

/** What a text says of a date and a time; what it leaves out is not there. */
export interface Said {
  readonly day?: SaidDay;
  readonly clock?: SaidClock;
  /** The moment itself, in milliseconds since the epoch: `in two hours`. */
  readonly at?: number;
  /** Whether it is said to have been: `last friday`. */
  readonly isPast: boolean;
}

export interface SaidDay extends Day {
  /** What was not said of it. A weekday is of some week, `15/3` of some year, `the 15th` of some month. */
  readonly leftOut?: 'week' | 'year' | 'month';
  /** The weekday that it is said to be, from 0, Sunday. */
  readonly weekday?: number;
}

export interface SaidClock extends ClockTime {
  /** Whether the half of the day is known: `3 pm`, `15:00`, `tonight at 8`. */
  readonly isHalfKnown: boolean;
  /** Minutes ahead of UTC, where a zone was named. */
  readonly offset?: number;
}

/** What a number that is all there is stands for. */
export type BareNumber = 'hour' | 'day' | 'nothing';

/**
 * What a text says of a date and a time. Problems: `not-a-date`, `no-such-date`, `vague`, `range`, `several`.
 */
export function readSaid(text: string, circumstances: Circumstances, readers: Readers, bare: BareNumber): Parsed<Said> {
  const tidied = tidy(text);
  let best: Parsed<Said> | undefined;
  for (const { language, chrono } of readingsFor(circumstances, readers)) {
    const said = readIn(chrono, clockWordsOf(language), tidied, circumstances, bare);
    if (said !== undefined && partsOf(said) > partsOf(best)) best = said;
    if (partsOf(best) === WHOLE) break;
  }
  return best ?? notUnderstood(/(?<!\d)\d{1,2}[/.-]\d{1,2}(?!\d)/.test(tidied) ? 'no-such-date' : 'not-a-date');
}

const WHOLE = 2;

/** How much was read: a day and a time are all that there can be, and so is a problem. */
function partsOf(said: Parsed<Said> | undefined): number {
  if (said === undefined) return 0;
  if (!said.understood || said.value.at !== undefined) return WHOLE;
  return (said.value.day === undefined ? 0 : 1) + (said.value.clock === undefined ? 0 : 1);
}

/** The same in one language; undefined if there is nothing in it. */
function readIn(
  chrono: Chrono,
  wording: ClockWords,
  tidied: string,
  circumstances: Circumstances,
  bare: BareNumber,
): Parsed<Said> | undefined {
  const { now, timeZone } = circumstances;
  const today = dayAt(now, timeZone);
  const { rewritten, isDayAlone } = withWholeDay(rewrite(tidied, wording, circumstances, bare), wording, today, bare);
  const isVague = (part: string) => wording.vague.test(part.trim());
  if (isVague(rewritten)) return notUnderstood('vague');
  if (bare === 'hour' && wording.open.test(rewritten)) return notUnderstood('range');
  const results = resultsOf(chrono, rewritten, today);
  if (results.length === 0) return undefined;
  const isRange = wording.open.test(rewritten) || results.some(({ end }) => end !== undefined && end !== null);
  if (isRange) return notUnderstood('range');
  if (results.every((result) => isVague(result.text))) return notUnderstood('vague');
  const isPast = new RegExp(wording.past.source, 'iu').test(rewritten);
  const relative = results.findIndex(isRelative);
  if (relative === -1) return combined(results, isPast, isDayAlone);
  if (results.length > 1) return notUnderstood('several');
  const at = now + hoursOn(resultsOf(chrono, rewritten, STEADY)[relative]);
  return isDay(dayAt(at, timeZone)) ? understood({ at, isPast }) : undefined;
}

function rewrite(tidied: string, wording: ClockWords, circumstances: Circumstances, bare: BareNumber): string {
  const plain = bare === 'nothing' ? tidied : wholeNumber(tidied, wording, circumstances, bare);
  return wording.rewritings.reduce((text, [expression, replacement]) => {
    return typeof replacement === 'string'
      ? text.replace(expression, replacement)
      : text.replace(expression, replacement);
  }, plain);
}

/** A text that is a number, as a time or as a day: `3`, `three`, `1530`, `3.30`. */
function wholeNumber(tidied: string, { around }: ClockWords, circumstances: Circumstances, bare: BareNumber): string {
  const alone = tidied.replace(around, '').replace(/[\s.,!]+$/, '');
  const words = wordsOf(alone);
  const spelled = numberLanguages(circumstances).map((language) => spelledAt(words, 0, language));
  const number = /^\d{1,2}$/.test(alone)
    ? Number(alone)
    : spelled.find((found) => found?.length === words.length)?.value;
  return bare === 'day' ? wholeDay(tidied, alone, number) : wholeHour(tidied, alone, number);
}

function wholeDay(tidied: string, alone: string, number: number | undefined): string {
  const day = number ?? Number(/^(\d{1,2})(?:st|nd|rd|th)$/i.exec(alone)?.[1]);
  return Number.isInteger(day) && day >= 1 && day <= 31 ? String(day) : tidied;
}

function wholeHour(tidied: string, alone: string, number: number | undefined): string {
  if (number !== undefined && Number.isInteger(number) && number >= 0 && number <= 24) {
    return /^0/.test(alone) ? `${alone}:00` : `${number % 24}:00`;
  }
  const clock = /^(\d{1,2})[.,]?([0-5]\d)$/.exec(alone);
  return clock === null || Number(clock[1]) > 23 ? tidied : `${clock[1]}:${clock[2]}`;
}

/** `the 15th`, as the next day with that number, and the day after tomorrow: as dates that every reader reads. */
function withWholeDay(
  text: string,
  { overmorrow, dayAlone }: ClockWords,
  today: Day,
  bare: BareNumber,
): { readonly rewritten: string; readonly isDayAlone: boolean } {
  const rewritten = text.replace(overmorrow, isoDay(addDays(today, 2)));
  const match = (bare === 'day' ? /^(\d{1,2})$/.exec(rewritten) : null) ?? dayAlone.exec(rewritten);
  const next = match === null ? undefined : nextWithNumber(Number(match[1]), today);
  if (match === null || next === undefined) return { rewritten, isDayAlone: false };
  return { rewritten: rewritten.replace(match[0], isoDay(next)), isDayAlone: true };
}

/**
 * Noon in the zone of this process: chrono-node counts in that zone when none is given, and no clock is set at noon, so that days come
 * out the same wherever it runs. Hours are taken from texts alone.
 */
function noonOf({ year, month, day }: Day): Date {
  return new Date(year, month - 1, day, 12);
}

function resultsOf(chrono: Chrono, text: string, reference: Day): readonly ParsedResult[] {
  return chrono.parse(text, noonOf(reference)).filter(({ start }) => isTelling(start));
}

function isTelling(start: ParsedComponents): boolean {
  return saysDay(start) || saysMonth(start) || start.isCertain('hour');
}

function saysDay(start: ParsedComponents): boolean {
  return start.isCertain('weekday') || start.isCertain('day');
}

function saysMonth(start: ParsedComponents): boolean {
  return start.isCertain('month') && !start.isCertain('day');
}

function isRelative({ start }: ParsedResult): boolean {
  const tags = start.tags();
  return tags.has('result/relativeDateAndTime') || tags.has('casualReference/now');
}

/** Noon of a day around which no zone sets its clocks, so that hours can be counted from it. */
const STEADY: Day = { year: 2021, month: 6, day: 15 };

/** How long after its reference chrono-node says that something is, in milliseconds: 7,200,000 for `in two hours`. */
function hoursOn(result: ParsedResult | undefined): number {
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second') => result?.start.get(name) ?? Number.NaN;
  const there = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return there - Date.UTC(STEADY.year, STEADY.month - 1, STEADY.day, 12);
}

/** One date and one time, which may be apart: `friday, perhaps around 3 pm`. */
function combined(results: readonly ParsedResult[], isPast: boolean, isDayAlone: boolean): Parsed<Said> {
  const days = results.filter(({ start }) => saysDay(start));
  const clocks = results.filter(({ start }) => start.isCertain('hour'));
  if (days.length > 1 || clocks.length > 1) return notUnderstood('several');
  const day = days[0] === undefined ? undefined : saidDay(days[0].start, isDayAlone);
  const clock = clocks[0] === undefined ? undefined : saidClock(clocks[0]);
  if (day === 'none') return notUnderstood('no-such-date');
  if (day === undefined && clock === undefined) return notUnderstood('vague');
  return understood({ isPast, ...(day === undefined ? {} : { day }), ...(clock === undefined ? {} : { clock }) });
}

function saidDay(start: ParsedComponents, isDayAlone: boolean): SaidDay | 'none' {
  const day: Day = { year: start.get('year') ?? 0, month: start.get('month') ?? 0, day: start.get('day') ?? 0 };
  if (!isDay(day)) return 'none';
  if (!start.isCertain('day')) return { ...day, leftOut: 'week' };
  const weekday = start.isCertain('weekday') ? start.get('weekday') : null;
  const leftOut = isDayAlone ? 'month' : start.isCertain('year') ? undefined : 'year';
  return { ...day, ...(leftOut === undefined ? {} : { leftOut }), ...(weekday === null ? {} : { weekday }) };
}

function saidClock({ start, text }: ParsedResult): SaidClock {
  const hour = (start.get('hour') ?? 0) % 24;
  const isHalfKnown = start.isCertain('meridiem') || hour === 0 || hour > 12 || /(?<!\d)(?:0\d[:.h]|12:00)/i.test(text);
  const offset = start.isCertain('timezoneOffset') ? start.get('timezoneOffset') : null;
  return { hour, minute: start.get('minute') ?? 0, isHalfKnown, ...(offset === null ? {} : { offset }) };
}
