import type { MessageStatus } from '@parley/core';

/**
 * Twilio's words for where a message is, and ours. `sent` is the first of which Twilio says that the nearest carrier
 * has it; before that the message is still pending, with Twilio's own word kept beside it.
 *
 * Source: `message_enum_status` of Twilio's OpenAPI description (docs/reference/twilio.md). How far along each is, so
 * that callbacks may come in any order, is the business of core's `mergeStatus`.
 */
export const twilioStatuses = {
  scheduled: 'pending',
  accepted: 'pending',
  queued: 'pending',
  sending: 'pending',
  sent: 'sent',
  partially_delivered: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
  receiving: 'received',
  received: 'received',
} as const satisfies Record<string, MessageStatus>;

/** A status word of Twilio's. */
export type TwilioStatus = keyof typeof twilioStatuses;

/** Our status for Twilio's word. A word that Twilio adds one day says nothing yet: the message stays pending. */
export function parleyStatus(word: string): MessageStatus {
  return Object.hasOwn(twilioStatuses, word) ? twilioStatuses[word as TwilioStatus] : 'pending';
}

/** Whether nothing follows this status any more, but for a read receipt or a carrier's change of mind. */
export function isFinal(word: string): boolean {
  const status = parleyStatus(word);
  return status === 'delivered' || status === 'failed';
}
