import type { MessageRecord } from './message.ts';

/** How much of a report is kept, in characters of names and values. */
const MOST = 2_000;

/** From how many digits on a value is somebody's number rather than a count or a code. */
const DIGITS_OF_A_NUMBER = 7;

/**
 * What is kept of a provider's report beside what was understood of it: each parameter as it came, except those that say who
 * the message is from and to, what it says, and which one it is. The message's record has these, and hides or forgets them when it has to.
 */
export function rawOf(
  raw: Readonly<Record<string, string>>,
  record: Pick<MessageRecord, 'id' | 'ours' | 'theirs' | 'text' | 'sentText' | 'providerId'>,
): Readonly<Record<string, string>> {
  const { id, ours, theirs, text, sentText, providerId } = record;
  const known = new Set([id, ours, theirs, text, sentText, providerId]);
  const digits = digitsOf(theirs);
  const namesThem = (value: string): boolean =>
    value.includes(theirs) || (digits.length >= DIGITS_OF_A_NUMBER && digitsOf(value).includes(digits));
  const kept: Record<string, string> = {};
  let room = MOST;
  for (const [name, value] of Object.entries(raw)) {
    room -= name.length + value.length;
    if (room < 0) break;
    if (!known.has(value) && !namesThem(value)) kept[name] = value;
  }
  return kept;
}

function digitsOf(value: string): string {
  return value.replace(/\D/g, '');
}
