import {
  type Circumstances,
  notUnderstood,
  type Parsed,
  type Parser,
  type Problem,
  understood,
  withExamples,
} from './parser.ts';

/**
 * A parser whose values are made into others.
 *
 * ```ts
 * const inches = mapped(number({ min: 0 }), (feet) => feet * 12);
 * ```
 */
export function mapped<Value, Result>(
  parser: Parser<Value>,
  change: (value: Value, circumstances: Circumstances) => Result,
): Parser<Result> {
  return withExamples(parser.examples ?? [], (text, circumstances) => {
    const parsed = parser(text, circumstances);
    return parsed.understood ? understood(change(parsed.value, circumstances)) : parsed;
  });
}

/**
 * A parser whose values have to pass a check. The check says what is wrong: a code, or a code with details; `undefined` if nothing is.
 *
 * ```ts
 * const even = checked(number({ integer: true }), (value) => (value % 2 === 0 ? undefined : 'odd'));
 * ```
 */
export function checked<Value>(
  parser: Parser<Value>,
  check: (value: Value, circumstances: Circumstances) => string | Problem | undefined,
): Parser<Value> {
  return withExamples(parser.examples ?? [], (text, circumstances) => {
    const parsed = parser(text, circumstances);
    if (!parsed.understood) return parsed;
    const problem = check(parsed.value, circumstances);
    if (problem === undefined) return parsed;
    return typeof problem === 'string' ? notUnderstood(problem) : notUnderstood(problem.code, problem.details);
  });
}

/** What parsers of a list give, whichever of them it is. */
export type ValueOf<Parsers extends readonly Parser<unknown>[]> =
  Parsers[number] extends Parser<infer Value> ? Value : never;

/**
 * Tries parsers in turn: the value is that of the first which understands, the problem that of the first which has one.
 *
 * ```ts
 * const when = firstOf(dateAndTime(), choice(['later', 'never']));
 * ```
 */
export function firstOf<const Parsers extends readonly [Parser<unknown>, ...Parser<unknown>[]]>(
  ...parsers: Parsers
): Parser<ValueOf<Parsers>> {
  const examples = parsers.flatMap((parser) => parser.examples ?? []);
  return withExamples(examples, (text, circumstances) => {
    let problem: Parsed<never> | undefined;
    for (const parser of parsers) {
      const parsed = parser(text, circumstances);
      if (parsed.understood) return parsed as Parsed<ValueOf<Parsers>>;
      problem ??= parsed;
    }
    return problem ?? notUnderstood('no-parser');
  });
}
