import { type Clocks, DAY, MINUTE } from './clocks.ts';
import type { CoveredCategory } from './data/rule.ts';
import { ALL_DAY, overlap, type Slot } from './hours.ts';
import type { EmergencyBan } from './options.ts';
import { type Rulebook, type RuleInForce, rulingOn } from './rulebook.ts';

/** When one place lets texts in by one zone's clocks. */
export interface Calendar {
  readonly place: string;
  readonly zone: string;
  /** What a day allows. @param day the local date, in days since 1970-01-01. */
  slotOn(day: number, category: CoveredCategory): Slot | undefined;
  /** Why a moment is closed; `undefined` when it is open. */
  closureAt(instant: number, category: CoveredCategory): Closure | undefined;
}

/** Why a calendar is closed at some moment. */
export type Closure = ClosureSource &
  (
    | { readonly kind: 'quiet-hours'; readonly slot: Slot }
    | { readonly kind: 'banned-day' }
    | { readonly kind: 'holiday'; readonly name: string }
    | { readonly kind: 'emergency-ban'; readonly ban: EmergencyBan }
  );

export interface ClosureSource {
  /** `TCPA-CA-America/Los_Angeles`. */
  readonly calendar: string;
  /** The rule behind it. */
  readonly inForce: RuleInForce;
  readonly local: LocalTime;
}

/** What a calendar and a clock on a wall show. */
export interface LocalTime {
  readonly zone: string;
  /** `2026-11-26`. */
  readonly date: string;
  /** 0 for Sunday. */
  readonly dayOfWeek: number;
  /** Minutes since midnight, with fractions. */
  readonly minutes: number;
}

/** The name of a calendar, as the system has it that this one re-creates. */
export function calendarName(place: string, zone: string): string {
  return `TCPA-${place}-${zone}`;
}

export function createCalendar(place: string, zone: string, rulebook: Rulebook, clocks: Clocks): Calendar {
  function rulesOn(date: string, category: CoveredCategory): readonly RuleInForce[] {
    return rulebook.rulesOn(place, date).filter(({ rule }) => rule.covers.includes(category));
  }

  /** Why one rule is closed at a moment. */
  function closureBy(inForce: RuleInForce, local: LocalTime): Closure | undefined {
    const ruling = rulingOn(inForce, local.date, local.dayOfWeek);
    const source = { calendar: calendarName(inForce.rule.place, zone), inForce, local };
    if (ruling.kind !== 'hours') return { ...source, ...ruling };
    const { slot } = ruling;
    const isOpen = local.minutes >= slot.from && local.minutes < slot.until;
    return isOpen ? undefined : { ...source, kind: 'quiet-hours', slot };
  }

  return {
    place,
    zone,
    slotOn(day, category) {
      const date = dateOf(day);
      if (rulebook.emergencyOn(place, date, category) !== undefined) return undefined;
      return rulesOn(date, category).reduce<Slot | undefined>((slot, inForce) => {
        const ruling = rulingOn(inForce, date, dayOfWeek(day));
        return ruling.kind === 'hours' ? overlap(slot, ruling.slot) : undefined;
      }, ALL_DAY);
    },
    closureAt(instant, category) {
      const local = localTime(instant, zone, clocks);
      const ban = rulebook.emergencyOn(place, local.date, category);
      const inForce = rulebook.rulesOn(place, local.date).at(-1);
      if (ban !== undefined && inForce !== undefined) {
        return { kind: 'emergency-ban', ban, calendar: calendarName(place, zone), inForce, local };
      }
      // A state's own rule says more than the federal one, where both are closed.
      return rulesOn(local.date, category)
        .map((each) => closureBy(each, local))
        .findLast((closure) => closure !== undefined);
    },
  };
}

/** The local date and time of a moment. */
export function localTime(instant: number, zone: string, clocks: Clocks): LocalTime {
  const local = instant + clocks.offsetAt(zone, instant);
  const day = Math.floor(local / DAY);
  return { zone, date: dateOf(day), dayOfWeek: dayOfWeek(day), minutes: (local - day * DAY) / MINUTE };
}

/** `2026-11-26`, of days since 1970-01-01. */
function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 1970-01-01 was a Thursday. */
function dayOfWeek(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}
