import { circumstancesOf } from '../circumstances.ts';
import type { Dialog } from '../dialog.ts';
import { anyOf, labelOf, linesOf, spaced } from '../listing.ts';
import { choice } from '../parsers/choice.ts';
import type { Option } from '../parsers/choice-options.ts';
import { notUnderstood, understood } from '../parsers/parser.ts';
import { yesOrNo } from '../parsers/yes-or-no.ts';
import type { QuestionOptions } from '../question/options.ts';
import { type Question, question } from '../question/question.ts';
import { isAboutAnswer } from '../sorry.ts';
import {
  inLines,
  isList,
  joined,
  type Phrase,
  phrased,
  phraseFor,
  type Text,
  type Wording,
  type Words,
} from '../words.ts';
import type { AnyAnswers } from './context.ts';

/** What the questions about a form as a whole are made of. */
export interface Reviewed {
  readonly answers: AnyAnswers;
  readonly changeable: readonly Option[];
}

/** What comes of a review. */
export type Verdict =
  | { readonly kind: 'right' }
  /** `field` is absent when they did not say what. */
  | { readonly kind: 'change'; readonly field?: string };

/** The options of a form that its own questions share. */
export type ReviewOptions = Omit<QuestionOptions<unknown>, 'prompt' | 'media' | 'id' | 'types'> & {
  readonly review?: false | ((wording: Wording & { readonly answers: AnyAnswers }) => Text);
  readonly right?: Words;
  readonly change?: Words;
};

/**
 * Says all the answers and asks whether they are right.
 *
 * @param fields the names of all that can be changed.
 */
export function reviewOf(options: ReviewOptions, fields: readonly string[]): Dialog<unknown> {
  const { review: summary, right = isThatRight, change: _, ...rest } = options;
  const prompt: Phrase = (wording) => {
    const { attempt, problem, sorry } = wording;
    const asked = phrased(phraseFor(right, attempt), wording);
    // It has not got through if the same was said before, and is long ago if people have had the conversation.
    const isKnown = attempt > 1 && (problem === undefined || isAboutAnswer(problem));
    if (isKnown) return isList(right) ? asked : joined(sorry, asked);
    const { answers } = reviewedIn(wording);
    return inLines(joined(sorry, summary ? summary({ ...wording, answers }) : summaryOf(reviewedIn(wording))), asked);
  };
  return question({ ...rest, id: 'review', prompt, read: readVerdict, examples: ['yes', 'no', ...firstOf(fields)] });
}

/** Asks what to change. */
export function changeOf(options: ReviewOptions, fields: readonly string[]): Dialog<unknown> {
  const { review: _review, right: _right, change = 'What shall I change?', ...rest } = options;
  const prompt: Phrase = (wording) => {
    const asked = phrased(phraseFor(change, wording.attempt), wording);
    const lines = linesOf(reviewedIn(wording).changeable, 'numbers');
    return inLines(isList(change) ? asked : joined(wording.sorry, asked), ...lines);
  };
  const read: Question['read'] = (event, { actor, more }) =>
    choice((more as Reviewed).changeable)(event.text, circumstancesOf(event, actor));
  return question({ ...rest, id: 'change', prompt, read, examples: firstOf(fields) });
}

/** One correction is as good as another. */
function firstOf([first]: readonly string[]): readonly string[] {
  return first === undefined ? [] : [spaced(first)];
}

/** Neither YES nor one of the fields. Its words name them (`details.fields`), so that the question need not. */
const NOT_YES_OR_CHANGE = 'not-yes-or-change';

const isThatRight: Phrase = (wording) =>
  wording.problem?.code === NOT_YES_OR_CHANGE
    ? 'Is that right?'
    : `Is that right? Reply YES, or what to change: ${anyOf(reviewedIn(wording).changeable.map(labelOf))}.`;

/** A line for each answer: `Size: large`. */
function summaryOf({ answers, changeable }: Reviewed): Text {
  return changeable.map((option) => `${capitalised(labelOf(option))}: ${inWords(answers[option.id])}`).join('\n');
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value as people read it. What is more than a word or a list of them is better said by `review`. */
function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(inWords).join(', ');
  return String(value);
}

/** The name of a field counts before a yes or no: `no, the size`. */
const readVerdict: Question['read'] = (event, { actor, more }) => {
  const { changeable } = more as Reviewed;
  const circumstances = circumstancesOf(event, actor);
  const field = choice(changeable)(event.text, circumstances);
  if (field.understood) return understood<Verdict>({ kind: 'change', field: field.value });
  const isRight = yesOrNo()(event.text, circumstances);
  if (isRight.understood && isRight.value) return understood<Verdict>({ kind: 'right' });
  if (isRight.understood) return understood<Verdict>({ kind: 'change', ...onlyOf(changeable) });
  if (field.problem.code === 'ambiguous') return field;
  return notUnderstood(NOT_YES_OR_CHANGE, { fields: changeable.map(labelOf) });
};

function onlyOf([first, ...others]: readonly Option[]): { readonly field?: string } {
  return first === undefined || others.length > 0 ? {} : { field: first.id };
}

function reviewedIn(wording: Wording): Reviewed {
  return (wording as Wording & { readonly more: Reviewed }).more;
}
