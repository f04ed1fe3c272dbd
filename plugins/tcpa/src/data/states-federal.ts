import { COVERED, type Rule } from './rule.ts';

/**
 * States and territories for which nothing stricter than the federal hours was found: they are absent from the tables of stricter states
 * that were read. Absence is no proof, and no statute was opened, so the confidence is low.
 */
export const STATES_AS_FEDERAL: readonly Rule[] = Object.entries({
  AK: 'Alaska',
  AR: 'Arkansas',
  AS: 'American Samoa',
  CA: 'California',
  CO: 'Colorado',
  DC: 'District of Columbia',
  DE: 'Delaware',
  GU: 'Guam',
  HI: 'Hawaii',
  IA: 'Iowa',
  ID: 'Idaho',
  KS: 'Kansas',
  MO: 'Missouri',
  MP: 'Northern Mariana Islands',
  MT: 'Montana',
  NC: 'North Carolina',
  ND: 'North Dakota',
  NH: 'New Hampshire',
  OH: 'Ohio',
  PR: 'Puerto Rico',
  VI: 'US Virgin Islands',
  VT: 'Vermont',
  WI: 'Wisconsin',
  WV: 'West Virginia',
}).map(([place, name]) => ({
  place,
  name,
  hours: { weekday: '08:00-21:00', saturday: '08:00-21:00', sunday: '08:00-21:00' },
  covers: COVERED,
  coversTexts: null,
  confidence: 'low',
  source: 'https://www.nwdebtresolution.com/post/telephone-consumer-protection-act-call-time-restrictions',
  further: [
    'https://www.dropcowboy.com/state-compliance',
    'https://blog.clickpointsoftware.com/telemarketing-calling-hours-by-state?hs_amp=true',
  ],
  notes:
    'Federal window: absent from the stricter-state tables seen (DropCowboy Nov 2025, ClickPoint Jul 2025). Absence is not proof; statute not opened.',
}));
