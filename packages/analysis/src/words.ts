import { transitionsOf } from './atlas.ts';
import type { Machine, StateNode, Transition } from './bot.ts';

const STRINGS = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.)*)`/g;
const EXPRESSIONS =
  /\/((?:[^/\\\n[*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)\/([dgimsuvy]*)/g;

/** A text that no guard is meant for. */
export const UNKNOWN_TEXT = 'Zqxvj brmpf?';

/** What people commonly answer: tried where a guard names no word, such as `/^\d{5}$/` or a function that it calls. */
export const COMMON_ANSWERS = [
  ...[
    '1',
    '2',
    '3',
    '7',
    '10',
    '12',
    '123',
    '1234',
    '12345',
    '123456',
    '2026',
    '94103',
    'yes',
    'no',
    'y',
    'n',
    'a',
    'b',
  ],
  ...['ok', 'Ann', 'Ann Example', 'ann@example.com', '12 Main Street', 'monday', 'tomorrow', '3 pm', '9:30', '1/15'],
  ...['2026-01-15', '$12.50', '12.50', '+14155550123', '415-555-0123', 'https://example.com'],
] as const;

/** A word that is longer than this is no answer that people type. */
const LONGEST_WORD = 40;

/**
 * The words that a state waits for, as far as the source of its guards shows them: strings, and words in regular expressions. What a guard
 * calls is not seen.
 */
export function wordsAwaited(state: StateNode): readonly string[] {
  const hearing = [...state.transitions.values()].flat().filter(({ eventType }) => hearsTexts(eventType));
  return unique(hearing.flatMap(({ guard }) => (guard === undefined ? [] : wordsOfGuard(state.machine, guard))));
}

/** The words that any guard of a state looks for, also in what the bot knows already. */
export function wordsLookedFor(state: StateNode): readonly string[] {
  return transitionsOf(state).flatMap(({ guard }) => (guard === undefined ? [] : wordsOfGuard(state.machine, guard)));
}

/** Whether events of this descriptor may be texts. */
export function hearsTexts(eventType: string): boolean {
  return eventType === 'message.received' || eventType === 'message.*' || eventType === '*';
}

function wordsOfGuard(machine: Machine, guard: Transition['guard'] | string): readonly string[] {
  if (typeof guard === 'string') return wordsOfGuard(machine, guardCalled(machine, guard));
  if (typeof guard === 'function') {
    const { guards } = guard as { readonly guards?: readonly Transition['guard'][] };
    return (
      guards?.flatMap((one) => wordsOfGuard(machine, one)) ?? wordsInSource(Function.prototype.toString.call(guard))
    );
  }
  if (typeof guard !== 'object' || guard === null) return [];
  const { type, params } = guard as { readonly type?: unknown; readonly params?: unknown };
  return [...(typeof type === 'string' ? wordsOfGuard(machine, guardCalled(machine, type)) : []), ...wordsIn(params)];
}

/** A guard that has another's name for its implementation would be looked for round and round. */
function guardCalled(machine: Machine, name: string): Transition['guard'] {
  const found = (machine.implementations.guards as Record<string, unknown>)[name];
  return found === name ? undefined : (found as Transition['guard']);
}

function wordsInSource(source: string): readonly string[] {
  const strings = [...source.matchAll(STRINGS)].map(([, single, double, back]) => single ?? double ?? back ?? '');
  const rest = source.replace(STRINGS, "''");
  const expressions = [...rest.matchAll(EXPRESSIONS)].map(([, body = '', flags = '']) => ({ source: body, flags }));
  return [...strings.filter(isAnswer), ...expressions.flatMap(wordsMatching)];
}

function wordsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return isAnswer(value) ? [value] : [];
  if (value instanceof RegExp) return wordsMatching(value);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : [];
}

/** Names of events and the like stand in guards, too. */
function isAnswer(word: string): boolean {
  return word.trim() !== '' && word.length <= LONGEST_WORD && !/^[a-z]+\.[a-z.]+$/.test(word) && !/[\n\\{}]/.test(word);
}

/** Texts that an expression matches: its own words, else common answers. None where it matches anything. */
export function wordsMatching({
  source,
  flags,
}: {
  readonly source: string;
  readonly flags: string;
}): readonly string[] {
  const expression = expressionOf(source, flags);
  if (expression === undefined || expression.test(UNKNOWN_TEXT)) return [];
  const own = source.replace(/\\[a-z](?:\{[^}]*\})?/gi, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
  const matching = own.filter((word) => expression.test(word));
  return matching.length > 0 ? matching : COMMON_ANSWERS.filter((word) => expression.test(word)).slice(0, 2);
}

function expressionOf(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags.replace(/[gy]/g, ''));
  } catch {
    return undefined;
  }
}

/** What a text asks people to answer: words in capitals, and numbers or letters ahead of choices. */
export function answersOffered(text: string): readonly string[] {
  const capitals = text.match(/\b[A-Z][A-Z]+\b/g) ?? [];
  const numbers = text.match(/(?<![\d:.,/$€£#-])\b\d{1,2}\b(?![\d:/%]|[.,]\d)/g) ?? [];
  const letters = [...text.matchAll(/(?:^|\s|\()([A-Za-z])[).:]/g)].map(([, letter = '']) => letter);
  return unique([...capitals, ...numbers, ...letters]);
}

export function unique<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items)];
}
