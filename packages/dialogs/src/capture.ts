import type { ActorProfile } from '@parley/core';
import { circumstancesOf } from './circumstances.ts';
import type { Dialog, DialogInput } from './dialog.ts';
import { notUnderstood, type Parser, type Problem } from './parsers/parser.ts';
import type { QuestionOptions } from './question/options.ts';
import { type Question, question } from './question/question.ts';

export interface CaptureOptions<Value, Data> extends QuestionOptions<Data> {
  /** Reads the answer: `number({ min: 1 })`, `email()` … */
  readonly parse: Parser<Value>;
  /** What is wrong with an answer that could be read: a code, or a code with details, to say by `problems`. Default: nothing. Pure. */
  readonly check?: (
    value: Value,
    about: { readonly data: Data; readonly actor: ActorProfile | undefined },
  ) => string | Problem | undefined;
}

/**
 * Asks for one thing until it is understood.
 *
 * ```ts
 * const guests = capture({ prompt: 'For how many?', parse: number({ integer: true, min: 1, max: 12 }) });
 * ```
 *
 * @throws `error.platform.config.malformed`
 */
export function capture<Value, Data = unknown>(options: CaptureOptions<Value, Data>): Dialog<Value, DialogInput<Data>> {
  const { parse, check, ...rest } = options as CaptureOptions<unknown, unknown>;
  const read: Question['read'] = (event, { actor, data }) => {
    const parsed = parse(event.text, circumstancesOf(event, actor));
    const problem = parsed.understood ? check?.(parsed.value, { data, actor }) : undefined;
    if (problem === undefined) return parsed;
    return typeof problem === 'string' ? notUnderstood(problem) : notUnderstood(problem.code, problem.details);
  };
  return question({ id: 'capture', ...rest, read }) as Dialog<Value, DialogInput<Data>>;
}
