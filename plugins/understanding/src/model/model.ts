import { fromTask, ParleyError, parseOptions } from '@parley/core';
import type { PromiseActorLogic } from 'xstate';
import * as z from 'zod';
import { type Ask, asking } from './asking.ts';
import { type Endpoint, type EndpointOptions, endpointOf, type Question } from './options.ts';

/** What a model is to make of a text. */
export interface ModelOptions<Schema extends z.ZodType, Fallback = never> extends EndpointOptions {
  /** What to read out of a text, in a few sentences. */
  readonly instructions: string;
  /** The answer: a `z.object`. Use `.nullable()` for what may be missing, and `.describe()` for what is not plain. */
  readonly schema: Schema;
  /** What to go on with when there is no answer: a value, or a function of what was asked and what went wrong. Default: the task fails. */
  readonly fallback?: Fallback | ((failure: { readonly question: Question; readonly error: ParleyError }) => Fallback);
}

/**
 * A task that asks a model behind an OpenAI-compatible endpoint about a text, and gives what your schema makes of the answer.
 *
 * ```ts
 * const readOrder = model({
 *   url: 'https://api.example.com/v1',
 *   model: 'small',
 *   instructions: 'Read an order of a pizzeria out of the text.',
 *   schema: z.object({ size: z.enum(['small', 'large']).nullable(), toppings: z.array(z.string()) }),
 * });
 *
 * invoke: { src: 'readOrder', input: ({ event }) => event.text, onDone: …, onError: … }
 * ```
 *
 * The machine gets `error.platform.model.unavailable`, `.refused`, `.unusable-answer` or `.text-too-long` as its error, unless there
 * is a fallback.
 *
 * @throws `error.platform.config.malformed`, `error.platform.config.bad-environment`
 */
export function model<Schema extends z.ZodType, Fallback = never>(
  options: ModelOptions<Schema, Fallback>,
): PromiseActorLogic<z.output<Schema> | Fallback, Question> {
  const { instructions, schema, fallback, ...rest } = options;
  parseOptions(z.object({ instructions: z.string().min(1) }), { instructions }, 'model');
  const endpoint = endpointOf(rest, 'model');
  const ask = asking(endpoint, schema, instructions, 'model');
  const failed = (question: Question, error: ParleyError): Fallback => {
    if (fallback === undefined) throw error;
    return typeof fallback === 'function' ? (fallback as (failure: object) => Fallback)({ question, error }) : fallback;
  };
  return askingTask(endpoint, ask, failed);
}

/** A task that asks; what comes of a failure is for `failed` to say. */
export function askingTask<Answer, Other>(
  endpoint: Endpoint,
  ask: Ask<Answer>,
  failed: (question: Question, error: ParleyError) => Other,
): PromiseActorLogic<Answer | Other, Question> {
  return fromTask<Answer | Other, Question>(
    async ({ input, signal }) => {
      try {
        return await ask(input, signal);
      } catch (error) {
        if (!(error instanceof ParleyError)) throw error;
        endpoint.onFailure?.(error);
        return failed(input, error);
      }
    },
    // The engine's own limit is for tasks that have none.
    { atOnce: endpoint.atOnce, timeout: endpoint.timeout + 1_000 },
  );
}
