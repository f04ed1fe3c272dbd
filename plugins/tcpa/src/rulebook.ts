import { DAY } from './clocks.ts';
import { RULES } from './data/index.ts';
import { COVERED, type CoveredCategory, type FrequencyCap, type HolidayRule, type Rule } from './data/rule.ts';
import { createHolidayCalendar, type HolidayCalendar } from './holidays.ts';
import { hoursOn, overlapOfWeeks, parseWeek, type Slot, type WeekHours } from './hours.ts';
import { Memo } from './memo.ts';
import type { EmergencyBan, Override, Settings } from './options.ts';

/** The rules as this deployment has them: data, overrides, profile. */
export interface Rulebook {
  /** What holds in a place on a local day: the federal rule first in the United States. */
  rulesOn(place: string, date: string): readonly RuleInForce[];
  /** The declared emergency that a place is under on a local day. */
  emergencyOn(place: string, date: string, category: CoveredCategory): EmergencyBan | undefined;
  /** The zone that a place's law names, whatever clock people have. */
  timeBasisOf(place: string): string | undefined;
  /** Finds out about the holidays of the coming months ahead of the first who asks. */
  warmUp(now: number): void;
  /** Every cap that there is on any day. */
  caps(): readonly FrequencyCap[];
}

/** A rule as it is on some days. */
export interface RuleInForce {
  /** With overrides applied. */
  readonly rule: Rule;
  readonly week: WeekHours;
  /** Of the profile. */
  readonly frequencyCaps: readonly FrequencyCap[];
  readonly holidays: HolidayCalendar | undefined;
  /** The overrides that have changed it. */
  readonly overrides: readonly Override[];
}

/** What a rule says of one day. */
export type DayRuling =
  | { readonly kind: 'hours'; readonly slot: Slot }
  | { readonly kind: 'banned-day' }
  | { readonly kind: 'holiday'; readonly name: string };

/** A rule's word on a local day. */
export function rulingOn({ week, holidays }: RuleInForce, date: string, dayOfWeek: number): DayRuling {
  const holiday = holidays?.on(date);
  if (holiday !== undefined) return { kind: 'holiday', name: holiday };
  const slot = hoursOn(week, dayOfWeek);
  return slot === undefined ? { kind: 'banned-day' } : { kind: 'hours', slot };
}

const FEDERAL = 'USA';

export function createRulebook(settings: Settings): Rulebook {
  const { emergencyBans, profile, voiceRules } = settings;
  const overrides = settings.overrides as readonly Override[];
  const added = settings.countries.map(ruleOfCountry);
  const base = new Map([...RULES, ...added.map(({ rule }) => rule)].map((rule) => [rule.place, rule]));
  const holidayCountries = new Map(added.map(({ rule, country }) => [rule.place, country]));
  /** By place and the overrides that apply. */
  const inForce = new Memo<string, RuleInForce>();

  function ruleOn(place: string, date: string): RuleInForce | undefined {
    const rule = base.get(place);
    if (rule === undefined) return undefined;
    if (rule.from !== undefined && date < rule.from) return undefined;
    const applied = overrides.filter((override) => override.place === place && isWithin(override, date));
    if (voiceRules === 'ignore' && rule.coversTexts === false && applied.length === 0) return undefined;
    const key = `${place}:${applied.map((override) => overrides.indexOf(override)).join()}`;
    return inForce.get(key, () => prepare(rule, applied));
  }

  function prepare(original: Rule, applied: readonly Override[]): RuleInForce {
    const rule = applied.reduce(applyOverride, original);
    const strict = profile === 'strict' ? rule.strict : undefined;
    const week = parseWeek(rule.hours);
    const extra = applied.flatMap(({ extraHolidays = [] }) => extraHolidays);
    return {
      rule,
      week: strict === undefined ? week : overlapOfWeeks(week, parseWeek(strict.hours)),
      frequencyCaps: [rule.frequencyCap, strict?.frequencyCap].filter((cap) => cap !== undefined),
      holidays: holidaysOf(rule, extra),
      overrides: applied,
    };
  }

  function holidaysOf({ place, holidays }: Rule, extra: readonly HolidayRule[]): HolidayCalendar | undefined {
    if (holidays === undefined && extra.length === 0) return undefined;
    const listed = [...(holidays ?? []), ...extra];
    const country = holidayCountries.get(place);
    return createHolidayCalendar({ place, official: holidays !== undefined, listed, country });
  }

  return {
    rulesOn(place, date) {
      const places = isState(place) ? [FEDERAL, place] : [place];
      return places.map((each) => ruleOn(each, date)).filter((rule) => rule !== undefined);
    },
    emergencyOn: (place, date, category) =>
      emergencyBans.find(
        (ban) =>
          isWithin(ban, date) &&
          (ban.categories ?? COVERED).includes(category) &&
          (ban.places.includes(place) || (isState(place) && ban.places.includes(FEDERAL))),
      ) as EmergencyBan | undefined,
    timeBasisOf: (place) => base.get(place)?.timeBasis,
    warmUp(now) {
      for (const date of [isoDay(now), isoDay(now + AHEAD)]) {
        for (const place of base.keys()) ruleOn(place, date)?.holidays?.on(date);
      }
    },
    caps: () =>
      [...base.values(), ...(overrides as readonly Pick<Rule, 'frequencyCap' | 'strict'>[])]
        .flatMap(({ frequencyCap, strict }) => [frequencyCap, strict?.frequencyCap])
        .filter((cap) => cap !== undefined && cap !== null),
  };
}

/** How far ahead holidays are found out about. */
const AHEAD = 60 * DAY;

function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** States and territories of the United States have two letters, countries three. */
export function isState(place: string): boolean {
  return place.length === 2;
}

function isWithin(span: { readonly from?: string | undefined; readonly until?: string | undefined }, date: string) {
  return (span.from === undefined || date >= span.from) && (span.until === undefined || date <= span.until);
}

function applyOverride(rule: Rule, override: Override): Rule {
  const { frequencyCap: cap, holidays: days, strict, ...rest } = rule;
  const { hours, covers = rule.covers, confidence = rule.confidence, source } = override;
  const frequencyCap = override.frequencyCap === undefined ? cap : override.frequencyCap;
  const holidays = override.holidays ?? days;
  return {
    ...{ ...rest, hours: { ...rule.hours, ...hours }, covers, confidence },
    ...{ source, further: [rule.source, ...rule.further] },
    // Who sets the hours sets them for every profile.
    ...(strict === undefined || hours !== undefined ? {} : { strict }),
    ...(frequencyCap === undefined || frequencyCap === null ? {} : { frequencyCap }),
    ...(holidays === undefined || holidays === 'none' ? {} : { holidays }),
  };
}

function ruleOfCountry(country: Settings['countries'][number]): {
  readonly rule: Rule;
  readonly country: string | undefined;
} {
  const { place, name, hours, source, holidays, frequencyCap, covers = COVERED } = country;
  const rule: Rule = {
    ...{ place, name, hours, covers, source, further: [], coversTexts: true, confidence: 'medium' },
    ...(holidays === undefined ? {} : { holidays: [] }),
    ...(frequencyCap === undefined ? {} : { frequencyCap: frequencyCap as FrequencyCap }),
    notes: 'Set by the configuration.',
  };
  return { rule, country: holidays };
}
