import type { ActorProfile } from '@parley/core';
import type { AnyActorLogic, InputFrom } from 'xstate';
import type { DialogInput } from '../dialog.ts';
import type { QuestionOptions } from '../question/options.ts';
import type { ValueOf } from '../state/types.ts';
import type { Text, Wording, Words } from '../words.ts';

/** Dialogs by the name of what they ask for. */
export type Fields = Readonly<Record<string, AnyActorLogic>>;

/** What a field holds. */
export type Field<Given extends Fields> = keyof Given & string;

/** What is known so far. */
export type SoFar<Given extends Fields> = { readonly [Name in keyof Given]?: ValueOf<Given[Name]> | undefined };

/** All that a form asks for: fields that depend on something may be missing. */
export type Answers<Given extends Fields, Conditional> = {
  readonly [Name in Exclude<keyof Given, Conditional>]: ValueOf<Given[Name]>;
} & {
  readonly [Name in Extract<keyof Given, Conditional>]?: ValueOf<Given[Name]>;
};

/** What a form that has not come to its end leaves. */
export interface Unfinished<Given extends Fields> {
  /** What was answered. */
  readonly answers: SoFar<Given>;
  /** What was being asked for; absent if it was the review. */
  readonly field?: Field<Given>;
}

/** What a form is given: {@link DialogInput}, and what need not be asked. */
export type FormInput<Given extends Fields, Data> = DialogInput<Data> & { readonly known?: SoFar<Given> };

/** What is given to the dialogs of a form: its data, and the answers so far. */
type GivenToFields<Given extends Fields, Data> = {
  readonly actor?: ActorProfile;
  readonly data: (unknown extends Data ? unknown : Data) & SoFar<Given>;
};

/** Refuses fields that need more than a form has. */
export type WithWhatFormsGive<Given extends Fields, Data> = {
  readonly [Name in keyof Given]: GivenToFields<Given, Data> extends InputFrom<Given[Name]>
    ? Given[Name]
    : NeedsMore<InputFrom<Given[Name]>>;
};

/** Named for the error of the compiler that it stands in. */
interface NeedsMore<Needed> {
  readonly 'The form does not give this field the data that it needs': Needed;
}

export interface About<Given extends Fields, Data> {
  readonly answers: SoFar<Given>;
  readonly data: Data;
  readonly actor: ActorProfile | undefined;
}

/** What the words of a review are made of. */
export interface ReviewWording<Given extends Fields, Conditional, Data> extends Wording<Data> {
  readonly answers: Answers<Given, Conditional>;
}

export interface FormOptions<Given extends Fields, Data, Conditional extends string>
  extends Omit<QuestionOptions<Data>, 'prompt' | 'media'> {
  /** What is asked, in this order. A field's dialog has the form's `data` and the answers so far as its `data`. */
  readonly fields: Given & WithWhatFormsGive<Given, Data>;
  /** When fields are asked at all, by field. Looked at whenever something was answered. Default: always. */
  readonly when?: { readonly [Name in Conditional]: (about: About<Given, Data>) => boolean };
  /** What need not be asked, because it is known. It is shown in the review, and can be changed. Default: the `known` of the input. */
  readonly known?: (about: { readonly data: Data; readonly actor: ActorProfile | undefined }) => SoFar<Given>;
  /** What fields are called in the review, by field. Default: their names, in words. */
  readonly labels?: { readonly [Name in keyof Given]?: string };
  /**
   * What is said of all the answers, ahead of the question whether they are right. Default: a line for each. `false`: nobody looks
   * through them, the last answer ends the form.
   */
  readonly review?: false | ((wording: ReviewWording<Given, Conditional, Data>) => Text);
  /** What is asked behind the review. Default: whether it is right, and what can be changed. */
  readonly right?: Words<Data>;
  /** What is asked when it is not right. Default: what to change, with a list of fields. */
  readonly change?: Words<Data>;
  /** How often something can be changed, or gone back to, before the form is given up. Default 10. */
  readonly changes?: number;
}
