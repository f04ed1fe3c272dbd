import type { Branded } from './branded.ts';
import { ParleyError } from './errors.ts';

/**
 * Where texts go to or come from: a phone number in E.164 (`+14155550100`), a short code (`72975`),
 * a messaging service (`MG…`), any of these behind the prefix of a channel (`whatsapp:+14155550100`), or a name on a channel that has
 * no numbers (`web:support`).
 */
export type Address = Branded<string, 'Address'>;

/** Names one conversation: our address and theirs, `<ours>/<theirs>`. */
export type ConversationKey = Branded<string, 'ConversationKey'>;

const E164 = /^\+[1-9]\d{6,14}$/;
const SHORT_CODE = /^\d{3,8}$/;
const MESSAGING_SERVICE = /^MG[0-9a-f]{32}$/;
/** A letter comes first, so that no name is taken for a number; and nobody has a name where people are numbers. */
const NAME = /^(?!whatsapp:)[a-z]+:[a-z][a-z0-9-]{0,63}$/;

/** Whether `value` is an address that {@link address} accepts. */
export function isAddress(value: string): value is Address {
  const local = value.replace(/^[a-z]+:/, '');
  return E164.test(local) || SHORT_CODE.test(local) || MESSAGING_SERVICE.test(local) || NAME.test(value);
}

/**
 * Whether an address is a name on a channel that has no numbers, such as `web:support`. Rules of texting do not apply there: no carrier
 * carries what is said, nobody pays for it, and no area code says where people are.
 */
export function isNamed(address: Address): boolean {
  return NAME.test(address);
}

/**
 * Takes a string as an address.
 *
 * @throws `error.platform.address.malformed` unless it is E.164, a short code, a messaging service, one of these behind a channel
 * prefix such as `whatsapp:`, or a name behind one such as `web:`.
 */
export function address(value: string): Address {
  if (!isAddress(value)) throw new ParleyError('error.platform.address.malformed', { address: maskAddress(value) });
  return value;
}

/** The key of the conversation between `ours` and `theirs`. */
export function conversationKey(ours: Address, theirs: Address): ConversationKey {
  return `${ours}/${theirs}` as ConversationKey;
}

/** The two addresses that a key was made of. */
export function partiesOf(key: ConversationKey): { readonly ours: Address; readonly theirs: Address } {
  const [ours, theirs] = key.split('/') as [Address, Address];
  return { ours, theirs };
}

/**
 * Hides all but the last four characters of an address, so that a log can tell two apart but not name a person:
 * `+14155550100` becomes `…0100`.
 */
export function maskAddress(value: string): string {
  return value.length > 4 ? `…${value.slice(-4)}` : '…';
}

/** A conversation's key for logs, both addresses masked. */
export function maskKey(key: ConversationKey): string {
  const { ours, theirs } = partiesOf(key);
  return `${maskAddress(ours)}/${maskAddress(theirs)}`;
}
