import type { BotEvent, BotRequest } from '@parley/core';
import {
  type AnyActorLogic,
  assign,
  type DoneActorEvent,
  type EventObject,
  type MetaObject,
  type NonReducibleUnknown,
  type StatesConfig,
} from 'xstate';
import type { Answered, Outcome } from '../outcome.ts';
import { stateWith, type Way } from '../state/build.ts';
import { type AnyAnswers, answering, changing, type FormContext, goingBack } from './context.ts';
import type { FieldOptions, Plan } from './plan.ts';
import { changeOf, type Reviewed, type ReviewOptions, reviewOf, type Verdict } from './review.ts';
import type { Fields, Unfinished } from './types.ts';

/** The options of a form, out of sight of types. */
export type AnyFormOptions = FieldOptions &
  ReviewOptions & {
    readonly id?: string;
    readonly types?: object;
    readonly known?: (about: object) => AnyAnswers;
    readonly changes?: number;
  };

/** What an exit of a dialog can be made of. */
interface Exiting {
  readonly context: FormContext;
  readonly event: DoneActorEvent<Outcome<unknown>>;
}

/** Changes what the form knows, by what a dialog has come to. */
function update(change: (exiting: Exiting) => Partial<FormContext>) {
  return assign<FormContext, DoneActorEvent<Outcome<unknown>>, undefined, EventObject, never>(change);
}

/** The states of a form: its fields, its review, and `next`, which decides between them. */
export function formStates(
  plan: Plan,
  options: AnyFormOptions,
): StatesConfig<
  FormContext,
  BotEvent,
  never,
  never,
  never,
  never,
  string,
  NonReducibleUnknown,
  BotRequest,
  MetaObject
> {
  const { fields, when: _w, labels: _l, known: _k, types: _t, id: _i, changes = 10, ...rest } = options;
  const common = { plan, changes };
  const [first] = plan.names;
  return {
    next: {
      id: 'next',
      always: [
        ...plan.names.map((name) => ({
          guard: ({ context }: { readonly context: FormContext }) => plan.next(context) === name,
          target: `asking.${name}`,
        })),
        rest.review === false ? { target: 'answered', actions: answered(plan) } : { target: 'review' },
      ],
    },
    asking: {
      initial: first,
      states: Object.fromEntries(
        plan.names.map((name) => [name, askingFor(name, fields[name] as AnyActorLogic, common)]),
      ),
    },
    ...(rest.review === false ? {} : { review: reviewing(rest, common), changing: choosingChange(rest, common) }),
    answered: { id: 'answered', type: 'final' },
    noAnswer: { id: 'noAnswer', type: 'final' },
    gaveUp: { id: 'gaveUp', type: 'final' },
  };
}

/** What the states of a form have in common. */
interface Common {
  readonly plan: Plan;
  /** How often something can be changed. */
  readonly changes: number;
}

function askingFor(name: string, dialog: AnyActorLogic, common: Common): object {
  const ways: readonly Way[] = [
    {
      name: 'answered',
      for: ({ kind }) => kind === 'answered',
      exit: {
        target: '#next',
        actions: update(({ context, event }) => answering(context, name, event.output as Answered<unknown>)),
      },
    },
    ...waysWithout(common, name, goingBack),
  ];
  return stateWith(dialog, ways, {
    input: ({ context }) => fieldInput(context as FormContext, name, common.plan),
    exit: assign(({ context }: { context: FormContext }) => ({
      times: { ...context.times, [name]: (context.times[name] ?? 0) + 1 },
    })),
  });
}

function fieldInput({ data, times, ...context }: FormContext, name: string, plan: Plan): object {
  const answers = plan.answers({ data, times, ...context });
  return { data: { ...(data as object | undefined), ...answers }, before: times[name] ?? 0 };
}

function reviewing(options: ReviewOptions, common: Common): object {
  const verdictIs =
    (test: (verdict: Verdict) => boolean): Way['for'] =>
    (outcome) =>
      outcome.kind === 'answered' && test(outcome.value as Verdict);
  const ways: readonly Way[] = [
    {
      name: 'right',
      for: verdictIs(({ kind }) => kind === 'right'),
      exit: { target: '#answered', actions: [noteText, answered(common.plan)] },
    },
    {
      name: 'change',
      for: verdictIs((verdict) => verdict.kind === 'change' && verdict.field !== undefined),
      exit: ifChanges(common, ({ context, event }) => {
        const { value } = event.output as Answered<{ readonly field: string }>;
        return changing(context, value.field);
      }),
    },
    { name: 'changing', for: verdictIs(() => true), exit: { target: 'changing' } },
    ...waysWithout(common, undefined, goingBack),
  ];
  return stateWith(reviewOf(options, common.plan.names), ways, { input: reviewInput(common.plan) });
}

function choosingChange(options: ReviewOptions, common: Common): object {
  const ways: readonly Way[] = [
    {
      name: 'answered',
      for: ({ kind }) => kind === 'answered',
      exit: ifChanges(common, ({ context, event }) => changing(context, (event.output as Answered<string>).value)),
    },
    // Back to the review.
    ...waysWithout(common, undefined, ({ changes }) => ({ changes: changes + 1 })),
  ];
  return stateWith(changeOf(options, common.plan.names), ways, { input: reviewInput(common.plan) });
}

function reviewInput(plan: Plan) {
  return ({ context }: { readonly context: object }) => {
    const { data } = context as FormContext;
    const more: Reviewed = {
      answers: plan.answers(context as FormContext),
      changeable: plan.changeable(context as FormContext),
    };
    return { data, more };
  };
}

/** The ways of a dialog that was not answered. */
function waysWithout(
  common: Common,
  field: string | undefined,
  back: (context: FormContext) => Partial<FormContext>,
): readonly Way[] {
  const { plan } = common;
  const isBack = (outcome: Outcome<unknown>) => outcome.kind === 'gave-up' && outcome.because === 'back';
  const unfinished = update(({ context, event }) => ({ outcome: left(plan, context, field, event.output) }));
  return [
    { name: 'noAnswer', for: ({ kind }) => kind === 'no-answer', exit: { target: '#noAnswer', actions: unfinished } },
    { name: 'back', for: isBack, exit: ifChanges(common, ({ context }) => back(context), field) },
    { name: 'gaveUp', for: ({ kind }) => kind === 'gave-up', exit: { target: '#gaveUp', actions: unfinished } },
  ];
}

/** Changes something, unless that was done too often: a form has to come to an end, whatever is texted. */
function ifChanges(
  { plan, changes }: Common,
  change: (exiting: Exiting) => Partial<FormContext>,
  field?: string,
): readonly object[] {
  return [
    {
      guard: ({ context }: Exiting) => context.changes < changes,
      target: '#next',
      actions: update(change),
    },
    {
      target: '#gaveUp',
      actions: update(({ context }) => ({
        outcome: left(plan, context, field, { kind: 'gave-up', because: 'attempts' }),
      })),
    },
  ];
}

/** An outcome with the answers that there are. */
function left(
  plan: Plan,
  context: FormContext,
  field: string | undefined,
  outcome: Outcome<unknown>,
): Outcome<unknown> {
  const unfinished: Unfinished<Fields> = { answers: plan.answers(context), ...(field === undefined ? {} : { field }) };
  return { ...outcome, ...unfinished };
}

const noteText = update(({ event }) => {
  const { text, at } = event.output as Answered<unknown>;
  return { last: { text, at } };
});

/** All is known. */
function answered(plan: Plan) {
  return assign<FormContext, BotEvent, undefined, BotEvent, never>(({ context }) => ({
    outcome: { kind: 'answered', value: plan.answers(context), ...context.last },
  }));
}
