import {
  type ActionFunction,
  type DelayConfig,
  type EventObject,
  type GuardPredicate,
  type MachineContext,
  type MetaObject,
  type NonReducibleUnknown,
  type ParameterizedObject,
  type SetupReturn,
  type SetupTypes,
  setup,
  type UnknownActorLogic,
} from 'xstate';
import type { BotEvent, BotInput, BotRequest } from './bot-events.ts';

type None = Record<never, never>;

/** Actions or guards by name, with the type of the parameters that each takes. */
type Parameters = Record<string, ParameterizedObject['params'] | undefined>;

/** Each as XState names it: its type and its parameters. */
type Parameterized<Map extends Parameters> = {
  [Name in keyof Map & string]: { type: Name; params: Map[Name] };
}[keyof Map & string];

/** Each actor as XState names it: where its logic comes from, and the ids it may be invoked under. */
type Provided<Actors extends Record<string, UnknownActorLogic>> = Values<{
  [Name in keyof Actors as Name & string]: { src: Name & string; logic: Actors[Name]; id: string | undefined };
}>;

type Values<Map> = Map[keyof Map];

/**
 * XState's `setup` for bots: the machine knows the events that Parley sends (`message.received` …), may use `say` and the
 * other helpers, and has the actor in its input. Everything else is as in `setup`.
 *
 * ```ts
 * const machine = setupBot({ types: { context: {} as { name: string } } }).createMachine({
 *   context: { name: '' },
 *   initial: 'asking',
 *   states: {
 *     asking: {
 *       entry: say('What is your name?'),
 *       on: { 'message.received': { target: 'greeted', actions: assign({ name: ({ event }) => event.text }) } },
 *     },
 *     greeted: { entry: say(({ context }) => `Hello ${context.name}!`), type: 'final' },
 *   },
 * });
 * ```
 *
 * `types.events` lists events of your own, `types.input` another input (for child machines).
 */
export function setupBot<
  Context extends MachineContext,
  OwnEvent extends EventObject = never,
  Actors extends Record<string, UnknownActorLogic> = None,
  Actions extends Parameters = None,
  Guards extends Parameters = None,
  Delay extends string = never,
  Tag extends string = string,
  Input = BotInput,
  Output extends NonReducibleUnknown = NonReducibleUnknown,
  OwnEmitted extends EventObject = never,
  Meta extends MetaObject = MetaObject,
>(options: {
  types?: SetupTypes<Context, OwnEvent, None, Tag, Input, Output, OwnEmitted, Meta>;
  actors?: { [Name in keyof Actors]: Actors[Name] };
  actions?: {
    [Name in keyof Actions]: ActionFunction<
      Context,
      BotEvent | OwnEvent,
      BotEvent | OwnEvent,
      Actions[Name],
      Provided<Actors>,
      Parameterized<Actions>,
      Parameterized<Guards>,
      Delay,
      BotRequest | OwnEmitted
    >;
  };
  guards?: {
    [Name in keyof Guards]: GuardPredicate<Context, BotEvent | OwnEvent, Guards[Name], Parameterized<Guards>>;
  };
  delays?: {
    [Name in Delay]: DelayConfig<Context, BotEvent | OwnEvent, Parameterized<Actions>['params'], BotEvent | OwnEvent>;
  };
}): SetupReturn<
  Context,
  BotEvent | OwnEvent,
  Actors,
  None,
  Actions,
  Guards,
  Delay,
  Tag,
  Input,
  Output,
  BotRequest | OwnEmitted,
  Meta
> {
  return setup(options as never) as never;
}
