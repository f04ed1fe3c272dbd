import type { ActorPatch, ActorProfile } from './actor.ts';
import type { Media, MessageCategory, MessageId } from './message.ts';

/** The person has texted. */
export interface MessageReceived {
  readonly type: 'message.received';
  readonly text: string;
  readonly media: readonly Media[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The person's address. */
  readonly from: string;
}

/** A message of the bot has reached the device. */
export interface MessageDelivered {
  readonly type: 'message.delivered';
  readonly message: MessageId;
}

/** A message of the bot was refused, or could not be delivered. */
export interface MessageFailed {
  readonly type: 'message.failed';
  readonly message: MessageId;
  /** A code of the registry, or the provider's. */
  readonly code: string;
  readonly reason: string;
}

/** People have given the conversation back to the bot. */
export interface ConversationResumed {
  readonly type: 'conversation.resumed';
}

/** What a machine may receive from Parley. */
export type BotEvent = MessageReceived | MessageDelivered | MessageFailed | ConversationResumed;

/** What a machine gets as its input when a journey begins. */
export interface BotInput<Data = unknown> {
  readonly actor: ActorProfile;
  /** The text that started the journey; absent when it was started by API or by another bot. */
  readonly message?: { readonly text: string; readonly media: readonly Media[]; readonly at: number };
  /** What `startJourney` or `startBot` was given. */
  readonly data?: Data;
}

/** Asks for a text to this conversation's person: see `say`. */
export interface Say {
  readonly type: 'parley.say';
  readonly text: string;
  readonly media: readonly Media[];
  readonly category: MessageCategory;
  /** How long it is of use, in milliseconds. */
  readonly validFor?: number;
}

/** Asks to change what is known of the person: see `remember`. */
export interface Remember {
  readonly type: 'parley.remember';
  readonly patch: ActorPatch;
}

/** Adds to the journey's activity: see `track`. */
export interface Track {
  readonly type: 'parley.track';
  readonly name: string;
  readonly data?: unknown;
}

/** Gives the conversation to people: see `handoff`. */
export interface HandOff {
  readonly type: 'parley.handoff';
  readonly to: string;
  readonly note?: string;
}

/** Starts another bot after this one: see `startBot`. */
export interface StartBot {
  readonly type: 'parley.start-bot';
  readonly bot: string;
  readonly data?: unknown;
}

/** Gives the journey more time: see `extendJourney`. */
export interface ExtendJourney {
  readonly type: 'parley.extend-journey';
  /** Milliseconds from now. */
  readonly by: number;
}

/** What a machine asks of Parley by emitting. */
export type BotRequest = Say | Remember | Track | HandOff | StartBot | ExtendJourney;
