import { matching, ParleyError, parseOptions, type Trigger } from '@parley/core';
import * as z from 'zod';
import { type Confusion, confusionsOf } from './confusions.ts';
import type { Parsed } from './parsed.ts';
import { type Guess, Ranking } from './ranking.ts';
import { keyOf } from './similarity.ts';

/** What a text was taken for. */
export interface Understood<Name extends string> extends Guess<Name> {
  /** What else it might have been, the likeliest first. */
  readonly others: readonly Guess<Name>[];
}

export interface IntentsOptions {
  /** How similar to its examples a text has to be, from 0 to 1. Default 0.25. */
  readonly threshold?: number;
  /** By how much it has to be more similar than to those of any other intent, from 0 to 1. Default 0.02. */
  readonly margin?: number;
}

/** What people may want, told apart by examples. */
export interface Intents<Name extends string> {
  /** What somebody wants; `undefined` where it is nothing that there are examples of, or may well be one or another. */
  understand(text: string): Understood<Name> | undefined;
  /** How similar a text is to the examples of each intent, the most similar first. */
  rank(text: string): readonly Guess<Name>[];
  /**
   * A guard: the person has texted and wants this, or one of these.
   *
   * ```ts
   * 'message.received': [{ guard: wants.is('cancel'), target: 'cancelling' }, { target: 'asking' }]
   * ```
   */
  is(...names: readonly [Name, ...Name[]]): (args: { readonly event: { readonly type: string } }) => boolean;
  /** A trigger: starts a bot when somebody wants this, or one of these. After keywords and patterns, ahead of first contact and any text. */
  means(...names: readonly [Name, ...Name[]]): Trigger;
  /** A parser for `@parley/dialogs`: `not-understood`, or `ambiguous` with the names in `details.between`. */
  parse(text: string): Parsed<Name>;
  /** Examples of different intents that are nearly the same: whoever texts one may well mean the other. Looked for as they are asked for. */
  confusions(): readonly Confusion<Name>[];
  readonly names: readonly Name[];
  readonly examples: Readonly<Record<Name, readonly string[]>>;
}

const optionsSchema = z.strictObject({
  threshold: z.number().min(0).max(1).default(0.25),
  margin: z.number().min(0).max(1).default(0.02),
});

const examplesSchema = z
  .record(z.string().min(1), z.array(z.string().refine((text) => keyOf(text) !== '', 'write a word')).min(1))
  .refine((examples) => Object.keys(examples).length > 0, 'name an intent');

/**
 * Tells by examples what somebody wants: without a network, in any language, in less than a millisecond.
 *
 * ```ts
 * const wants = intents({
 *   book: ['I want an appointment', 'Can I see the doctor this week?', 'do you have a free slot'],
 *   cancel: ["I can't come", 'cancel my appointment', 'please remove my booking'],
 * });
 * wants.understand('could i get an apointment on monday')?.intent;   // 'book'
 * ```
 *
 * Five or more examples of an intent, in the words of those who text, do well; more of one than of another do no harm.
 *
 * @throws `error.platform.config.malformed`, also where two intents share an example
 */
export function intents<const Examples extends Readonly<Record<string, readonly string[]>>>(
  examples: Examples,
  options: IntentsOptions = {},
): Intents<keyof Examples & string> {
  type Name = keyof Examples & string;
  const { threshold, margin } = parseOptions(optionsSchema, options, 'intents');
  const checked = parseOptions(examplesSchema, examples, 'intents') as Record<Name, string[]>;
  refuseShared(checked);
  const ranking = new Ranking<Name>(checked);
  const understand = remembering((text: string): Understood<Name> | undefined => {
    const [first, ...others] = ranking.rank(text);
    if (first === undefined || first.score < threshold) return undefined;
    const [second] = others;
    return second !== undefined && first.score - second.score < margin ? undefined : { ...first, others };
  });
  const wants = (text: string, names: readonly Name[]) => names.includes(understand(text)?.intent as Name);
  const all: Intents<Name> = {
    understand,
    rank: (text) => ranking.rank(text),
    is: (...names) =>
      belongingTo(all, ({ event }) => 'text' in event && typeof event.text === 'string' && wants(event.text, names)),
    means: (...names) =>
      matching({
        what: `means ${names.join(' or ')}`,
        examples: names.map((name) => checked[name]?.[0] ?? ''),
        matches: belongingTo(all, (text: string) => wants(text, names)),
      }),
    parse(text) {
      const understood = understand(text);
      if (understood !== undefined) return { understood: true, value: understood.intent };
      const [first, second] = ranking.rank(text);
      if (first === undefined || second === undefined || first.score < threshold) return NOT_UNDERSTOOD;
      return { understood: false, problem: { code: 'ambiguous', details: { between: [first.intent, second.intent] } } };
    },
    confusions: () => confusionsOf(ranking.examples),
    names: Object.keys(checked) as Name[],
    examples: checked,
  };
  return all;
}

const NOT_UNDERSTOOD: Parsed<never> = { understood: false, problem: { code: 'not-understood' } };

/** Where guards and triggers have the intents that they are of, for who looks through bots. */
const INTENTS = Symbol.for('parley.intents');

function belongingTo<Asks extends (...args: never[]) => boolean>(all: Confusing, asks: Asks): Asks {
  return Object.assign(asks, { [INTENTS]: all });
}

/** Intents, as far as who looks through bots wants to know. */
export type Confusing = Pick<Intents<string>, 'confusions'>;

/** The intents that a guard or a trigger's function asks about. */
export function intentsOf(asks: unknown): Confusing | undefined {
  return typeof asks === 'function' ? (asks as { readonly [INTENTS]?: Confusing })[INTENTS] : undefined;
}

/** The guards of one transition after the other ask about the same text. */
function remembering<Result>(ask: (text: string) => Result): (text: string) => Result {
  let last: { readonly text: string; readonly result: Result } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, result: ask(text) };
    return last.result;
  };
}

function refuseShared(examples: Readonly<Record<string, readonly string[]>>): void {
  const owners = new Map<string, string>();
  for (const [name, texts] of Object.entries(examples)) {
    for (const [index, text] of texts.entries()) {
      const owner = owners.get(keyOf(text)) ?? name;
      if (owner !== name) {
        const problem = `${name}.${index}: is an example of ${owner} as well`;
        throw new ParleyError('error.platform.config.malformed', { problem, where: 'intents' });
      }
      owners.set(keyOf(text), name);
    }
  }
}
