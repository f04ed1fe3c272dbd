import type { AnyActorLogic } from 'xstate';
import { spaced } from '../listing.ts';
import type { Option } from '../parsers/choice-options.ts';
import type { AnyAnswers, FormContext } from './context.ts';

/** The options of a form that say what is asked, out of sight of types. */
export interface FieldOptions {
  readonly fields: Readonly<Record<string, AnyActorLogic>>;
  readonly when?: Readonly<Record<string, (about: object) => boolean>>;
  readonly labels?: Readonly<Record<string, string | undefined>>;
}

/** Which fields are asked, and in which order. */
export interface Plan {
  readonly names: readonly string[];
  /** The field to ask for now; `undefined` when all is known. */
  next(context: FormContext): string | undefined;
  /** The answers to what is asked. One that was given before its field was not asked any more is left out. */
  answers(context: FormContext): AnyAnswers;
  /** What can be changed, as options of a choice. */
  changeable(context: FormContext): readonly Option[];
}

export function planOf({ fields, when = {}, labels = {} }: FieldOptions): Plan {
  const names = Object.keys(fields);

  /** Field by field, since whether one is asked may depend on those before it. */
  function goThrough({ answers: all, data, actor }: FormContext) {
    let answers: AnyAnswers = {};
    let missing: string | undefined;
    for (const name of names) {
      const isAsked = Object.hasOwn(when, name) ? when[name]?.({ answers, data, actor }) : true;
      if (isAsked !== true) continue;
      if (Object.hasOwn(all, name)) answers = { ...answers, [name]: all[name] };
      else missing ??= name;
    }
    return { answers, missing };
  }

  return {
    names,
    next: (context) => goThrough(context).missing,
    answers: (context) => goThrough(context).answers,
    changeable: (context) =>
      Object.keys(goThrough(context).answers).map((id) => ({
        id,
        label: labels[id] ?? spaced(id),
        matches: [spaced(id)],
      })),
  };
}
