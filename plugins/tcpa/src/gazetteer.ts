import { type AreaCodes, US_AREA_CODES } from './data/area-codes.ts';
import { PROVINCES, type Province } from './data/canada.ts';
import { RULES } from './data/index.ts';
import { FAR_TERRITORIES, STATE_ZONES } from './data/states-zones.ts';
import { ZIP_EXCEPTIONS, ZIP_PREFIXES } from './data/zip-codes.ts';
import type { Country } from './options.ts';

/** A place and the time zones that people there may have. */
export interface Home {
  readonly place: string;
  readonly zones: readonly string[];
}

/** Looks up places. */
export interface Gazetteer {
  /** By a ZIP code or a Canadian postal code, of a person with such a number. Empty: says nothing. */
  byPostalCode(person: string, postalCode: string): readonly Home[];
  /**
   * By a state or province: `CA`, `US-CA`, `California`, `ON`, `CA-ON`. Two letters alone are a state of somebody with an American number, or whose
   * clock the state has.
   */
  byRegion(person: string, region: string, agrees: (zone: string) => boolean): readonly Home[];
  byNumber(person: string): {
    readonly by: 'area-code' | 'country-code' | 'nothing';
    readonly homes: readonly Home[];
  };
  /** The states that have such a zone. */
  statesWith(agrees: (zone: string) => boolean): readonly Home[];
  /** Every state, but for far territories. */
  everywhere(): readonly Home[];
}

const CANADA = 'CAN';

/** Countries of the data, by how their numbers begin. */
const CALLING_CODES: Readonly<Record<string, Home>> = {
  '+33': { place: 'FRA', zones: ['Europe/Paris'] },
  '+44': { place: 'GBR', zones: ['Europe/London'] },
};

export function createGazetteer(countries: readonly Pick<Country, 'place' | 'callingCode' | 'zones'>[]): Gazetteer {
  const states = new Map(Object.entries(STATE_ZONES).map(([place, zones]) => [place, { place, zones }]));
  const everywhere = [...states.values()].filter(({ place }) => !FAR_TERRITORIES.includes(place));
  const areaCodes = homesByAreaCode();
  const zipPrefixes = statesByZipPrefix();
  const names = new Map(RULES.map(({ place, name }) => [name.toUpperCase(), place]));
  const callingCodes = Object.entries(CALLING_CODES)
    .concat(countries.map(({ callingCode, place, zones }) => [callingCode, { place, zones }]))
    // +1242 before +1, should somebody add it.
    .sort(([one], [other]) => other.length - one.length);

  const homesOf = (places: readonly string[]) => places.map((place) => states.get(place)).filter((home) => !!home);

  return {
    byPostalCode(person, postalCode) {
      if (!isNorthAmerican(person)) return [];
      const code = postalCode.trim().toUpperCase();
      if (/^\d{5}(-?\d{4})?$/.test(code)) {
        return homesOf((ZIP_EXCEPTIONS[code.slice(0, 5)] ?? zipPrefixes.get(code.slice(0, 3)) ?? '').split(' '));
      }
      if (!/^[A-Z]\d[A-Z]( ?\d[A-Z]\d)?$/.test(code)) return [];
      return canada(PROVINCES.filter(({ letters }) => letters.includes(code.charAt(0))));
    },

    byRegion(person, region, agrees) {
      const code = region.trim().toUpperCase();
      const [, country, bare = code] = /^(US|CA)-(.+)$/.exec(code) ?? [];
      const state = country === 'CA' ? undefined : (states.get(bare) ?? states.get(names.get(bare) ?? ''));
      const isHere = country !== undefined || isNorthAmerican(person);
      if (state !== undefined && (isHere || state.zones.some(agrees))) return [state];
      const isProvince = isHere && country !== 'US';
      return isProvince
        ? canada(PROVINCES.filter(({ code: own, name }) => own === bare || name.toUpperCase() === bare))
        : [];
    },

    byNumber(person) {
      const abroad = callingCodes.find(([callingCode]) => person.startsWith(callingCode));
      if (abroad !== undefined) return { by: 'country-code', homes: [abroad[1]] };
      if (!isNorthAmerican(person)) {
        return person.startsWith('+') ? { by: 'country-code', homes: [] } : { by: 'nothing', homes: everywhere };
      }
      const homes = areaCodes.get(person.slice(2, 5));
      return homes === undefined ? { by: 'nothing', homes: everywhere } : { by: 'area-code', homes };
    },

    statesWith: (agrees) => [...states.values()].filter(({ zones }) => zones.some(agrees)),
    everywhere: () => everywhere,
  };
}

/** What of a number says where it is from; the same for people whose numbers say the same. */
export function numberPrefix(person: string): string {
  return person.slice(0, isNorthAmerican(person) ? 5 : 8);
}

/** In the numbering plan of +1, with Canada and the Caribbean. */
function isNorthAmerican(person: string): boolean {
  return person.startsWith('+1');
}

function homesByAreaCode(): ReadonlyMap<string, readonly Home[]> {
  const homes = new Map<string, readonly Home[]>();
  const add = ({ place, zones, codes }: AreaCodes): void => {
    for (const code of codes.split(' ')) homes.set(code, [{ place, zones }]);
  };
  for (const each of US_AREA_CODES) add(each);
  const canadian = new Set(PROVINCES.flatMap(({ areaCodes }) => areaCodes.split(' ')));
  for (const code of canadian)
    homes.set(
      code,
      canada(
        PROVINCES.filter((province) => has(province.areaCodes, code)),
        code,
      ),
    );
  return homes;
}

/** All of Canada has one rule, so that provinces make zones only. */
function canada(provinces: readonly Province[], areaCode?: string): readonly Home[] {
  const zones = provinces.flatMap(({ zones: all, narrower }) =>
    areaCode !== undefined && narrower !== undefined && has(narrower.areaCodes, areaCode) ? narrower.zones : all,
  );
  return zones.length === 0 ? [] : [{ place: CANADA, zones: [...new Set(zones)] }];
}

function has(codes: string, code: string): boolean {
  return codes.split(' ').includes(code);
}

function statesByZipPrefix(): ReadonlyMap<string, string> {
  const prefixes = new Map<string, string>();
  for (const [first, last, states] of ZIP_PREFIXES) {
    for (let prefix = Number(first); prefix <= Number(last); prefix++) {
      prefixes.set(String(prefix).padStart(3, '0'), states);
    }
  }
  return prefixes;
}
