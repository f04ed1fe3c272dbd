import type { ConversationDocument, OutboxMessage } from './document.ts';
import type { Draft } from './draft.ts';
import { tellBot } from './journey.ts';
import type { MessageId } from './message.ts';
import type { SendReceipt } from './transport.ts';

/** What became of one attempt to send a message. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly receipt: SendReceipt; readonly source: 'send' | 'find' }
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
    case 'failed': {
      remove(draft, id);
      const { code, reason, source } = outcome;
      draft.moveStatus(id, { status: 'failed', at, source, code, reason });
      return tellBot(draft, message.journey, { type: 'message.failed', message: id, code, reason });
    }
    case 'deferred': {
      const { inDoubt: _, ...rest } = message;
      return replace(draft, { ...rest, notBefore: outcome.until });
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

function remove(draft: Draft, id: MessageId): void {
  draft.outbox = draft.outbox.filter((message) => message.id !== id);
}

function replace(draft: Draft, message: OutboxMessage): void {
  draft.outbox = draft.outbox.map((other) => (other.id === message.id ? message : other));
}
