import type {
  Actions,
  AnyActorLogic,
  DoneActorEvent,
  EventObject,
  InputFrom,
  MachineContext,
  MetaObject,
  OutputFrom,
  ParameterizedObject,
  ProvidedActor,
  SingleOrArray,
  TransitionConfigOrTarget,
  TransitionsConfig,
} from 'xstate';
import type { Answered } from '../outcome.ts';

/** What a dialog comes to in one kind of ending. */
export type OutcomeOf<Logic extends AnyActorLogic, Kind extends string> = Extract<OutputFrom<Logic>, { kind: Kind }>;

/** The answer that a dialog gives. */
export type ValueOf<Logic extends AnyActorLogic> = OutcomeOf<Logic, 'answered'>['value'];

/** A target, a transition, or a list of transitions with guards of which the last has none. */
export type Exit<
  Output,
  Context extends MachineContext,
  Event extends EventObject,
  Actor extends ProvidedActor,
  Action extends ParameterizedObject,
  Guard extends ParameterizedObject,
  Delay extends string,
  Emitted extends EventObject,
  Meta extends MetaObject,
> = TransitionConfigOrTarget<
  Context,
  DoneActorEvent<Output>,
  Event,
  // Not guessed from the actions that are given, which fit any machine, but taken from the machine around.
  NoInfer<Actor>,
  NoInfer<Action>,
  NoInfer<Guard>,
  NoInfer<Delay>,
  NoInfer<Emitted>,
  Meta
>;

/** The keys of a context that may hold such a value. */
export type KeyFor<Context, Value> = {
  [Key in keyof Context]-?: Value extends Context[Key] ? Key : never;
}[keyof Context];

/** What a dialog is given, by the machine around it. Left out if the dialog needs nothing. */
export type Given<Logic extends AnyActorLogic, Context, Event> =
  object extends InputFrom<Logic>
    ? { readonly input?: (args: { readonly context: Context; readonly event: Event }) => InputFrom<Logic> }
    : { readonly input: (args: { readonly context: Context; readonly event: Event }) => InputFrom<Logic> };

/** What a state with a dialog can have besides. */
export interface Besides<
  Context extends MachineContext,
  Event extends EventObject,
  Actor extends ProvidedActor,
  Action extends ParameterizedObject,
  Guard extends ParameterizedObject,
  Delay extends string,
  Tag extends string,
  Emitted extends EventObject,
  Meta extends MetaObject,
> {
  /** The dialog's id among the actors of the machine; states in parallel need different ones. Default: its own. */
  readonly id?: string;
  /** Transitions that go ahead of the dialog: of `message.received` those whose guards let it pass. */
  readonly on?: TransitionsConfig<
    Context,
    Event,
    NoInfer<Actor>,
    NoInfer<Action>,
    NoInfer<Guard>,
    NoInfer<Delay>,
    NoInfer<Emitted>,
    Meta
  >;
  readonly entry?: Actions<
    Context,
    Event,
    Event,
    undefined,
    NoInfer<Actor>,
    NoInfer<Action>,
    NoInfer<Guard>,
    NoInfer<Delay>,
    NoInfer<Emitted>
  >;
  readonly exit?: Actions<
    Context,
    Event,
    Event,
    undefined,
    NoInfer<Actor>,
    NoInfer<Action>,
    NoInfer<Guard>,
    NoInfer<Delay>,
    NoInfer<Emitted>
  >;
  readonly tags?: SingleOrArray<NoInfer<Tag>>;
  readonly meta?: NoInfer<Meta>;
  readonly description?: string;
}

/** The state that comes of it, for `states` of a machine. That it invokes something is for XState, not for types, to know. */
export interface DialogState<
  Context extends MachineContext,
  Event extends EventObject,
  Actor extends ProvidedActor,
  Action extends ParameterizedObject,
  Guard extends ParameterizedObject,
  Delay extends string,
  Tag extends string,
  Emitted extends EventObject,
  Meta extends MetaObject,
> {
  on: TransitionsConfig<Context, Event, Actor, Action, Guard, Delay, Emitted, Meta>;
  tags?: SingleOrArray<Tag>;
  meta?: Meta;
}

/** The exits of a choice, one for each option. */
export type ChoiceExits<
  Value extends string,
  Context extends MachineContext,
  Event extends EventObject,
  Actor extends ProvidedActor,
  Action extends ParameterizedObject,
  Guard extends ParameterizedObject,
  Delay extends string,
  Emitted extends EventObject,
  Meta extends MetaObject,
> = string extends Value
  ? NotAChoice
  : {
      readonly [Option in Value]: Exit<Answered<Option>, Context, Event, Actor, Action, Guard, Delay, Emitted, Meta>;
    };

/** Named for the error of the compiler that it stands in. */
interface NotAChoice {
  readonly 'The dialog can be answered with any text: use ask': never;
}
