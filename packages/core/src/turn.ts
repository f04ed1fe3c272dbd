import type { ActorProfile } from './actor.ts';
import type { Address } from './address.ts';
import { requireBot } from './app-runtime.ts';
import type { BotEvent } from './bot-events.ts';
import type { ConversationDocument, TaskOutcome } from './document.ts';
import { Draft, type Saying, type TurnContext } from './draft.ts';
import { ParleyError } from './errors.ts';
import { endBurst, hear } from './hearing.ts';
import type { TimerId } from './host/document.ts';
import { fireEarly, handOver, letTimePass, retryTaskEarly } from './interventions.ts';
import {
  checkVersion,
  endJourney,
  fireTimers,
  prolongJourney,
  resumeJourney,
  settleTask,
  startJourney,
  tellBot,
} from './journey.ts';
import { claimWork, extendTask, releaseWork } from './leases.ts';
import { guardLoops } from './loop-guard.ts';
import type { MessageId, MessageRecord } from './message.ts';
import { cancel, cancelAll, type SendOutcome, settle } from './outbox.ts';
import { isHalting } from './parking.ts';
import type { PluginClaim } from './plugin-driver.ts';
import { retryHalted, retryParked, skipParked } from './retrying.ts';
import type { StatusUpdate } from './status.ts';
import type { Turn } from './storage.ts';

/** One event that a conversation takes in. */
export type TurnEvent =
  /** A text has come; a plugin may have claimed it. */
  | {
      readonly kind: 'inbound';
      readonly message: MessageRecord;
      readonly claim?: PluginClaim;
      /** The number of ours that was texted, where the app goes by a messaging service. */
      readonly via?: Address;
    }
  /** It is due: timers, an expired journey, work that nobody is at. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'task'; readonly journey: string; readonly task: string; readonly outcome: TaskOutcome }
  /** A message of this conversation has met its fate, and the bot that said it wants to know. */
  | {
      readonly kind: 'fate';
      readonly update: StatusUpdate;
      readonly journey: string;
      readonly event: Extract<BotEvent, { message: MessageId }>;
    }
  | { readonly kind: 'start'; readonly bot: string; readonly data?: unknown; readonly conflict: ConflictRule }
  | { readonly kind: 'say'; readonly saying: Saying; readonly further?: readonly Saying[] }
  /** A message that has failed is sent once more, as a new one. */
  | { readonly kind: 'resend'; readonly message: MessageRecord; readonly at?: number }
  /** A message is taken back, if it has not left. */
  | { readonly kind: 'cancel'; readonly message: MessageId }
  /** Nothing more is to be said to the person: the journey ends, and what has not left is taken back. */
  | { readonly kind: 'silence'; readonly code: string; readonly reason: string }
  | { readonly kind: 'resume' }
  /** People take the conversation. */
  | { readonly kind: 'hand-over'; readonly to: string; readonly note?: string }
  /** A timer fires before its time, or a task is tried again before it; in preview apps. */
  | { readonly kind: 'fire'; readonly timer: TimerId }
  /** Time passes for the conversation alone; in preview apps. */
  | { readonly kind: 'pass'; readonly by: number }
  | { readonly kind: 'retry-task'; readonly task: string }
  /** One message was tried. */
  | { readonly kind: 'settle'; readonly message: MessageId; readonly outcome: SendOutcome }
  /** The sender, or the runner of a task, asks for more time on its lease. */
  | { readonly kind: 'extend'; readonly journey?: string; readonly task?: string }
  /** The journey is to last at least so many milliseconds from now. */
  | { readonly kind: 'prolong'; readonly by: number }
  /** An operator ends the journey, and with it all that is parked. */
  | { readonly kind: 'end' }
  /** An operator has what was parked taken in again, or dropped. */
  | { readonly kind: 'retry' | 'skip'; readonly event?: string }
  /** The shared profile has what this conversation had learned. */
  | { readonly kind: 'remembered'; readonly turn: number }
  /** What was known of the person has changed. */
  | { readonly kind: 'actor'; readonly profile: ActorProfile }
  /** The process is going down and gives back what it holds. */
  | { readonly kind: 'release' };

/** What to do when a journey is to start while another one is running. */
export type ConflictRule = 'use' | 'replace' | 'refuse';

/** What a turn tells its caller. */
export type TurnResult =
  | {
      readonly kind: 'taken';
      readonly document: ConversationDocument;
      readonly journey?: string;
      /** Whether the journey is a new one. */
      readonly started?: boolean;
      readonly message?: MessageId;
      /** Whether a message could still be taken back. */
      readonly cancelled?: boolean;
    }
  /** Nothing was done: the turn begins a conversation or a journey and needs to know the person. Run it again with a profile. */
  | { readonly kind: 'needs-profile' }
  /** Nothing was done: it concerns a conversation that does not exist, or nothing in it. */
  | { readonly kind: 'ignored' };

/**
 * Takes one event into one conversation: synchronous, and the same for the same arguments. Everything that follows is in
 * the commit, to be written as one.
 *
 * @throws what cannot be asked of this conversation, as a `ParleyError`; what a bot throws is parked instead.
 */
export function takeTurn(
  document: ConversationDocument | undefined,
  event: TurnEvent,
  context: TurnContext,
): Turn<TurnResult> {
  if (document === undefined && !beginsConversation(event)) return { result: { kind: 'ignored' } };
  if (context.profile === undefined && needsProfile(document, event)) return { result: { kind: 'needs-profile' } };
  const draft = new Draft(document, context);
  const answer = takeIn(draft, event);
  guardLoops(draft);
  if (event.kind === 'release') releaseWork(draft);
  else claimWork(draft);
  const commit = draft.commit();
  return { result: { kind: 'taken', document: commit.document, ...answer }, commit };
}

type Answer = Pick<Extract<TurnResult, { kind: 'taken' }>, 'journey' | 'started' | 'message' | 'cancelled'>;

function takeIn(draft: Draft, event: TurnEvent): Answer {
  switch (event.kind) {
    case 'inbound':
      draft.via = event.via ?? draft.via;
      takeInText(draft, event.message, event.claim);
      break;
    case 'wake':
      wake(draft);
      break;
    case 'task':
      settleTask(draft, event.journey, event.task, event.outcome);
      break;
    case 'fate':
      draft.moveStatus(event.event.message, event.update);
      tellBot(draft, event.journey, event.event);
      break;
    case 'start':
      return startByRequest(draft, event);
    case 'say':
      return { message: sayAll(draft, event) };
    case 'resend':
      return { message: resend(draft, event) };
    case 'cancel':
      return { cancelled: cancel(draft, event.message) };
    case 'silence':
      silence(draft, event);
      break;
    case 'resume':
      resumeJourney(draft);
      fireTimers(draft);
      break;
    case 'hand-over':
      handOver(draft, event.to, event.note);
      break;
    case 'pass':
      letTimePass(draft, event.by);
      endBurst(draft);
      break;
    case 'fire':
      fireEarly(draft, event.timer);
      break;
    case 'retry-task':
      retryTaskEarly(draft, event.task);
      break;
    case 'settle':
      settle(draft, event.message, event.outcome);
      break;
    case 'remembered':
      draft.remembered(event.turn);
      break;
    case 'actor':
      draft.refreshActor(event.profile);
      break;
    case 'prolong':
      prolongJourney(draft, event.by);
      break;
    case 'end':
      end(draft);
      break;
    case 'retry':
      retryParked(draft, event.event);
      break;
    case 'skip':
      skipParked(draft, event.event);
      break;
    case 'extend':
      if (event.task !== undefined && event.journey === draft.journey?.id) extendTask(draft, event.task);
      break;
    case 'release':
      break;
  }
  return {};
}

function takeInText(draft: Draft, message: MessageRecord, claim: PluginClaim | undefined): void {
  const isFirst = draft.heardAt === undefined;
  draft.receive(message);
  draft.heardAt = draft.context.now;
  expire(draft);
  if (claim !== undefined) return obeyClaim(draft, claim);
  // What was out of reach may have been mended by a deploy.
  if (draft.halted !== undefined && isHalting(draft.halted.code)) retryHalted(draft);
  hear(draft, message, isFirst);
}

/** Answers with the id of the first; the others leave after it, as they are of the same turn. */
function sayAll(draft: Draft, { saying, further = [] }: Extract<TurnEvent, { kind: 'say' }>): MessageId {
  const first = draft.say(saying);
  for (const next of further) draft.say(next);
  return first;
}

function resend(draft: Draft, { message, at }: Extract<TurnEvent, { kind: 'resend' }>): MessageId {
  const { text, media, category, origin } = message;
  const id = draft.say({ text, media, category, origin, ...(at === undefined ? {} : { at }) });
  draft.record('resent', { name: id, data: { of: message.id } });
  return id;
}

function obeyClaim(draft: Draft, { plugin, reply, replyWithin, endJourney: ends, cancel: why }: PluginClaim): void {
  if (ends) {
    draft.burst = undefined;
    endJourney(draft, 'claimed');
  }
  if (why !== undefined) cancelAll(draft, why);
  if (reply === undefined) return;
  draft.say({
    ...{ text: reply, media: [], category: 'conversational', origin: { kind: 'plugin', name: plugin } },
    ...(replyWithin === undefined ? {} : { validFor: replyWithin }),
  });
}

function silence(draft: Draft, { code, reason }: { readonly code: string; readonly reason: string }): void {
  draft.burst = undefined;
  endJourney(draft, 'claimed');
  cancelAll(draft, { code, reason });
}

function wake(draft: Draft): void {
  expire(draft);
  checkVersion(draft);
  endBurst(draft);
  // A person who is writing is not to be asked whether they are still there.
  if (draft.burst === undefined) fireTimers(draft);
}

function expire(draft: Draft): void {
  if (draft.journey !== undefined && draft.journey.expiresAt <= draft.context.now) endJourney(draft, 'expired');
}

function end(draft: Draft): void {
  if (draft.journey === undefined && draft.halted === undefined && draft.parked.length === 0) {
    throw new ParleyError('error.platform.journey.none');
  }
  endJourney(draft, 'ended');
  draft.parked = [];
  draft.unhalt();
  draft.replies = undefined;
}

function startByRequest(draft: Draft, { bot, data, conflict }: Extract<TurnEvent, { kind: 'start' }>): Answer {
  const { runtime, profile } = draft.context;
  const hosted = requireBot(runtime, bot);
  expire(draft);
  const running = draft.journey;
  if (conflict === 'replace') makeRoom(draft);
  else if (running !== undefined && conflict === 'use') return { journey: running.id, started: false };
  else if (running !== undefined) throw new ParleyError('error.platform.journey.running', { bot: running.bot });
  else if (draft.handoff !== undefined) throw new ParleyError('error.platform.conversation.handed-over');
  else if (draft.halted !== undefined) {
    throw new ParleyError('error.platform.conversation.halted', { code: draft.halted.code });
  }
  if (profile !== undefined) draft.refreshActor(profile);
  return { journey: startJourney(draft, hosted, data === undefined ? {} : { data }), started: true };
}

function makeRoom(draft: Draft): void {
  endJourney(draft, 'replaced');
  draft.handoff = undefined;
  draft.burst = undefined;
  draft.unhalt();
}

function beginsConversation(event: TurnEvent): boolean {
  return event.kind === 'inbound' || event.kind === 'start' || event.kind === 'say';
}

/** Profiles are looked up only when a conversation or a journey begins: the document has its own copy for the rest. */
function needsProfile(document: ConversationDocument | undefined, event: TurnEvent): boolean {
  if (document === undefined) return true;
  if (event.kind === 'start') return true;
  if (document.journey !== undefined || document.handoff !== undefined) return false;
  return event.kind === 'inbound' || event.kind === 'retry' || (event.kind === 'wake' && document.burst !== undefined);
}
