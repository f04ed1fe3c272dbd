import type { Rule } from './data/rule.ts';
import type { RuleInForce } from './rulebook.ts';
import { capName } from './wording.ts';

/** Rules with where they come from, in lines. */
export function rulesInWords(rules: readonly RuleInForce[]): string[] {
  return rules.flatMap((each, index) => [...(index === 0 ? [] : ['']), ...ruleInWords(each)]);
}

function ruleInWords({ rule, frequencyCaps, holidays, overrides }: RuleInForce): string[] {
  return [
    `Rule       ${rule.name}: ${hoursInWords(rule)}`,
    ...(rule.strict === undefined ? [] : [`Strict     ${hoursInWords(rule.strict)}, with the profile strict`]),
    ...(holidays === undefined ? [] : ['Holidays   none of its holidays']),
    ...frequencyCaps.map((cap) => `Cap        ${cap.max} in ${cap.perHours} hours (${capName(rule.place, cap)})`),
    ...(rule.emergencyBan === true ? ['Emergency  bans are declared: keep emergencyBans up to date'] : []),
    ...(rule.consentExempt === true ? ['Consent    as far as was seen, prior express consent lifts it'] : []),
    `Covers     ${rule.covers.join(', ')}; texts ${textsInWords(rule)}`,
    `Confidence ${rule.confidence}`,
    `Source     ${rule.source}`,
    ...rule.further.map((source) => `           ${source}`),
    ...overrides.map(({ source }) => `Override   ${source}`),
    `Notes      ${rule.notes}`,
  ];
}

/** `08:00-20:00, Saturday 10:00-17:00, Sunday none`. */
export function hoursInWords({ hours: { weekday, saturday, sunday } }: Pick<Rule, 'hours'>): string {
  const span = (hours: string | null) => hours ?? 'none';
  return [
    span(weekday),
    ...(saturday === weekday ? [] : [`Saturday ${span(saturday)}`]),
    ...(sunday === weekday ? [] : [`Sunday ${span(sunday)}`]),
  ].join(', ');
}

/** Whether a rule is about texts, in a few words. */
export function textsInWords({ coversTexts }: Pick<Rule, 'coversTexts'>): string {
  if (coversTexts === null) return 'not settled';
  return coversTexts ? 'named' : 'not, voice only';
}
