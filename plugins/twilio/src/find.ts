import type { OutgoingMessage } from '@parley/core';

/** What of Twilio's record of a message tells whether it is the one we look for. */
export interface ListedMessage {
  readonly sid: string;
  readonly direction: string;
  readonly body: string | null;
  readonly numMedia: string | null;
  readonly messagingServiceSid: string | null;
  readonly status: string;
  readonly dateCreated: Date | null;
}

/**
 * How much Twilio's clock may be behind ours, in milliseconds, of which the last second is Twilio's rounding. More would
 * take an equal text of a moment ago for this one; less, with clocks apart, would send it twice.
 */
export const CLOCK_SKEW = 5_000;

const ROUNDING = 1_000;

/**
 * Picks Twilio's record of `message` out of the listing for its recipient.
 *
 * Twilio lists neither our id nor the callback, so it goes by what it has: outbound, not created before the message was
 * asked for, the same text, as many media, the same messaging service. Of several equal texts the one created nearest
 * to when it was asked for is taken, once those have been left out that are known to be other messages of ours
 * (`taken`). It is `undecided` where all that there is was created a moment before the message was asked for, by our clock:
 * it may be an equal text of then, or this one by a clock that is behind.
 */
export function pickMessage(
  message: OutgoingMessage,
  listed: Iterable<ListedMessage>,
  taken: (sid: string) => boolean,
): ListedMessage | 'undecided' | undefined {
  let best: ListedMessage | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  let isUndecided = false;
  for (const candidate of listed) {
    if (!matches(message, candidate) || taken(candidate.sid)) continue;
    const created = candidate.dateCreated?.getTime() ?? 0;
    // Twilio tells whole seconds.
    if (created < message.createdAt - ROUNDING) {
      isUndecided = true;
      continue;
    }
    const distance = Math.abs(created - message.createdAt);
    if (distance < nearest) {
      nearest = distance;
      best = candidate;
    }
  }
  return best ?? (isUndecided ? 'undecided' : undefined);
}

function matches(message: OutgoingMessage, candidate: ListedMessage): boolean {
  if (candidate.direction === 'inbound') return false;
  if (candidate.dateCreated === null || candidate.dateCreated.getTime() < message.createdAt - CLOCK_SKEW) return false;
  if (isService(message.from) && candidate.messagingServiceSid !== message.from) return false;
  if (Number(candidate.numMedia ?? 0) !== message.media.length) return false;
  return sameText(message.text, candidate.body ?? '');
}

/** Whether a sender is a messaging service rather than a number. */
export function isService(address: string): boolean {
  return address.startsWith('MG');
}

/** What a trial account puts before every text. */
const TRIAL_PREFIX = 'Sent from your Twilio trial account - ';

function sameText(ours: string, theirs: string): boolean {
  if (ours === theirs) return true;
  const folded = fold(ours);
  return (
    folded === fold(theirs) || (theirs.startsWith(TRIAL_PREFIX) && folded === fold(theirs.slice(TRIAL_PREFIX.length)))
  );
}

/**
 * Smart encoding swaps typographic characters for plain ones to save segments, and white space at the ends may go:
 * two texts that differ by no more than this are one.
 */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u201b\u2032`\u00b4]/g, "'")
    .replace(/[\u201c\u201d\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
