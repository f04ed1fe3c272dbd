import type { Address, ConversationKey } from './address.ts';
import type { Branded } from './branded.ts';
import type { StatusUpdate } from './status.ts';

/** Names one message, inbound or outbound; sorts by the time it was made. */
export type MessageId = Branded<string, 'MessageId'>;

/** A picture, sound or file that goes with a text. */
export interface Media {
  /** `https:` or `http:`, or a path of this server (`/plugins/map/map.png`): providers are given it under the public URL. */
  readonly url: string;
  /** MIME type, where it is known. Transports that know what their provider takes refuse others before they send. */
  readonly contentType?: string;
  /** In bytes, where it is known: likewise. */
  readonly size?: number;
}

/**
 * Where a message is on its way. Outbound: `pending` (being dispatched), `sent` (handed to the carrier, no
 * confirmation yet), `delivered` (confirmed on the device), `failed`. Inbound: `received`.
 */
export type MessageStatus = 'received' | 'pending' | 'sent' | 'delivered' | 'failed';

/** What a message is for; the rules of texting differ by it. */
export type MessageCategory = 'conversational' | 'informational' | 'marketing' | 'emergency';

/** Who made a message. */
export type MessageOrigin =
  | { readonly kind: 'actor' }
  | { readonly kind: 'bot'; readonly bot: string; readonly version: string; readonly journey: string }
  | { readonly kind: 'notification'; readonly name: string }
  | { readonly kind: 'app'; readonly why: 'fallback' | 'otherwise' }
  /** A plugin that has claimed a text has answered it. */
  | { readonly kind: 'plugin'; readonly name: string }
  | { readonly kind: 'person'; readonly name: string };

/** Whether somebody is waiting for the message: bots, apps and people answer; nobody has asked for a notification. */
export function isReply({ kind }: MessageOrigin): boolean {
  return kind !== 'notification';
}

/** One step of a message's way, as it was learned. */
export type StatusEntry = Omit<StatusUpdate, 'providerId' | 'sentText'>;

/** What a verdict rests on; kept with the message. */
export interface VerdictSource {
  /** The rule that decided, as the policy names it: `TCPA-CA-America/Los_Angeles`. */
  readonly rule?: string;
  /** The version of the data that the rule comes from. */
  readonly data?: string;
}

/** What a policy has said of a message, for the record. */
export interface PolicyVerdict extends VerdictSource {
  /** The plugin's name. */
  readonly policy: string;
  readonly kind: 'allow' | 'deny' | 'defer';
  readonly code?: string;
  readonly reason?: string;
  /** Of a deferral: until when, milliseconds since the epoch. */
  readonly until?: number;
}

/** One message as the message log keeps it. */
export interface MessageRecord {
  readonly id: MessageId;
  readonly conversation: ConversationKey;
  readonly app: string;
  readonly direction: 'inbound' | 'outbound';
  readonly ours: Address;
  readonly theirs: Address;
  /** The original text, as it was said. */
  readonly text: string;
  /** The text as it left, where plugins had rewritten it. */
  readonly sentText?: string;
  readonly media: readonly Media[];
  readonly origin: MessageOrigin;
  readonly category: MessageCategory;
  /** When it was received, or asked for; milliseconds since the epoch. */
  readonly at: number;
  readonly status: MessageStatus;
  readonly providerStatus?: string;
  /** The provider's id (`SM…`), once known. */
  readonly providerId?: string;
  /** Why it failed. */
  readonly error?: { readonly code: string; readonly reason: string };
  /** How it got where it is, oldest first. */
  readonly history: readonly StatusEntry[];
}

/** Whether a message still says something: see {@link withoutContent}. */
export function hasContent({ text, sentText, media }: Pick<MessageRecord, 'text' | 'sentText' | 'media'>): boolean {
  return text !== '' || sentText !== undefined || media.length > 0;
}

/** A message that is known to have been, and how it fared, but no longer what it said: what storages make of it when they redact. */
export function withoutContent({ sentText: _, ...record }: MessageRecord): MessageRecord {
  return { ...record, text: '', media: [] };
}
