import type { ActorProfile, MessageReceived } from '@parley/core';
import { circumstancesOf } from './circumstances.ts';
import type { Dialog, DialogInput } from './dialog.ts';
import { requireOptions } from './options.ts';
import { type Circumstances, notUnderstood, type Parsed, type Parser, type Problem } from './parsers/parser.ts';
import { yesOrNo } from './parsers/yes-or-no.ts';
import type { QuestionOptions } from './question/options.ts';
import { type Question, question } from './question/question.ts';
import type { Waiting } from './question/waiting.ts';
import { isIncomplete } from './sorry.ts';

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
  const read: Question['read'] = (event, context) => {
    const { actor, data } = context;
    const parsed = readAnswer(parse, event, context);
    const problem = parsed.understood ? check?.(parsed.value, { data, actor }) : undefined;
    if (problem === undefined) return parsed;
    return typeof problem === 'string' ? notUnderstood(problem) : notUnderstood(problem.code, problem.details);
  };
  return question({ id: 'capture', ...rest, read, examples: parse.examples ?? [] }) as Dialog<Value, DialogInput<Data>>;
}

/** What a text means by itself, or after what was said of the one before it. */
function readAnswer(
  parse: Parser<unknown>,
  event: MessageReceived,
  { actor, problem, heard = '' }: Waiting,
): Parsed<unknown> {
  const circumstances = circumstancesOf(event, actor);
  const suggestion = problem?.details?.suggestion;
  // Such as the address that an e-mail address is nearly.
  if (typeof suggestion === 'string' && isYes(event.text, circumstances)) return parse(suggestion, circumstances);
  const parsed = parse(event.text, circumstances);
  if (parsed.understood || !isIncomplete(problem)) return parsed;
  // Friday, and then: at seven.
  const whole = parse(`${heard} ${event.text}`, circumstances);
  return whole.understood ? whole : parsed;
}

function isYes(text: string, circumstances: Circumstances): boolean {
  const parsed = yesOrNo()(text, circumstances);
  return parsed.understood && parsed.value;
}
