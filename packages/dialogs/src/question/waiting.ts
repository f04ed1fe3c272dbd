import { type ActorProfile, type BotEvent, type BotRequest, type SayOptions, say } from '@parley/core';
import { type ActionFunction, assign, type EventObject, type TransitionConfig } from 'xstate';
import type { DialogInput } from '../dialog.ts';
import type { Outcome } from '../outcome.ts';
import type { Problem } from '../parsers/parser.ts';
import { type ProblemWords, sorryFor } from '../sorry.ts';
import { type Phrase, phrased, type Wording } from '../words.ts';

/** What a dialog is given, and what it knows besides. */
export type QuestionInput = DialogInput & {
  /** What a dialog of its kind knows besides: the code that was sent, the pictures so far, the answers that are reviewed. Plain data. */
  readonly more?: unknown;
};

/** What a dialog knows while it waits for an answer. Plain data: options are no part of it, the machine has them. */
export interface Waiting {
  readonly actor: ActorProfile | undefined;
  readonly data: unknown;
  /** See {@link QuestionInput}. */
  readonly more: unknown;
  /** How often the same was asked by an earlier run of the dialog. */
  readonly before: number;
  /** How often it was asked. */
  readonly attempt: number;
  /** How many reminders were sent since. */
  readonly reminded: number;
  /** How often it was explained. */
  readonly explained: number;
  /** Why the last answer was not taken. */
  readonly problem: Problem | undefined;
  /** The last answer that was not taken: the next one may go on with it. */
  readonly heard: string | undefined;
  /** What it came to; `undefined` while it goes on. */
  readonly outcome: Outcome<unknown> | undefined;
}

export function atFirst({ actor, data, before = 0, more }: QuestionInput): Waiting {
  const problem = before > 0 ? { code: 'asked-before' } : undefined;
  return {
    actor,
    data,
    more,
    before,
    attempt: 1,
    reminded: 0,
    explained: 0,
    problem,
    heard: undefined,
    outcome: undefined,
  };
}

/** A transition of a dialog, at an event. */
export type Way<Event extends BotEvent> = TransitionConfig<
  Waiting,
  Event,
  BotEvent,
  never,
  never,
  never,
  'silence',
  BotRequest
>;

export type Action<Event extends EventObject> = ActionFunction<
  Waiting,
  Event,
  BotEvent,
  undefined,
  never,
  never,
  never,
  never,
  BotRequest
>;

/** Says a phrase of a dialog. */
export type Saying = <Event extends EventObject>(phrase: Phrase, options?: SayOptions) => Action<Event>;

/** What says the phrases of a dialog with these words for problems. Words that are known already are left for lints to see. */
export function sayingWith(problems: ProblemWords | undefined): Saying {
  const wordingOf = ({ actor, data, more, attempt, before, problem }: Waiting): Wording => {
    const wording = { actor, data, more, attempt, problem, sorry: '' };
    return { ...wording, sorry: sorryFor(problems, wording, Math.max(1, attempt === 1 ? before : attempt - 1)) };
  };
  return (phrase, options) => {
    if (typeof phrase !== 'function') return say(phrase, options);
    return say(({ context }) => phrased(phrase, wordingOf(context)), options);
  };
}

/** Notes what a dialog has come to. */
export function ending<Event extends BotEvent>(
  outcome: (event: Event, context: Waiting) => Outcome<unknown>,
): Action<Event> {
  return assign({ outcome: ({ event, context }) => outcome(event, context) });
}
