import {
  type ActionArgs,
  type ActionFunction,
  type EventObject,
  emit,
  type MachineContext,
  type ParameterizedObject,
} from 'xstate';
import type { ActorPatch } from './actor.ts';
import type { BotRequest, ExtendJourney, HandOff, Remember, Say, StartBot, Track } from './bot-events.ts';
import { type LocalisedText, spoken, type Wordings, wordingsOf } from './localised-text.ts';
import type { Media, MessageCategory } from './message.ts';

/** A value, or a function that makes it of the machine's context and the event. */
export type Expression<
  Value,
  Context extends MachineContext,
  ExpressionEvent extends EventObject,
  Event extends EventObject,
> = Value | ((args: ActionArgs<Context, ExpressionEvent, Event>) => Value);

type ActionParams = ParameterizedObject['params'] | undefined;

export interface SayOptions {
  /** Pictures to go with the text. Default: none. */
  readonly media?: readonly Media[];
  /** Default `conversational`. */
  readonly category?: MessageCategory;
  /**
   * How long the text is of use, in milliseconds: one that could not leave by then fails, and the provider is told to give
   * it up as well. Default: until it has been tried for 10 hours.
   */
  readonly validFor?: number;
}

/**
 * Sends a text in this conversation. An action for `entry`, `exit` and transitions of any machine.
 *
 * ```ts
 * entry: say('Would you like 1) tea or 2) coffee?')
 * entry: say(({ context }) => `See you on ${context.day}!`)
 * ```
 *
 * A text of `@parley/texts` is said in the person's language. The text is kept as it is; plugins may change it on its way
 * out. A text that is empty or longer than 1,600 characters fails with `error.platform.message.empty` or
 * `error.platform.message.too-long`.
 */
export function say<
  Context extends MachineContext,
  ExpressionEvent extends EventObject,
  Params extends ActionParams,
  Event extends EventObject,
>(
  text: Expression<string | LocalisedText, Context, ExpressionEvent, Event>,
  options: SayOptions = {},
): ActionFunction<Context, ExpressionEvent, Event, Params, never, never, never, never, Say> {
  const { media = [], category = 'conversational', validFor } = options;
  const action = request<Context, ExpressionEvent, Params, Event, Say>((args) => ({
    type: 'parley.say',
    ...spoken(evaluate(text, args)),
    media,
    category,
    ...(validFor === undefined ? {} : { validFor }),
  }));
  const wordings = wordingsOf(text);
  const said: Said = {
    ...(typeof text === 'function' ? {} : { text: text.toString() }),
    ...(wordings === undefined ? {} : { wordings }),
    media,
    category,
  };
  return Object.assign(action, { [SAID]: said });
}

/** What an action of {@link say} is known to say without running it. */
export interface Said {
  /** Absent when it is made of the context and the event. */
  readonly text?: string;
  /** The text in every language that it may be said in, with the names of what is filled in in braces. */
  readonly wordings?: Wordings;
  readonly media: readonly Media[];
  readonly category: MessageCategory;
}

/** Where the actions of {@link say} have it. From the registry of symbols, so that two copies of this package agree. */
const SAID = Symbol.for('parley.said');

/** What an action of a machine says, if it was made by {@link say}: for plugins that look through bots before anything runs. */
export function saidBy(action: unknown): Said | undefined {
  return typeof action === 'function' ? (action as { readonly [SAID]?: Said })[SAID] : undefined;
}

/**
 * Updates the actor's profile, for this and every later journey.
 *
 * ```ts
 * actions: remember(({ event }) => ({ firstName: event.text }))
 * ```
 */
export function remember<
  Context extends MachineContext,
  ExpressionEvent extends EventObject,
  Params extends ActionParams,
  Event extends EventObject,
>(
  patch: Expression<ActorPatch, Context, ExpressionEvent, Event>,
): ActionFunction<Context, ExpressionEvent, Event, Params, never, never, never, never, Remember> {
  return request((args) => ({ type: 'parley.remember', patch: evaluate(patch, args) }));
}

/** Adds an entry to the journey's activity. `data` is plain JSON. */
export function track<
  Context extends MachineContext,
  ExpressionEvent extends EventObject,
  Params extends ActionParams,
  Event extends EventObject,
>(
  name: string,
  data?: Expression<Readonly<Record<string, unknown>>, Context, ExpressionEvent, Event>,
): ActionFunction<Context, ExpressionEvent, Event, Params, never, never, never, never, Track> {
  return request((args) => ({
    type: 'parley.track',
    name,
    ...(data === undefined ? {} : { data: evaluate(data, args) }),
  }));
}

/** Gives the conversation to people: the bot hears nothing until somebody resumes it. */
export function handoff<
  Context extends MachineContext,
  ExpressionEvent extends EventObject,
  Params extends ActionParams,
  Event extends EventObject,
>(
  to: string,
  note?: Expression<string, Context, ExpressionEvent, Event>,
): ActionFunction<Context, ExpressionEvent, Event, Params, never, never, never, never, HandOff> {
  return request((args) => ({
    type: 'parley.handoff',
    to,
    ...(note === undefined ? {} : { note: evaluate(note, args) }),
  }));
}

/** After this bot has ended, starts another bot of the app in the same conversation. `data` goes into its input. */
export function startBot<
  Context extends MachineContext,
  ExpressionEvent extends EventObject,
  Params extends ActionParams,
  Event extends EventObject,
>(
  bot: string,
  data?: Expression<Readonly<Record<string, unknown>>, Context, ExpressionEvent, Event>,
): ActionFunction<Context, ExpressionEvent, Event, Params, never, never, never, never, StartBot> {
  return request((args) => ({
    type: 'parley.start-bot',
    bot,
    ...(data === undefined ? {} : { data: evaluate(data, args) }),
  }));
}

/**
 * Lets the journey go on for at least this long from now, in milliseconds; 90 days from its start at most. For a bot that
 * hears of its person more rarely than a journey lasts.
 */
export function extendJourney<
  Context extends MachineContext,
  ExpressionEvent extends EventObject,
  Params extends ActionParams,
  Event extends EventObject,
>(
  by: Expression<number, Context, ExpressionEvent, Event>,
): ActionFunction<Context, ExpressionEvent, Event, Params, never, never, never, never, ExtendJourney> {
  return request((args) => ({ type: 'parley.extend-journey', by: evaluate(by, args) }));
}

function request<
  Context extends MachineContext,
  ExpressionEvent extends EventObject,
  Params extends ActionParams,
  Event extends EventObject,
  Request extends BotRequest,
>(
  make: (args: ActionArgs<Context, ExpressionEvent, Event>) => Request,
): ActionFunction<Context, ExpressionEvent, Event, Params, never, never, never, never, Request> {
  return emit<Context, ExpressionEvent, Params, Event, Request>(make as never);
}

function evaluate<Value, Args>(expression: Value | ((args: Args) => Value), args: Args): Value {
  return typeof expression === 'function' ? (expression as (args: Args) => Value)(args) : expression;
}
