/** A province or territory, where its numbers, its letters of postal codes and its clocks are. */
export interface Province {
  /** As Canada Post writes it. */
  readonly code: string;
  readonly name: string;
  readonly zones: readonly string[];
  /** First letters of its postal codes. */
  readonly letters: string;
  /** Separated by blanks. */
  readonly areaCodes: string;
  /** Area codes of which all numbers are in some of its zones. */
  readonly narrower?: { readonly areaCodes: string; readonly zones: readonly string[] };
}

/**
 * Area codes by the Canadian Numbering Administrator (cnac.ca, "Canadian Area Codes"), first letters of postal codes by Canada Post ("Addressing
 * guidelines"), time zones by the tz database (zone.tab). Written down by hand, 2026-11.
 */
export const PROVINCES: readonly Province[] = [
  {
    code: 'AB',
    name: 'Alberta',
    zones: ['America/Edmonton'],
    letters: 'T',
    areaCodes: '368 403 587 780 825',
  },
  {
    code: 'BC',
    name: 'British Columbia',
    zones: ['America/Vancouver', 'America/Edmonton', 'America/Dawson_Creek'],
    letters: 'V',
    areaCodes: '236 250 257 604 672 778',
  },
  { code: 'MB', name: 'Manitoba', zones: ['America/Winnipeg'], letters: 'R', areaCodes: '204 431 584' },
  { code: 'NB', name: 'New Brunswick', zones: ['America/Moncton'], letters: 'E', areaCodes: '428 506' },
  {
    code: 'NL',
    name: 'Newfoundland and Labrador',
    zones: ['America/St_Johns', 'America/Goose_Bay'],
    letters: 'A',
    areaCodes: '709 879',
  },
  { code: 'NS', name: 'Nova Scotia', zones: ['America/Halifax'], letters: 'B', areaCodes: '782 902' },
  {
    code: 'NT',
    name: 'Northwest Territories',
    zones: ['America/Edmonton'],
    letters: 'X',
    areaCodes: '867',
  },
  {
    code: 'NU',
    name: 'Nunavut',
    zones: ['America/Iqaluit', 'America/Winnipeg', 'America/Edmonton', 'America/Atikokan'],
    letters: 'X',
    areaCodes: '867',
  },
  {
    code: 'ON',
    name: 'Ontario',
    zones: ['America/Toronto', 'America/Winnipeg', 'America/Atikokan'],
    letters: 'KLMNP',
    areaCodes: '226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 807 905 942',
    // The west, which keeps Central Time, has 807.
    narrower: {
      areaCodes: '226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 905 942',
      zones: ['America/Toronto'],
    },
  },
  { code: 'PE', name: 'Prince Edward Island', zones: ['America/Halifax'], letters: 'C', areaCodes: '782 902' },
  {
    code: 'QC',
    name: 'Quebec',
    zones: ['America/Toronto', 'America/Halifax', 'America/Blanc-Sablon'],
    letters: 'GHJ',
    areaCodes: '263 354 367 418 438 450 468 514 579 581 819 873',
  },
  {
    code: 'SK',
    name: 'Saskatchewan',
    zones: ['America/Regina', 'America/Edmonton'],
    letters: 'S',
    areaCodes: '306 474 639',
  },
  { code: 'YT', name: 'Yukon', zones: ['America/Whitehorse'], letters: 'Y', areaCodes: '867' },
];
