import { type ErrorCode, ParleyError } from '@parley/core';
import type { Closure, LocalTime } from './calendar.ts';
import type { Full } from './caps.ts';
import { DATA_VERSION } from './data/index.ts';
import { clockTime } from './hours.ts';
import type { RuleInForce } from './rulebook.ts';

/** Why a message can not leave now, as verdicts have it. */
export interface Obstacle {
  readonly code: ErrorCode;
  readonly reason: string;
  /** The calendar or the cap. */
  readonly rule: string;
  readonly data: string;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** A closed calendar in words. */
export function obstacleOf(closure: Closure): Obstacle {
  const { calendar, inForce, local } = closure;
  const details = { place: inForce.rule.name, calendar, day: dayInWords(local) };
  const source = { rule: calendar, data: dataOf(inForce) };
  switch (closure.kind) {
    case 'quiet-hours': {
      const { from, until } = closure.slot;
      const hours = `${clockTime(from)} to ${clockTime(until)}`;
      const code = 'error.platform.tcpa.quiet-hours';
      return { ...inWords(code, { ...details, hours, time: clockTime(local.minutes) }), ...source };
    }
    case 'banned-day':
      return { ...inWords('error.platform.tcpa.banned-day', details), ...source };
    case 'holiday':
      return { ...inWords('error.platform.tcpa.holiday', { ...details, holiday: closure.name }), ...source };
    case 'emergency-ban': {
      const { from, until, reason } = closure.ban;
      const words = inWords('error.platform.tcpa.emergency-ban', { ...details, from, until, ban: reason });
      return { ...words, rule: calendar, data: 'emergencyBans of the configuration' };
    }
  }
}

/** A cap that is full in words. */
export function obstacleOfCap({ cap, inForce }: Full): Obstacle {
  const { name, place } = inForce.rule;
  const rule = capName(place, cap);
  const { max, perHours: hours } = cap;
  return {
    ...inWords('error.platform.tcpa.frequency-cap', { place: name, max, hours, rule }),
    rule,
    data: dataOf(inForce),
  };
}

/** `TCPA-FL-3-in-24h`. */
export function capName(place: string, { max, perHours }: { readonly max: number; readonly perHours: number }): string {
  return `TCPA-${place}-${max}-in-${perHours}h`;
}

/** The version of the data, and whether the configuration has had a say. */
export function dataOf({ overrides }: Pick<RuleInForce, 'overrides'>): string {
  return overrides.length === 0 ? DATA_VERSION : `${DATA_VERSION} with overrides`;
}

export function inWords(
  code: ErrorCode,
  details: Readonly<Record<string, string | number>>,
): Pick<Obstacle, 'code' | 'reason'> {
  return { code, reason: new ParleyError(code, details).message };
}

/** `Thursday, 2026-11-26`. */
export function dayInWords({ dayOfWeek, date }: Pick<LocalTime, 'dayOfWeek' | 'date'>): string {
  return `${WEEKDAYS[dayOfWeek]}, ${date}`;
}
