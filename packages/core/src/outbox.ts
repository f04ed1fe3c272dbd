import type { ConversationDocument, OutboxMessage } from './document.ts';
import type { Draft } from './draft.ts';
import { ParleyError } from './errors.ts';
import { tellBot } from './journey.ts';
import type { MessageId } from './message.ts';
import type { SendReceipt } from './transport.ts';

/** What became of one attempt to send a message. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly receipt: SendReceipt; readonly source: 'send' | 'find' }
  /** It may have been sent or not, and the provider can not tell: it is not sent again. */
  | { readonly kind: 'undecided' }
  /** It will never be sent. */
  | { readonly kind: 'failed'; readonly code: string; readonly reason: string; readonly source: string }
  /** A policy wants it later. */
  | { readonly kind: 'deferred'; readonly until: number }
  /** Another try later; in doubt when it may have gone through. */
  | { readonly kind: 'retry'; readonly at: number; readonly tried: boolean; readonly inDoubt: boolean };

/**
 * The message to send now: the oldest that may leave. Messages of one turn leave in order; one that waits does not
 * hold back those of other turns.
 */
export function nextToSend({ outbox }: Pick<ConversationDocument, 'outbox'>, now: number): OutboxMessage | undefined {
  const waitingTurns = new Set<number>();
  for (const message of outbox) {
    if (waitingTurns.has(message.turn)) continue;
    if (message.notBefore === undefined || message.notBefore <= now) return message;
    waitingTurns.add(message.turn);
  }
  return undefined;
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
      draft.moveStatus(id, { status, providerStatus, providerId, at, source: outcome.source });
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
      draft.moveStatus(id, { status: 'failed', at, source, code, reason });
      return tellBot(draft, message.journey, { type: 'message.failed', message: id, code, reason });
    }
    case 'deferred': {
      const { inDoubt: _, ...rest } = message;
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
  const { now } = draft.context;
  // One that is in doubt may have left, and one whose time has come may be leaving at this moment.
  const isLeaving = draft.dispatch !== undefined && (message?.notBefore ?? 0) <= now;
  if (message === undefined || message.inDoubt || isLeaving) return false;
  const { code, message: reason } = new ParleyError('error.platform.send.cancelled');
  settle(draft, id, { kind: 'failed', code, reason, source: 'engine' });
  return true;
}

function remove(draft: Draft, id: MessageId): void {
  draft.outbox = draft.outbox.filter((message) => message.id !== id);
}

function replace(draft: Draft, message: OutboxMessage): void {
  draft.outbox = draft.outbox.map((other) => (other.id === message.id ? message : other));
}
