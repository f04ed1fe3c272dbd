import type { ActorProfile } from './actor.ts';
import { requireBot } from './app-runtime.ts';
import type { BotEvent } from './bot-events.ts';
import type { ConversationDocument, TaskOutcome } from './document.ts';
import { Draft, type Saying, type TurnContext } from './draft.ts';
import { ParleyError } from './errors.ts';
import {
  deliver,
  endJourney,
  fireTimers,
  received,
  resumeJourney,
  settleTask,
  startJourney,
  tellBot,
} from './journey.ts';
import { claimWork, releaseWork } from './leases.ts';
import type { MessageId, MessageRecord } from './message.ts';
import { type SendOutcome, settle } from './outbox.ts';
import type { Claim } from './plugin.ts';
import type { StatusUpdate } from './status.ts';
import type { Turn } from './storage.ts';

/** One event that a conversation takes in. */
export type TurnEvent =
  /** A text has come; a plugin may have claimed it. */
  | { readonly kind: 'inbound'; readonly message: MessageRecord; readonly claim?: Claim }
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
  | { readonly kind: 'start'; readonly bot: string; readonly data?: unknown; readonly conflict: 'refuse' | 'replace' }
  | { readonly kind: 'say'; readonly saying: Saying }
  | { readonly kind: 'resume' }
  /** One message was tried. */
  | { readonly kind: 'settle'; readonly message: MessageId; readonly outcome: SendOutcome }
  /** The sender asks for more time on its lease. */
  | { readonly kind: 'extend' }
  /** The shared profile has what this conversation had learned. */
  | { readonly kind: 'remembered'; readonly turn: number }
  /** What was known of the person has changed. */
  | { readonly kind: 'actor'; readonly profile: ActorProfile }
  /** The process is going down and gives back what it holds. */
  | { readonly kind: 'release' };

/** What a turn tells its caller. */
export type TurnResult =
  | {
      readonly kind: 'taken';
      readonly document: ConversationDocument;
      readonly journey?: string;
      readonly message?: MessageId;
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
  if (event.kind === 'release') releaseWork(draft);
  else claimWork(draft);
  const commit = draft.commit();
  return { result: { kind: 'taken', document: commit.document, ...answer }, commit };
}

function takeIn(draft: Draft, event: TurnEvent): { readonly journey?: string; readonly message?: MessageId } {
  switch (event.kind) {
    case 'inbound':
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
      return { message: draft.say(event.saying) };
    case 'resume':
      resumeJourney(draft);
      fireTimers(draft);
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
    case 'extend':
    case 'release':
      break;
  }
  return {};
}

function takeInText(draft: Draft, message: MessageRecord, claim: Claim | undefined): void {
  draft.receive(message);
  expire(draft);
  if (claim !== undefined) return obeyClaim(draft, claim);
  if (draft.handoff !== undefined) return;
  if (draft.journey !== undefined) {
    fireTimers(draft); // those that were due before this text came
    return deliver(draft, { kind: 'event', event: received(message) }, message);
  }
  const { runtime, profile } = draft.context;
  const hosted = runtime.triggeredBy({ text: message.text, firstContact: draft.fresh });
  if (hosted !== undefined) {
    if (profile !== undefined) draft.refreshActor(profile);
    startJourney(draft, hosted, { message });
    return;
  }
  const { otherwise } = runtime.app;
  if (otherwise !== undefined) sayForApp(draft, otherwise, 'otherwise');
}

function obeyClaim(draft: Draft, { reply, endJourney: ends }: Claim): void {
  if (ends) endJourney(draft, 'journey.ended', 'claimed');
  if (reply !== undefined) sayForApp(draft, reply, 'otherwise');
}

function sayForApp(draft: Draft, text: string, why: 'fallback' | 'otherwise'): void {
  draft.say({ text, media: [], category: 'conversational', origin: { kind: 'app', why } });
}

function wake(draft: Draft): void {
  expire(draft);
  fireTimers(draft);
}

function expire(draft: Draft): void {
  if (draft.journey !== undefined && draft.journey.expiresAt <= draft.context.now)
    endJourney(draft, 'journey.expired', 'expired');
}

function startByRequest(
  draft: Draft,
  { bot, data, conflict }: Extract<TurnEvent, { kind: 'start' }>,
): { readonly journey: string } {
  const { runtime, profile } = draft.context;
  const hosted = requireBot(runtime, bot);
  expire(draft);
  if (draft.journey !== undefined && conflict === 'refuse') {
    throw new ParleyError('error.platform.journey.running', { bot: draft.journey.bot });
  }
  endJourney(draft, 'journey.ended', 'replaced');
  if (profile !== undefined) draft.refreshActor(profile);
  return { journey: startJourney(draft, hosted, data === undefined ? {} : { data }) };
}

function beginsConversation(event: TurnEvent): boolean {
  return event.kind === 'inbound' || event.kind === 'start' || event.kind === 'say';
}

/** Profiles are looked up only when a conversation or a journey begins: the document has its own copy for the rest. */
function needsProfile(document: ConversationDocument | undefined, event: TurnEvent): boolean {
  if (document === undefined) return true;
  return (
    event.kind === 'start' ||
    (event.kind === 'inbound' && document.journey === undefined && document.handoff === undefined)
  );
}
