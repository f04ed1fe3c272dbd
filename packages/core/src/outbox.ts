import type { ConversationDocument, OutboxMessage } from './document.ts';
import type { Draft } from './draft.ts';
import { ParleyError } from './errors.ts';
import { tellBot } from './journey.ts';
import type { MessageId, MessageOrigin, PolicyVerdict } from './message.ts';
import type { SendReceipt } from './transport.ts';

/** What became of one attempt to send a message. */
export type SendOutcome =
  | {
      readonly kind: 'sent';
      readonly receipt: SendReceipt;
      readonly source: 'send' | 'find';
      readonly verdicts?: readonly PolicyVerdict[];
      /** The text as it left, if it was rewritten. */
      readonly sentText?: string;
    }
  /** It may have been sent or not, and the provider can not tell: it is not sent again. */
  | { readonly kind: 'undecided' }
  /** It will never be sent. */
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly reason: string;
      readonly source: string;
      readonly verdicts?: readonly PolicyVerdict[];
    }
  /** A policy wants it later. */
  | { readonly kind: 'deferred'; readonly until: number; readonly verdicts: readonly PolicyVerdict[] }
  /** Another try later; in doubt when it may have gone through. */
  | { readonly kind: 'retry'; readonly at: number; readonly tried: boolean; readonly inDoubt: boolean };

/**
 * The message to send now: the oldest that may leave. Messages of one turn leave in order; one that waits does not
 * hold back those of other turns.
 */
export function nextToSend({ outbox }: Pick<ConversationDocument, 'outbox'>, now: number): OutboxMessage | undefined {
  return leaving({ outbox }, now)[0];
}

/** Writes down what became of a message, and tells the bot when it will never arrive. */
export function settle(draft: Draft, id: MessageId, outcome: SendOutcome): void {
  const message = draft.outbox.find((waiting) => waiting.id === id);
  if (message === undefined) return;
  const at = draft.context.now;
  switch (outcome.kind) {
    case 'sent': {
      remove(draft, id);
      // Accepted by the provider is not yet handed to a carrier: its own status decides.
      const { providerId, providerStatus, status = 'pending' } = outcome.receipt;
      const { source, sentText } = outcome;
      draft.moveStatus(id, {
        ...{ status, providerStatus, providerId, at, source },
        ...verdictsOf(outcome),
        ...(sentText === undefined ? {} : { sentText }),
      });
      return;
    }
    case 'undecided': {
      remove(draft, id);
      const { code, message: reason } = new ParleyError('error.platform.send.in-doubt');
      draft.moveStatus(id, { status: 'pending', at, source: 'find', code, reason });
      return draft.record('in-doubt', { name: code });
    }
    case 'failed': {
      remove(draft, id);
      const { code, reason, source } = outcome;
      draft.moveStatus(id, { status: 'failed', at, source, code, reason, ...verdictsOf(outcome) });
      return tellBot(draft, journeyOf(message.origin), { type: 'message.failed', message: id, code, reason });
    }
    case 'deferred': {
      const { inDoubt: _, ...rest } = message;
      draft.moveStatus(id, { status: 'pending', at, source: 'policy', ...verdictsOf(outcome) });
      return replace(draft, { ...rest, notBefore: Math.min(outcome.until, message.deadline ?? outcome.until) });
    }
    case 'retry': {
      const { inDoubt: _, ...rest } = message;
      return replace(draft, {
        ...rest,
        notBefore: outcome.at,
        ...(outcome.tried ? { attempts: message.attempts + 1, firstTriedAt: message.firstTriedAt ?? at } : {}),
        ...(outcome.inDoubt ? { inDoubt: true } : {}),
      });
    }
  }
}

/** Takes a message back that has surely not left; says whether it was in time. */
export function cancel(draft: Draft, id: MessageId): boolean {
  const message = draft.outbox.find((waiting) => waiting.id === id);
  if (message === undefined || mayHaveLeft(draft, message)) return false;
  const { code, message: reason } = new ParleyError('error.platform.send.cancelled');
  settle(draft, id, { kind: 'failed', code, reason, source: 'engine' });
  return true;
}

/** Takes back everything that has surely not left. */
export function cancelAll(draft: Draft, why: { readonly code: string; readonly reason: string }): void {
  for (const message of draft.outbox) {
    if (!mayHaveLeft(draft, message)) settle(draft, message.id, { kind: 'failed', ...why, source: 'policy' });
  }
}

/** One that is in doubt may have left, and one of those whose time has come may be leaving at this moment. */
function mayHaveLeft({ outbox, dispatch, context }: Draft, message: OutboxMessage): boolean {
  if (message.inDoubt) return true;
  return dispatch !== undefined && leaving({ outbox }, context.now).includes(message);
}

/**
 * The messages of which one may be on its way to the provider at this moment: whoever sends took the first that could leave then, and
 * those ahead of it have come due since.
 */
export function leaving({ outbox }: Pick<ConversationDocument, 'outbox'>, now: number): readonly OutboxMessage[] {
  const due: OutboxMessage[] = [];
  const waitingTurns = new Set<number>();
  for (const message of outbox) {
    if (waitingTurns.has(message.turn)) continue;
    if (message.notBefore !== undefined && message.notBefore > now) {
      waitingTurns.add(message.turn);
      continue;
    }
    due.push(message);
    if (message.notBefore === undefined) break;
  }
  return due;
}

/** Whether nobody has tried a message since it was read. */
export function isUntouched(now: OutboxMessage, before: OutboxMessage): boolean {
  return (
    now.id === before.id &&
    now.attempts === before.attempts &&
    now.notBefore === before.notBefore &&
    now.inDoubt === before.inDoubt
  );
}

function journeyOf(origin: MessageOrigin): string | undefined {
  return origin.kind === 'bot' ? origin.journey : undefined;
}

function verdictsOf({ verdicts = [] }: { readonly verdicts?: readonly PolicyVerdict[] }) {
  return verdicts.length === 0 ? {} : { verdicts };
}

function remove(draft: Draft, id: MessageId): void {
  draft.outbox = draft.outbox.filter((message) => message.id !== id);
}

function replace(draft: Draft, message: OutboxMessage): void {
  draft.outbox = draft.outbox.map((other) => (other.id === message.id ? message : other));
}
