import { type ActorProfile, personOf } from '@parley/core';
import { type Calendar, createCalendar, localTime } from './calendar.ts';
import { type Clocks, createClocks, DAY, MINUTE } from './clocks.ts';
import type { CoveredCategory, FrequencyCap } from './data/rule.ts';
import { createGazetteer, numberPrefix } from './gazetteer.ts';
import { Memo } from './memo.ts';
import type { Settings } from './options.ts';
import { type Clues, cluesOf, findWhereabouts, type Whereabouts } from './place.ts';
import type { Rulebook, RuleInForce } from './rulebook.ts';
import { createWindow, type Window } from './window.ts';

/** What a person can be sent, and when: the calendars of all places that they may be in. */
export interface Reach {
  readonly whereabouts: Whereabouts;
  readonly calendars: readonly Calendar[];
  window(category: CoveredCategory): Window;
  /** The frequency caps that hold at a moment, the strictest of each span of hours. */
  caps(category: CoveredCategory, now: number): readonly CapInForce[];
}

/** A frequency cap, and whose it is. */
export interface CapInForce {
  readonly cap: FrequencyCap;
  readonly inForce: RuleInForce;
}

/** Finds out how people can be reached, and remembers it for all whose clues say the same. */
export interface Reaches {
  of(actor: ActorProfile, now: number): Reach;
  /** Whether a region is a state or a province that the data has, whoever is there. */
  knowsRegion(region: string): boolean;
  readonly clocks: Clocks;
}

/** What people have in common who are under the same calendars. */
type Shared = Omit<Reach, 'whereabouts'>;

/** How many different clues are remembered; the oldest are forgotten. */
const REMEMBERED = 20_000;

/** The time zone of a profile is compared with those of a state by their clocks in the year that it is; this often that is done anew. */
const FRESH = 30 * DAY;

/** Rules change at midnight, and midnight is at a quarter of an hour everywhere. */
const QUARTER = 15 * MINUTE;

export function createReaches({ countries, locate }: Settings, rulebook: Rulebook): Reaches {
  const clocks = createClocks();
  const gazetteer = createGazetteer(countries);
  const byClues = new Memo<string, Reach>(REMEMBERED);
  /** Many clues lead to the same calendars. */
  const bySignature = new Memo<string, Shared>(REMEMBERED);
  let freshUntil = 0;

  function find(clues: Clues, now: number): Reach {
    const whereabouts = findWhereabouts(clues, gazetteer, clocks, now);
    const pairs = new Set(
      whereabouts.homes.flatMap(({ place, zones }) => zonesByLaw(place, zones, now).map((zone) => `${place} ${zone}`)),
    );
    const shared = bySignature.get([...pairs].join(), () => {
      const calendarOf = (pair: string) => createCalendar(...(pair.split(' ') as [string, string]), rulebook, clocks);
      return createShared([...pairs].map(calendarOf));
    });
    return { whereabouts, ...shared };
  }

  function zonesByLaw(place: string, zones: readonly string[], now: number): readonly string[] {
    const basis = rulebook.timeBasisOf(place);
    return basis === undefined || zones.some((zone) => clocks.agree(zone, basis, now)) ? zones : [...zones, basis];
  }

  function createShared(calendars: readonly Calendar[]): Shared {
    const windows = new Memo<CoveredCategory, Window>();
    const caps = new Memo<string, readonly CapInForce[]>(2);
    return {
      calendars,
      window: (category) => windows.get(category, () => createWindow(calendars, category, clocks)),
      caps: (category, now) =>
        caps.get(`${category} ${Math.floor(now / QUARTER)}`, () =>
          strictest(calendars.flatMap((calendar) => capsOf(calendar, category, now))),
        ),
    };
  }

  function capsOf({ place, zone }: Calendar, category: CoveredCategory, now: number): readonly CapInForce[] {
    return rulebook
      .rulesOn(place, localTime(now, zone, clocks).date)
      .filter(({ rule }) => rule.covers.includes(category))
      .flatMap((inForce) => inForce.frequencyCaps.map((cap) => ({ cap, inForce })));
  }

  return {
    clocks,
    of(actor, now) {
      if (now >= freshUntil) {
        byClues.clear();
        freshUntil = now + FRESH;
      }
      const clues = cluesOf(personOf(actor.address), actor, locate?.(actor));
      return byClues.get(keyOf(clues), () => find(clues, now));
    },
    // Somebody with an American number, and any clock: a bare code or name counts for them.
    knowsRegion: (region) => gazetteer.byRegion('+1', region, () => true).length > 0,
  };
}

function keyOf({ person, postalCode = '', region = '', timeZone = '' }: Clues): string {
  return `${numberPrefix(person)}|${postalCode}|${region}|${timeZone}`;
}

/** Of caps for the same span of hours the one that allows least. */
function strictest(caps: readonly CapInForce[]): readonly CapInForce[] {
  const bySpan = new Map<number, CapInForce>();
  for (const each of caps) {
    const { max, perHours } = each.cap;
    if (max < (bySpan.get(perHours)?.cap.max ?? Number.POSITIVE_INFINITY)) bySpan.set(perHours, each);
  }
  return [...bySpan.values()];
}
