import type { HolidayRule } from './rule.ts';

/** When a fixed day falls on a weekend, the working day next to it is kept as well. */
const OBSERVED = 'and if sunday then next monday if saturday then previous friday';

/** Days that states name in their bans; rules in the grammar of `date-holidays`. Which state bans which is with its rule. */
export const day = {
  newYear: { name: "New Year's Day", rule: `01-01 ${OBSERVED}` },
  king: { name: 'Martin Luther King Jr. Day', rule: '3rd monday in January' },
  washington: { name: "Washington's Birthday", rule: '3rd monday in February' },
  /** In Alabama in the counties of Baldwin and Mobile only; nobody knows the county of a number. */
  mardiGras: { name: 'Mardi Gras', rule: 'easter -47' },
  goodFriday: { name: 'Good Friday', rule: 'easter -2' },
  confederateMemorial: { name: 'Confederate Memorial Day', rule: '4th monday in April' },
  rhodeIsland: { name: 'Rhode Island Independence Day', rule: '05-04' },
  memorial: { name: 'Memorial Day', rule: 'monday before 06-01' },
  davis: { name: "Jefferson Davis' Birthday", rule: '1st monday in June' },
  flag: { name: 'Flag Day', rule: '06-14' },
  juneteenth: { name: 'Juneteenth', rule: `06-19 ${OBSERVED}` },
  independence: { name: 'Independence Day', rule: `07-04 ${OBSERVED}` },
  pioneer: { name: 'Pioneer Day', rule: '07-24 and if sunday then next monday' },
  victory: { name: 'Victory Day', rule: '2nd monday in August' },
  labor: { name: 'Labor Day', rule: '1st monday in September' },
  columbus: { name: 'Columbus Day', rule: '2nd monday in October' },
  election: { name: 'Election Day', rule: 'tuesday after 1st monday in November' },
  evenElection: { name: 'Election Day', rule: 'tuesday after 1st monday in November in even years' },
  veterans: { name: 'Veterans Day', rule: `11-11 ${OBSERVED}` },
  thanksgiving: { name: 'Thanksgiving', rule: '4th thursday in November' },
  dayAfterThanksgiving: { name: 'Day after Thanksgiving', rule: 'friday after 4th thursday in November' },
  rosaParks: { name: 'Mrs. Rosa L. Parks Day', rule: `12-01 ${OBSERVED}` },
  christmas: { name: 'Christmas', rule: `12-25 ${OBSERVED}` },
} as const satisfies Record<string, HolidayRule>;
