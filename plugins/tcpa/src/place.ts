import { type Clocks, isZone } from './clocks.ts';
import type { Gazetteer, Home } from './gazetteer.ts';
import type { Location } from './options.ts';

/** Where a person is, as far as it is known: one place, or several that they may be in. */
export interface Whereabouts {
  readonly by: Evidence;
  /** Empty where no rule is known for the country. */
  readonly homes: readonly Home[];
}

/** What the whereabouts were told by, the best first. */
export type Evidence = 'postal-code' | 'region' | 'time-zone' | 'area-code' | 'country-code' | 'nothing';

/** What is known of a person that says where they are. */
export interface Clues extends Location {
  /** Their number without a channel. */
  readonly person: string;
}

/** The clues that a profile has, and those that somebody knows better. */
export function cluesOf(person: string, profile: Location, better: Location | undefined): Clues {
  const { postalCode, region, timeZone } = better === undefined ? profile : { ...profile, ...better };
  return {
    person,
    ...(postalCode === undefined ? {} : { postalCode }),
    ...(region === undefined ? {} : { region }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}

/**
 * Finds out where a person is: by postal code, else by region, else by time zone and number, else by number alone. The best of these wins; what it
 * leaves open, such as the time zone within a state, is narrowed down by the time zone of the profile.
 *
 * A time zone that the place does not have says that somebody lives here and stays there: then both have to let the message in.
 */
export function findWhereabouts(clues: Clues, gazetteer: Gazetteer, clocks: Clocks, now: number): Whereabouts {
  const { person, postalCode, region } = clues;
  const timeZone = clues.timeZone !== undefined && isZone(clues.timeZone) ? clues.timeZone : undefined;
  const agree = (zone: string) => timeZone !== undefined && clocks.agree(zone, timeZone, now);

  const narrow = ({ place, zones }: Home): Home => {
    if (timeZone === undefined) return { place, zones };
    return { place, zones: zones.some(agree) ? [timeZone] : [...zones, timeZone] };
  };

  const byPostalCode = postalCode === undefined ? [] : gazetteer.byPostalCode(person, postalCode);
  if (byPostalCode.length > 0) return { by: 'postal-code', homes: byPostalCode.map(narrow) };

  const byRegion = region === undefined ? [] : gazetteer.byRegion(person, region, agree);
  if (byRegion.length > 0) return { by: 'region', homes: byRegion.map(narrow) };

  const { by, homes } = gazetteer.byNumber(person);
  if (timeZone === undefined || by === 'country-code') return { by, homes: homes.map(narrow) };

  // Their clock is known and their state is not: it is the number's, if that has such clocks, else any that has.
  const matching = by === 'area-code' ? homes.filter(({ zones }) => zones.some(agree)) : [];
  if (matching.length > 0) return { by: 'time-zone', homes: matching.map(narrow) };
  const states = gazetteer.statesWith(agree);
  const there = (states.length > 0 ? states : gazetteer.everywhere()).map(({ place }) => ({
    place,
    zones: [timeZone],
  }));
  return { by: 'time-zone', homes: by === 'area-code' ? [...there, ...homes.map(narrow)] : there };
}
