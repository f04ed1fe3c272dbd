import type { ActorProfile } from '@parley/core';
import type { Outcome } from '../outcome.ts';
import type { Fields, FormInput } from './types.ts';

export type AnyAnswers = Readonly<Record<string, unknown>>;

/** What a form knows: plain data. */
export interface FormContext {
  readonly actor: ActorProfile | undefined;
  readonly data: unknown;
  readonly answers: AnyAnswers;
  /** What was asked, in order: the way back. */
  readonly asked: readonly string[];
  /** How often each field was asked for. */
  readonly times: Readonly<Record<string, number>>;
  /** What is being changed, and what it was. */
  readonly changing: { readonly field: string; readonly was: unknown } | undefined;
  /** How often something was changed or gone back to. */
  readonly changes: number;
  /** The last answer. */
  readonly last: { readonly text: string; readonly at: number };
  readonly outcome: Outcome<unknown> | undefined;
}

export function startingWith(
  { actor, data, message, known: given = {} }: FormInput<Fields, unknown>,
  known: (about: { readonly data: unknown; readonly actor: ActorProfile | undefined }) => AnyAnswers = () => ({}),
): FormContext {
  const answers = Object.entries({ ...known({ data, actor }), ...given }).filter(([, value]) => value !== undefined);
  return {
    actor,
    data,
    answers: Object.fromEntries(answers),
    asked: [],
    times: {},
    changing: undefined,
    changes: 0,
    last: { text: message?.text ?? '', at: message?.at ?? 0 },
    outcome: undefined,
  };
}

/** A field was answered. */
export function answering(
  { answers, asked }: FormContext,
  field: string,
  { value, text, at }: { readonly value: unknown; readonly text: string; readonly at: number },
): Partial<FormContext> {
  return {
    answers: { ...answers, [field]: value },
    asked: [...asked.filter((before) => before !== field), field],
    changing: undefined,
    last: { text, at },
  };
}

/** A field is to be asked again. */
export function changing({ answers, changes }: FormContext, field: string): Partial<FormContext> {
  const { [field]: was, ...rest } = answers;
  return { answers: rest, changing: { field, was }, changes: changes + 1 };
}

/** They want back: to what it was if they were changing it, else to what was asked before. */
export function goingBack({ answers, asked, changing: change, changes }: FormContext): Partial<FormContext> {
  if (change !== undefined) {
    return { answers: { ...answers, [change.field]: change.was }, changing: undefined, changes: changes + 1 };
  }
  const before = asked.at(-1);
  if (before === undefined) return { changes: changes + 1 };
  const { [before]: _, ...rest } = answers;
  return { answers: rest, asked: asked.slice(0, -1), changes: changes + 1 };
}
