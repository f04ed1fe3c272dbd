import { capture } from './capture.ts';
import type { Dialog, DialogInput } from './dialog.ts';
import { type ListStyle, linesOf } from './listing.ts';
import { choice } from './parsers/choice.ts';
import type { OptionId, Options } from './parsers/choice-options.ts';
import { type ChoicesOptions, choices } from './parsers/choices.ts';
import type { Parser } from './parsers/parser.ts';
import type { QuestionOptions } from './question/options.ts';
import type { ProblemWords } from './sorry.ts';
import { inLines, mapWords, phrased, phraseFor, type Words } from './words.ts';

export interface MenuOptions<Given extends Options, Data> extends QuestionOptions<Data> {
  /** What there is to choose from, in order: ids, or by id what people say for it and how it is shown. */
  readonly options: Given;
  /** How options are listed below each prompt: `1 tea`, `A tea`, or not at all. Default `numbers`. */
  readonly list?: ListStyle;
  /** What to say to whatever is none of the options, ahead of the prompt. Default: the words of `problems`. */
  readonly otherwise?: Words<Data>;
}

/**
 * Has people choose one of several things, by number, letter, name, or nearly its name. Which of them leads where is for `choose` to say.
 *
 * ```ts
 * const main = menu({
 *   prompt: 'Riverside Clinic. Reply with a number:',
 *   options: { book: { label: 'book an appointment', matches: ['appointment'] }, desk: { label: 'talk to the desk', matches: ['human'] } },
 * });
 * ```
 *
 * @throws `error.platform.config.malformed` if there are no options, or two of the same id
 */
export function menu<const Given extends Options, Data = unknown>(
  options: MenuOptions<Given, Data>,
): Dialog<OptionId<Given>, DialogInput<Data>> {
  return listing('menu', options, choice(options.options));
}

/**
 * Has people choose any number of things: `1 and 3`, `all but the olives`, `none`. Answered with a list of ids, in the order of the options.
 *
 * ```ts
 * const toppings = checklist({ prompt: 'Which toppings?', options: ['ham', 'olives', 'mushrooms'], max: 2 });
 * ```
 *
 * @throws `error.platform.config.malformed` if there are no options, two of the same id, or fewer than `min`
 */
export function checklist<const Given extends Options, Data = unknown>(
  options: MenuOptions<Given, Data> & ChoicesOptions,
): Dialog<readonly OptionId<Given>[], DialogInput<Data>> {
  const { min, max, ...rest } = options;
  const limits = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  return listing('checklist', rest as never, choices(options.options, limits));
}

function listing<Value, Data>(id: string, options: MenuOptions<Options, Data>, parse: Parser<Value>) {
  const { options: given, list = 'numbers', otherwise, problems, prompt, ...rest } = options;
  const lines = linesOf(given, list);
  return capture<Value, Data>({
    id,
    ...rest,
    prompt: mapWords(prompt, (text) => inLines(text, ...lines)),
    ...problemsOf(otherwise, problems),
    parse,
  });
}

function problemsOf<Data>(otherwise: Words<Data> | undefined, problems: ProblemWords<Data> | undefined) {
  if (otherwise === undefined) return problems === undefined ? {} : { problems };
  const always: ProblemWords<Data> = (wording) =>
    wording.problem.code === 'said-before' ? undefined : phrased(phraseFor(otherwise, wording.attempt - 1), wording);
  return { problems: always };
}
