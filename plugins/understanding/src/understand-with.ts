import { parseOptions } from '@parley/core';
import type { PromiseActorLogic } from 'xstate';
import * as z from 'zod';
import type { Intents } from './intents.ts';
import { asking } from './model/asking.ts';
import { askingTask } from './model/model.ts';
import { type EndpointOptions, endpointOf, type Question } from './model/options.ts';

/** What somebody wants, and who says so. */
export interface Meaning<Name extends string> {
  /** `undefined`: none of the intents, or nobody can say. */
  readonly intent: Name | undefined;
  readonly by: 'examples' | 'model';
}

export interface UnderstandWithOptions<Name extends string> extends EndpointOptions {
  /** What each intent means, in a few words, where its examples do not say it all. Default: the examples only. */
  readonly descriptions?: { readonly [Intent in Name]?: string };
}

/** How many examples of an intent the model is shown. */
const EXAMPLES_SHOWN = 5;

/**
 * A task that understands a text by examples, and asks a model only where they do not tell. Without the model, because it is down or
 * nothing of the kind, nobody can say: `{ intent: undefined, by: 'examples' }`. It does not fail.
 *
 * ```ts
 * actors: { understand: understandWith(wants, { url: 'https://api.example.com/v1', model: 'small' }) },
 * invoke: {
 *   src: 'understand',
 *   input: ({ event }) => event.text,
 *   onDone: [{ guard: ({ event }) => event.output.intent === 'book', target: 'booking' }, { target: 'asking' }],
 * }
 * ```
 *
 * @throws `error.platform.config.malformed`, `error.platform.config.bad-environment`
 */
export function understandWith<Name extends string>(
  intents: Intents<Name>,
  { descriptions = {}, ...options }: UnderstandWithOptions<Name>,
): PromiseActorLogic<Meaning<Name>, Question> {
  const known = z.partialRecord(z.enum(intents.names), z.string());
  parseOptions(z.strictObject({ descriptions: known }), { descriptions }, 'understandWith');
  const endpoint = endpointOf(options, 'understandWith');
  const schema = z.object({ intent: z.enum([...intents.names, NONE]) });
  const askModel = asking(endpoint, schema, instructionsFor(intents, descriptions), 'understandWith');
  const ask = async (question: Question, signal: AbortSignal): Promise<Meaning<Name>> => {
    const understood = intents.understand(typeof question === 'string' ? question : question.text);
    if (understood !== undefined) return { intent: understood.intent, by: 'examples' };
    const { intent } = await askModel(question, signal);
    return { intent: intent === NONE ? undefined : (intent as Name), by: 'model' };
  };
  return askingTask(endpoint, ask, () => ({ intent: undefined, by: 'examples' }));
}

const NONE = 'none of them';

function instructionsFor<Name extends string>(
  { names, examples }: Intents<Name>,
  descriptions: { readonly [Intent in Name]?: string },
): string {
  const list = names.map((name) => {
    const shown = examples[name].slice(0, EXAMPLES_SHOWN).map((text) => JSON.stringify(text));
    return `- ${[name, ...(descriptions[name] === undefined ? [] : [descriptions[name]])].join(': ')}, such as ${shown.join(', ')}`;
  });
  return ['Say what the person who texts wants: one of these, or "none of them".', ...list].join('\n');
}
