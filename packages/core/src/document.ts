import type { ActorPatch, ActorProfile } from './actor.ts';
import type { Address, ConversationKey } from './address.ts';
import type { Encoded } from './host/codec.ts';
import type { HostDocument, HostEvent } from './host/document.ts';
import type { Media, MessageCategory, MessageId } from './message.ts';

/**
 * Everything about one conversation that must be consistent, as plain JSON: one write commits it. It stays small
 * however long the conversation lasts, because finished messages live in the message log.
 */
export interface ConversationDocument {
  readonly format: 1;
  readonly key: ConversationKey;
  readonly app: string;
  readonly ours: Address;
  readonly theirs: Address;
  /** Milliseconds since the epoch, like every moment in here. */
  readonly createdAt: number;
  /** How many turns it has taken in. */
  readonly turns: number;
  /** What this conversation knows of the person. */
  readonly actor: ActorProfile;
  /** What bots have learned of the person and the shared profile does not know yet; `turn` is the last to add to it. */
  readonly remember?: { readonly patch: Encoded<ActorPatch>; readonly turn: number };
  /** The bot's run that is under way. */
  readonly journey?: Journey;
  /** People have the conversation; the bot is silent until `resume`. */
  readonly handoff?: Handoff;
  /** Events that a bot threw at, newest last, the last few only. */
  readonly parked?: readonly ParkedEvent[];
  /** Messages that are not settled yet, in the order in which they were said. */
  readonly outbox: readonly OutboxMessage[];
  /** Who is sending from the outbox, and until when nobody else may. */
  readonly dispatch?: Lease;
  /** The earliest moment at which the conversation needs attention; absent when it only waits for texts. */
  readonly dueAt?: number;
}

/** One actor's run through one bot. */
export interface Journey {
  readonly id: string;
  readonly bot: string;
  readonly version: string;
  readonly startedAt: number;
  readonly expiresAt: number;
  /** The machine, its timers and its tasks. */
  readonly machine: HostDocument;
  /** How each task that has not finished is getting on, by the host's task id. */
  readonly tasks: Readonly<Record<string, TaskState>>;
  /** The bot that follows when this one ends. */
  readonly next?: { readonly bot: string; readonly data?: Encoded<unknown> };
  /**
   * Why the whole journey stands still: its machine could not be brought to life, or it talked in circles. What happens
   * meanwhile is parked, until an operator retries, skips or ends it.
   */
  readonly halted?: { readonly at: number; readonly code: string; readonly reason: string };
  /** The person was told that something went wrong; once is enough. */
  readonly apologised?: boolean;
}

export interface TaskState {
  /** How often it was begun. */
  readonly attempts: number;
  readonly lease?: Lease;
  /** It has ended while people have the conversation, and the machine will be told afterwards. */
  readonly outcome?: TaskOutcome;
}

/** How a task ended, as plain JSON. */
export type TaskOutcome =
  | { readonly kind: 'done'; readonly output: Encoded<unknown> }
  | { readonly kind: 'failed'; readonly error: TaskError };

/** What is kept of the error that a task threw. */
export interface TaskError {
  readonly name: string;
  readonly message: string;
  /** The registry's code or the error's own. */
  readonly code?: string;
}

/** Somebody is at work on it; after `until` anybody may take over. */
export interface Lease {
  /** The process's own id. */
  readonly owner: string;
  readonly until: number;
}

export interface Handoff {
  readonly to: string;
  readonly note?: string;
  readonly at: number;
}

/** An event that a bot could not take in, with the error; plain JSON. */
export interface ParkedEvent {
  readonly at: number;
  readonly bot: string;
  readonly event: HostEvent;
  /** The text that it came from. */
  readonly message?: MessageId;
  readonly code: string;
  readonly reason: string;
}

/** A message on its way out. */
export interface OutboxMessage {
  readonly id: MessageId;
  /** The turn that said it: messages of one turn leave in order. */
  readonly turn: number;
  readonly text: string;
  readonly media: readonly Media[];
  readonly category: MessageCategory;
  /** The journey that is told of its fate. */
  readonly journey?: string;
  readonly createdAt: number;
  /** Deferred or waiting for another try until then. */
  readonly notBefore?: number;
  readonly attempts: number;
  /** When the provider was first asked to take it. */
  readonly firstTriedAt?: number;
  /** It may have been sent already: ask the provider before sending it again. */
  readonly inDoubt?: boolean;
}

/** Whether somebody has to look at a conversation: its bot could not take something in. */
export function isParked({ parked, journey }: Pick<ConversationDocument, 'parked' | 'journey'>): boolean {
  return parked !== undefined || journey?.halted !== undefined;
}

/** The earliest moment at which a conversation needs somebody to look at it. */
export function dueAtOf(document: ConversationDocument): number | undefined {
  const moments = [...dispatchMoments(document), ...journeyMoments(document)];
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function dispatchMoments({ outbox, remember, dispatch }: ConversationDocument): number[] {
  // Messages of one turn leave in order: those behind one that waits wait as long as it does.
  const first = outbox.filter(({ turn }, index) => outbox.findIndex((other) => other.turn === turn) === index);
  const wanted = first.map((message) => message.notBefore ?? 0);
  if (remember !== undefined) wanted.push(0);
  return wanted.map((moment) => Math.max(moment, dispatch?.until ?? 0));
}

function journeyMoments({ journey, handoff }: ConversationDocument): number[] {
  if (journey === undefined) return [];
  // While people have the conversation its timers and tasks stand still.
  if (handoff !== undefined) return [journey.expiresAt];
  const timers = journey.machine.timers.map((timer) => timer.dueAt);
  const tasks = journey.machine.tasks.map(({ id }) => journey.tasks[id]?.lease?.until ?? 0);
  return [journey.expiresAt, ...timers, ...tasks];
}
