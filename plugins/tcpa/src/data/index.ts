import { COUNTRIES } from './countries.ts';
import type { Rule } from './rule.ts';
import { STATES_A_TO_K } from './states-a-k.ts';
import { STATES_AS_FEDERAL } from './states-federal.ts';
import { STATES_L_TO_N } from './states-l-n.ts';
import { STATES_O_TO_Z } from './states-o-z.ts';

/** The day on which the facts were collected; verdicts carry it. */
export const DATA_VERSION = '2026-11-23';

/** Every rule: countries, then states by their two letters. Facts of public pages for engineering defaults, to be verified with counsel. */
export const RULES: readonly Rule[] = [
  ...COUNTRIES,
  ...[...STATES_AS_FEDERAL, ...STATES_A_TO_K, ...STATES_L_TO_N, ...STATES_O_TO_Z].sort((one, other) =>
    one.place < other.place ? -1 : 1,
  ),
];
