import type {
  AnyActorLogic,
  EventObject,
  MachineContext,
  MetaObject,
  ParameterizedObject,
  ProvidedActor,
} from 'xstate';
import { assign } from 'xstate';
import { stateWith, type Way } from './build.ts';
import type { Besides, ChoiceExits, DialogState, Exit, Given, KeyFor, OutcomeOf, ValueOf } from './types.ts';

/**
 * A state that asks: it runs a dialog and has three exits. Each is a target, or a transition, whose `event.output` is the outcome.
 *
 * ```ts
 * states: {
 *   size: ask(size, { bind: 'size', answered: 'toppings', noAnswer: 'later', gaveUp: 'desk' }),
 * ```
 *
 * What the person texts goes to the dialog, after the transitions of `on`. A machine that keeps the person in its context under `actor` need
 * not hand them to the dialog.
 *
 * @throws `error.platform.config.malformed` for a list of transitions that all have guards
 */
export function ask<
  Logic extends AnyActorLogic,
  Context extends MachineContext,
  Event extends EventObject,
  Actor extends ProvidedActor,
  Action extends ParameterizedObject,
  Guard extends ParameterizedObject,
  Delay extends string,
  Tag extends string,
  Emitted extends EventObject,
  Meta extends MetaObject,
>(
  dialog: Logic,
  exits: {
    /** The key of the context that the answer is kept under. Default: none. */
    readonly bind?: KeyFor<Context, ValueOf<Logic>>;
    /** They have answered: `event.output` has `value`, `text` and `at`. */
    readonly answered: Exit<OutcomeOf<Logic, 'answered'>, Context, Event, Actor, Action, Guard, Delay, Emitted, Meta>;
    /** They kept silent. */
    readonly noAnswer: Exit<OutcomeOf<Logic, 'no-answer'>, Context, Event, Actor, Action, Guard, Delay, Emitted, Meta>;
    /** It came to nothing: `event.output.because` says why. */
    readonly gaveUp: Exit<OutcomeOf<Logic, 'gave-up'>, Context, Event, Actor, Action, Guard, Delay, Emitted, Meta>;
  } & Given<Logic, Context, Event> &
    Besides<Context, Event, Actor, Action, Guard, Delay, Tag, Emitted, Meta>,
): DialogState<Context, Event, Actor, Action, Guard, Delay, Tag, Emitted, Meta> {
  const { bind, answered, noAnswer, gaveUp, ...options } = exits as typeof exits & { readonly bind?: string };
  return stateWith(
    dialog,
    [
      { name: 'answered', exit: answered, for: ({ kind }) => kind === 'answered', actions: binding(bind) },
      { name: 'noAnswer', exit: noAnswer, for: ({ kind }) => kind === 'no-answer' },
      { name: 'gaveUp', exit: gaveUp, for: ({ kind }) => kind === 'gave-up' },
    ],
    options as never,
  ) as never;
}

/**
 * A state that asks for a choice: like {@link ask}, with an exit for each option in place of `answered`.
 *
 * ```ts
 * states: {
 *   menu: choose(menu, { chosen: { book: 'booking', desk: 'atTheDesk' }, noAnswer: 'later', gaveUp: 'atTheDesk' }),
 * ```
 *
 * @throws `error.platform.config.malformed` for a list of transitions that all have guards
 */
export function choose<
  Logic extends AnyActorLogic,
  Context extends MachineContext,
  Event extends EventObject,
  Actor extends ProvidedActor,
  Action extends ParameterizedObject,
  Guard extends ParameterizedObject,
  Delay extends string,
  Tag extends string,
  Emitted extends EventObject,
  Meta extends MetaObject,
>(
  dialog: Logic,
  exits: {
    /** The key of the context that the choice is kept under. Default: none. */
    readonly bind?: KeyFor<Context, ValueOf<Logic>>;
    /** Where each option leads. */
    readonly chosen: ChoiceExits<ValueOf<Logic> & string, Context, Event, Actor, Action, Guard, Delay, Emitted, Meta>;
    /** They kept silent. */
    readonly noAnswer: Exit<OutcomeOf<Logic, 'no-answer'>, Context, Event, Actor, Action, Guard, Delay, Emitted, Meta>;
    /** It came to nothing: `event.output.because` says why. */
    readonly gaveUp: Exit<OutcomeOf<Logic, 'gave-up'>, Context, Event, Actor, Action, Guard, Delay, Emitted, Meta>;
  } & Given<Logic, Context, Event> &
    Besides<Context, Event, Actor, Action, Guard, Delay, Tag, Emitted, Meta>,
): DialogState<Context, Event, Actor, Action, Guard, Delay, Tag, Emitted, Meta> {
  const { bind, chosen, noAnswer, gaveUp, ...options } = exits as typeof exits & { readonly bind?: string };
  return stateWith(
    dialog,
    [
      ...Object.entries(chosen).map(
        ([option, exit]): Way => ({
          name: `chosen.${option}`,
          exit,
          for: (outcome) => outcome.kind === 'answered' && outcome.value === option,
          actions: binding(bind),
        }),
      ),
      { name: 'noAnswer', exit: noAnswer, for: ({ kind }) => kind === 'no-answer' },
      { name: 'gaveUp', exit: gaveUp, for: ({ kind }) => kind === 'gave-up' },
    ],
    options as never,
  ) as never;
}

function binding(key: string | undefined): readonly unknown[] {
  return key === undefined
    ? []
    : [assign({ [key]: ({ event }: { event: { output: { value: unknown } } }) => event.output.value })];
}
