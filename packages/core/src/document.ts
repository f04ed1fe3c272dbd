import type { AnyEventObject } from 'xstate';
import type { ActorPatch, ActorProfile } from './actor.ts';
import type { Address, ConversationKey } from './address.ts';
import type { Encoded } from './host/codec.ts';
import { type HostDocument, type HostTimer, isSameTimer, type TimerId } from './host/document.ts';
import type { Media, MessageCategory, MessageId, MessageOrigin } from './message.ts';

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
  /** When a text of theirs was last taken in. */
  readonly heardAt?: number;
  /** The number of ours that they texted, where we go by a messaging service. */
  readonly via?: Address;
  /** Texts that have come close together and are waiting to be one event. */
  readonly burst?: Burst;
  /** What a bot could not take in, oldest first, the first few only. */
  readonly parked?: readonly ParkedEvent[];
  /**
   * Why the whole conversation stands still: its machine could not be brought to life, or it talked in circles. What
   * happens meanwhile is parked, until an operator retries, skips or ends it.
   */
  readonly halted?: Halted;
  /** The person was told that something went wrong; once is enough until another journey begins. */
  readonly apologised?: true;
  /** How many replies have followed one another closely: see {@link LoopGuard}. */
  readonly replies?: { readonly count: number; readonly at: number };
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
  /** Timers that the machine threw at, which do not come again by themselves. */
  readonly heldTimers?: readonly TimerId[];
}

export interface TaskState {
  /** How often it was begun. */
  readonly attempts: number;
  /** How many attempts have failed and are to be followed by another. */
  readonly failures?: number;
  /** Between two attempts: when the next may begin. */
  readonly notBefore?: number;
  readonly lease?: Lease;
  /** It has ended, and the machine has not been told: people have the conversation, or the machine threw at it. */
  readonly outcome?: TaskOutcome;
}

/** How a task ended, as plain JSON. */
export type TaskOutcome =
  | { readonly kind: 'done'; readonly output: Encoded<unknown> }
  | TaskFailure
  /** It failed, and is tried again. */
  | { readonly kind: 'retry'; readonly at: number; readonly code: string };

export interface TaskFailure {
  readonly kind: 'failed';
  /** What was thrown; of an error its class, message, code, status and cause. */
  readonly error: Encoded<unknown>;
  /** The registry's code, the error's own, or its class: for people. */
  readonly code: string;
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

/** Something that a conversation could not take in, with the error; plain JSON. */
export interface ParkedEvent {
  readonly id: string;
  readonly at: number;
  /** The bot that it was for, as far as one had been chosen. */
  readonly bot?: string;
  readonly journey?: string;
  readonly what: Happening;
  readonly code: string;
  readonly reason: string;
  /** The line of the bot at which it threw, as far as that can be seen: `/project/bots/menu.ts:12:5`. */
  readonly where?: string;
}

/** What can happen to a bot, as plain JSON. */
export type Happening =
  | { readonly kind: 'text'; readonly text: HeardText }
  | { readonly kind: 'event'; readonly event: Encoded<AnyEventObject> }
  /** The journey still has it, among its `heldTimers`. */
  | { readonly kind: 'timer'; readonly timer: TimerId }
  /** The journey still has it, with its outcome. */
  | { readonly kind: 'task'; readonly task: string; readonly name: string }
  /** A bot that could not begin. */
  | { readonly kind: 'start'; readonly bot: string; readonly text?: HeardText; readonly data?: Encoded<unknown> };

/** A text as bots hear it: one message, or several that came close together. */
export interface HeardText {
  /** The message, or the last of several. */
  readonly id: MessageId;
  readonly text: string;
  readonly media: readonly Media[];
  readonly at: number;
  /** The first text ever in the conversation. */
  readonly isFirst?: true;
  /** The texts of several, one by one. */
  readonly parts?: readonly string[];
}

/** Texts that wait to be one event. */
export interface Burst {
  readonly texts: readonly HeardText[];
  /** When the first came. */
  readonly since: number;
  /** When they are taken in, unless another comes before. */
  readonly until: number;
}

export interface Halted {
  readonly at: number;
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
  /** Who said it: a bot's journey is told of its fate. */
  readonly origin: MessageOrigin;
  readonly createdAt: number;
  /** Deferred or waiting for another try until then. */
  readonly notBefore?: number;
  /** After this moment it is of no use any more. */
  readonly deadline?: number;
  readonly attempts: number;
  /** When the provider was first asked to take it. */
  readonly firstTriedAt?: number;
  /** It may have been sent already: ask the provider before sending it again. */
  readonly inDoubt?: boolean;
}

/** Whether somebody has to look at a conversation: its bot could not take something in. */
export function isParked({ parked, halted }: Pick<ConversationDocument, 'parked' | 'halted'>): boolean {
  return parked !== undefined || halted !== undefined;
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

function journeyMoments({ journey, handoff, halted, burst }: ConversationDocument): number[] {
  const moments: number[] = [];
  if (journey !== undefined) moments.push(journey.expiresAt);
  // While people have the conversation, or nobody can go on with it, its timers and tasks stand still.
  if (handoff !== undefined || halted !== undefined) return moments;
  if (burst !== undefined) moments.push(burst.until);
  if (journey === undefined) return moments;
  // A person who is writing is not to be asked whether they are still there.
  if (burst === undefined) for (const { dueAt } of runningTimers(journey)) moments.push(dueAt);
  for (const { id } of journey.machine.tasks) moments.push(...taskMoment(journey.tasks[id]));
  return moments;
}

function taskMoment(task: TaskState | undefined): readonly number[] {
  if (task?.outcome !== undefined) return [];
  return [Math.max(task?.lease?.until ?? 0, task?.notBefore ?? 0)];
}

/** The timers that fire by themselves. */
export function runningTimers({ machine, heldTimers }: Journey): readonly HostTimer[] {
  if (heldTimers === undefined) return machine.timers;
  return machine.timers.filter((timer) => !heldTimers.some((held) => isSameTimer(held, timer)));
}
