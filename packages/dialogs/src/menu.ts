import { capture } from './capture.ts';
import type { Dialog, DialogInput } from './dialog.ts';
import { anyOf, type ListStyle, labelOf, linesOf } from './listing.ts';
import { requireOptions } from './options.ts';
import { choice } from './parsers/choice.ts';
import { type OptionId, type Options, optionsOf } from './parsers/choice-options.ts';
import { type ChoicesOptions, choices } from './parsers/choices.ts';
import type { Parser, Problem } from './parsers/parser.ts';
import type { QuestionOptions } from './question/options.ts';
import { isAboutAnswer, ownWordsFor } from './sorry.ts';
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
  requireOptions('menu', options);
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
  requireOptions('checklist', options);
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
    problems: (about) => {
      const time = Math.max(1, about.attempt - 1);
      if (otherwise !== undefined && isAboutAnswer(about.problem)) return phrased(phraseFor(otherwise, time), about);
      return ownWordsFor(problems, about, time) ?? whichOf(given, about.problem, time);
    },
    parse,
  });
}

/** Asks which of several was meant, by the names that the menu has for them. */
function whichOf(given: Options, { code, details }: Problem, time: number): string | undefined {
  const between = details?.between;
  if (code !== 'ambiguous' || !Array.isArray(between)) return undefined;
  const meant = anyOf(
    optionsOf(given)
      .filter(({ id }) => between.includes(id))
      .map(labelOf),
  );
  return time === 1 ? `Which one, ${meant}?` : `Please say which: ${meant}.`;
}
