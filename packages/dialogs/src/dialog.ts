import type { ActorProfile, BotEvent, BotInput, BotRequest } from '@parley/core';
import type {
  AnyActorRef,
  MachineContext,
  MetaObject,
  ParameterizedObject,
  ProvidedActor,
  StateMachine,
  StateSchema,
  StateValue,
} from 'xstate';
import type { Outcome } from './outcome.ts';

/**
 * What a dialog is given: the person, and what its words need besides. The input of a bot is one, so that a dialog can be
 * a bot.
 */
export type DialogInput<Data = unknown> = {
  /** Whose language, time zone and country answers are read by. Default: none, which reads as in the USA. */
  readonly actor?: ActorProfile;
  readonly message?: BotInput['message'];
  /** How often the same was asked before, if it has to be said in other words now. Default 0. */
  readonly before?: number;
} & DataOf<Data>;

type DataOf<Data> = unknown extends Data ? { readonly data?: unknown } : { readonly data: Data };

/** A part of a conversation that ends in an {@link Outcome}: an XState machine, as any other. */
export type Dialog<Value, Input = DialogInput, Unfinished = unknown> = StateMachine<
  MachineContext,
  BotEvent,
  Record<string, AnyActorRef | undefined>,
  ProvidedActor,
  ParameterizedObject,
  ParameterizedObject,
  string,
  StateValue,
  string,
  Input,
  Outcome<Value, Unfinished>,
  BotRequest,
  MetaObject,
  StateSchema
>;
