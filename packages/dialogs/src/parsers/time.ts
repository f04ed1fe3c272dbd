import { makeReaders } from './dates/chronos.ts';
import { clockOption } from './dates/clock-option.ts';
import { type ClockTime, clockFrom, dayAt, instantFrom, isoClock } from './dates/instants.ts';
import { type Assumed, clocksFor } from './dates/moment.ts';
import { readSaid, type Said, type SaidClock } from './dates/said.ts';
import { malformed } from './malformed.ts';
import { type Circumstances, notUnderstood, type Parser, understood, withExamples } from './parser.ts';

/** A time of day. Plain data. */
export interface TimeOfDay {
  /** What clocks show: `15:00`. */
  readonly time: string;
  /** 0 to 23. */
  readonly hour: number;
  readonly minute: number;
  /** `meridiem` if it was not said which half of the day it is. */
  readonly assumed: readonly Assumed[];
}

export interface TimeOptions {
  /** The earliest that is taken, `HH:MM`. */
  readonly min?: string;
  /** The latest that is taken, `HH:MM`. */
  readonly max?: string;
  /** An hour without am or pm is one of the twelve from this one on, `HH:MM`. Default: `07:00`, so that `3` is 15:00. */
  readonly dayFrom?: string;
}

/**
 * A time of day: `3 pm`, `15:30`, `half past four`, `noon`, `3`, `1530`, `a las 3 de la tarde`. A date beside it is left out.
 *
 * Problems: `not-a-time`; `no-time` (a date only); `too-early` with `time` and `min`; `too-late` with `time` and `max`; `vague`; `range`;
 * `several`.
 *
 * @throws `error.platform.config.malformed` if an option is no `HH:MM`, or `min` is later than `max`.
 */
export function time({ min = '00:00', max = '23:59', dayFrom = '07:00' }: TimeOptions = {}): Parser<TimeOfDay> {
  if (clockFrom(min) === undefined || clockFrom(max) === undefined || min > max) {
    throw malformed('time', 'min and max have to be of the form HH:MM, min not later than max');
  }
  const from = clockOption('time', dayFrom);
  const readers = makeReaders();
  return withExamples([min <= '15:00' && max >= '15:00' ? '15:00' : min], (text, circumstances) => {
    const said = readSaid(text, circumstances, readers, 'hour');
    if (!said.understood) return NO_DATE.includes(said.problem.code) ? notUnderstood('not-a-time') : said;
    const clocks = clocksSaid(said.value, circumstances, from);
    const [likeliest] = clocks;
    if (likeliest === undefined) return notUnderstood('no-time');
    // What is open may as well be the other half of the day.
    const fitting = clocks.find((clock) => isoClock(clock) >= min && isoClock(clock) <= max);
    if (fitting !== undefined) return understood({ time: isoClock(fitting), ...fitting });
    const shown = isoClock(likeliest);
    return shown < min
      ? notUnderstood('too-early', { time: shown, min })
      : notUnderstood('too-late', { time: shown, max });
  });
}

/** The times that may be meant, the likeliest first. */
function clocksSaid(
  { clock, at }: Said,
  circumstances: Circumstances,
  dayFrom: ClockTime,
): readonly Omit<TimeOfDay, 'time'>[] {
  if (at !== undefined) return [{ ...instantFrom(at, circumstances.timeZone).clock, assumed: [] }];
  return clock === undefined ? [] : clocksFor(inZone(clock, circumstances), dayFrom);
}

const NO_DATE: readonly string[] = ['not-a-date', 'no-such-date'];

/** A time of another zone that was named, as clocks of the person's show it today. */
function inZone(clock: SaidClock, { now, timeZone }: Circumstances): SaidClock {
  if (clock.offset === undefined) return clock;
  const { year, month, day } = dayAt(now, timeZone);
  const at = Date.UTC(year, month - 1, day, clock.hour, clock.minute) - clock.offset * 60_000;
  return { ...instantFrom(at, timeZone).clock, isHalfKnown: true };
}
