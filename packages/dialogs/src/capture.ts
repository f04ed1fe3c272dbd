import type { ActorProfile } from '@parley/core';
import { circumstancesOf } from './circumstances.ts';
import type { Dialog, DialogInput } from './dialog.ts';
import { requireOptions } from './options.ts';
import { type Circumstances, notUnderstood, type Parser, type Problem } from './parsers/parser.ts';
import { yesOrNo } from './parsers/yes-or-no.ts';
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
  requireOptions('capture', options);
  const { parse, check, ...rest } = options as CaptureOptions<unknown, unknown>;
  const read: Question['read'] = (event, { actor, data, problem: before }) => {
    const circumstances = circumstancesOf(event, actor);
    const suggestion = suggestionIn(before);
    const isMeant = suggestion !== undefined && isYes(event.text, circumstances);
    const parsed = parse(isMeant ? suggestion : event.text, circumstances);
    const problem = parsed.understood ? check?.(parsed.value, { data, actor }) : undefined;
    if (problem === undefined) return parsed;
    return typeof problem === 'string' ? notUnderstood(problem) : notUnderstood(problem.code, problem.details);
  };
  return question({ id: 'capture', ...rest, read }) as Dialog<Value, DialogInput<Data>>;
}

/** What a parser thinks was meant, such as the address that an e-mail address is nearly. Whoever says yes to it has answered. */
function suggestionIn(problem: Problem | undefined): string | undefined {
  const suggestion = problem?.details?.suggestion;
  return typeof suggestion === 'string' ? suggestion : undefined;
}

function isYes(text: string, circumstances: Circumstances): boolean {
  const parsed = yesOrNo()(text, circumstances);
  return parsed.understood && parsed.value;
}
