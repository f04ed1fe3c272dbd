import type { ActorPatch, ActorProfile } from './actor.ts';
import type { Address, ConversationKey } from './address.ts';
import type { HostDocument } from './host/host.ts';
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
  /** What bots have learned of the person and the shared profile does not know yet. */
  readonly remember?: ActorPatch;
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
  readonly next?: { readonly bot: string; readonly input?: unknown };
}

export interface TaskState {
  /** How often it was begun before. */
  readonly attempts: number;
  /** When it may run again; absent for at once. */
  readonly notBefore?: number;
  readonly lease?: Lease;
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

/** An event that a bot could not take in. Its content stays in the message log. */
export interface ParkedEvent {
  readonly at: number;
  readonly event: string;
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
  /** It may have been sent already: ask the provider before sending it again. */
  readonly inDoubt?: boolean;
}

/** The earliest moment at which a conversation needs somebody to look at it. */
export function dueAtOf(document: ConversationDocument): number | undefined {
  const moments = [...outboxMoments(document), ...journeyMoments(document.journey)];
  if (document.remember !== undefined && document.outbox.length === 0) moments.push(document.dispatch?.until ?? 0);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function outboxMoments({ outbox, dispatch }: ConversationDocument): number[] {
  return outbox.map((message) => Math.max(message.notBefore ?? 0, dispatch?.until ?? 0));
}

function journeyMoments(journey: Journey | undefined): number[] {
  if (journey === undefined) return [];
  const timers = journey.machine.timers.map((timer) => timer.dueAt);
  const tasks = journey.machine.tasks.map(({ id }) => {
    const state = journey.tasks[id];
    return state?.lease?.until ?? state?.notBefore ?? 0;
  });
  return [journey.expiresAt, ...timers, ...tasks];
}
