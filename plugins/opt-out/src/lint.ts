import { type App, type Bot, type LintWarning, saidBy } from '@parley/core';
import { normalise } from './words/normalise.ts';
import type { Meaning, Vocabulary } from './words/vocabulary.ts';

type Machine = Bot['machine'];
type StateNode = Machine['root'];

const RULE = 'keyword-taken';

/** A text that no expression is meant for; one that matches it takes anything. */
const ANYTHING = 'zqxvj';

const STRINGS = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.)*)`/g;
const EXPRESSIONS =
  /\/((?:[^/\\\n[*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)\/([dgimsuvy]*)/g;

/** A sentence that asks for a reply, and the words in it that are to be replied. */
const ASKS = /\b(?:reply|text|send|answer|type|respond|press)\b/i;
const CAPITALS = /\b[A-Z]{3,}\b/g;

/** A text that says how to opt out may name any word for it. */
const ABOUT_OPTING_OUT = /unsubscri|opt[ -]?out|\btexts?\b.*\b(?:stop|end)|\bmessages?\b|\bsubscription/i;

/**
 * The words of an app's bots that never reach them, as they opt out or ask for help: in triggers, in guards as far as their own source
 * shows them (what they call is not seen), and in what people are asked to reply.
 */
export function lintApp(app: App, vocabulary: Vocabulary): readonly LintWarning[] {
  return app.bots.flatMap((bot) => [
    ...triggerWarnings(bot, vocabulary),
    ...statesOf(bot.machine.root).flatMap((state) => stateWarnings(bot, state, vocabulary)),
  ]);
}

function triggerWarnings(bot: Bot, vocabulary: Vocabulary): readonly LintWarning[] {
  const { id, version } = bot;
  const taken = bot.triggers.flatMap((trigger) => {
    if (trigger.kind === 'keyword') return trigger.words.filter((word) => isTaken(word, vocabulary));
    return trigger.kind === 'pattern' ? wordsMatching(trigger, vocabulary) : [];
  });
  return unique(taken).map((word) => ({
    rule: RULE,
    bot: { id, version },
    message: `${word.toUpperCase()} does not start the bot: it ${effectOf(word, vocabulary)}. Trigger it with another word.`,
  }));
}

function stateWarnings(bot: Bot, state: StateNode, vocabulary: Vocabulary): readonly LintWarning[] {
  const { id, version, machine } = bot;
  const compared = guardsOf(state).flatMap((guard) => wordsCompared(machine, guard, vocabulary));
  const asked = actionsOf(state).flatMap((action) => wordsAskedFor(machine, action, vocabulary));
  const warn = (word: string, what: string): LintWarning => ({
    rule: RULE,
    bot: { id, version },
    state: state.id,
    message: `${what} ${word.toUpperCase()}, which ${effectOf(word, vocabulary)} and never gets here. Take another word.`,
  });
  return [
    ...unique(compared).map((word) => warn(word, 'A guard waits for')),
    ...unique(asked).map((word) => warn(word, 'People are asked to reply')),
  ];
}

function meaningOf(word: string, { keywords }: Vocabulary): Meaning | undefined {
  return keywords.get(normalise(word));
}

function isTaken(word: string, vocabulary: Vocabulary): boolean {
  const meaning = meaningOf(word, vocabulary);
  return meaning?.kind === 'help' || (meaning?.kind === 'opt-out' && meaning.reach !== 'perhaps');
}

function effectOf(word: string, vocabulary: Vocabulary): string {
  return meaningOf(word, vocabulary)?.kind === 'help' ? 'is answered as a call for help' : 'opts people out';
}

/** The keywords that an expression matches, unless it matches anything. */
function wordsMatching(
  { source, flags }: { readonly source: string; readonly flags: string },
  vocabulary: Vocabulary,
): readonly string[] {
  const expression = expressionOf(source, flags);
  if (expression === undefined || expression.test(ANYTHING)) return [];
  return [...vocabulary.keywords.keys()]
    .filter((word) => isTaken(word, vocabulary) && !word.includes(' '))
    .filter((word) => [word, word.toUpperCase()].some((one) => expression.test(one)));
}

function expressionOf(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags.replace(/[gy]/g, ''));
  } catch {
    return undefined;
  }
}

function statesOf(state: StateNode): readonly StateNode[] {
  return [state, ...Object.values(state.states).flatMap(statesOf)];
}

function transitionsOf(state: StateNode) {
  return [...[...state.transitions.values()].flat(), ...(state.always ?? [])];
}

function guardsOf(state: StateNode): readonly unknown[] {
  return transitionsOf(state).flatMap(({ guard }) => (guard === undefined ? [] : [guard]));
}

function actionsOf(state: StateNode): readonly unknown[] {
  return [...state.entry, ...state.exit, ...transitionsOf(state).flatMap(({ actions }) => actions)];
}

/** The keywords in the source of a guard, in its parameters, and in guards that it is made of. */
function wordsCompared(machine: Machine, guard: unknown, vocabulary: Vocabulary): readonly string[] {
  if (typeof guard === 'string') return wordsCompared(machine, guardCalled(machine, guard), vocabulary);
  if (typeof guard === 'function') {
    const { guards } = guard as { readonly guards?: readonly unknown[] };
    if (guards !== undefined) return guards.flatMap((one) => wordsCompared(machine, one, vocabulary));
    return wordsInSource(Function.prototype.toString.call(guard), vocabulary);
  }
  if (typeof guard !== 'object' || guard === null) return [];
  const { type, params } = guard as { readonly type?: unknown; readonly params?: unknown };
  return [
    ...(typeof type === 'string' ? wordsCompared(machine, guardCalled(machine, type), vocabulary) : []),
    ...stringsIn(params).filter((word) => isTaken(word, vocabulary)),
  ];
}

/** A guard that has another's name for its implementation would be looked for round and round. */
function guardCalled(machine: Machine, name: string): unknown {
  const found = (machine.implementations.guards as Record<string, unknown>)[name];
  return found === name ? undefined : found;
}

function wordsInSource(source: string, vocabulary: Vocabulary): readonly string[] {
  const strings = [...source.matchAll(STRINGS)].map(([, single, double, back]) => single ?? double ?? back ?? '');
  const rest = source.replace(STRINGS, "''");
  const expressions = [...rest.matchAll(EXPRESSIONS)].map(([, body = '', flags = '']) => ({ source: body, flags }));
  return [
    ...strings.filter((word) => isTaken(word, vocabulary)),
    ...expressions.flatMap((expression) => wordsMatching(expression, vocabulary)),
  ];
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof RegExp || typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** The everyday words that people are told to reply, in a text that is not about opting out. */
function wordsAskedFor(machine: Machine, action: unknown, vocabulary: Vocabulary): readonly string[] {
  const text = saidBy(implementationOf(machine, action))?.text ?? '';
  if (ABOUT_OPTING_OUT.test(text)) return [];
  const sentences = text.split(/[.!?\n]+/).filter((sentence) => ASKS.test(sentence));
  const words = sentences.flatMap((sentence) => [...sentence.matchAll(CAPITALS)].map(([word]) => word));
  return words.filter((word) => {
    const meaning = meaningOf(word, vocabulary);
    return meaning?.kind === 'opt-out' && meaning.reach === 'alone';
  });
}

function implementationOf(machine: Machine, action: unknown): unknown {
  if (typeof action === 'function') return action;
  const name = typeof action === 'string' ? action : (action as { readonly type: string }).type;
  return (machine.implementations.actions as Record<string, unknown>)[name];
}

/** A few: an expression may match a keyword in every language. */
const AT_MOST = 3;

function unique(words: readonly string[]): readonly string[] {
  return [...new Map(words.map((word) => [normalise(word), word])).values()].slice(0, AT_MOST);
}
