import type { App, HandsetMessage, Media, MessageRecord, Organization } from '@parley/core';

/** A message as the phone page shows it. */
export interface PhoneMessage {
  /** The provider's id; ours while the provider has none. */
  readonly id: string;
  /** The app on the other side. */
  readonly app: string;
  /** The phone's own number. */
  readonly phone: string;
  /** `inbound` is what the phone sent. */
  readonly direction: 'inbound' | 'outbound';
  readonly text: string;
  readonly media: readonly Media[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The provider's word, or ours while the provider has none. */
  readonly status: string;
  readonly code?: string;
  readonly reason?: string;
}

/** A person's number without its channel: `whatsapp:+1415…` is the same phone as `+1415…`. */
export function phoneOf(theirs: string): string {
  return theirs.replace(/^[a-z]+:/, '');
}

/** The address of a phone in the channel of an app. */
export function addressIn(app: App, phone: string): string {
  return `${/^[a-z]+:/.exec(app.address)?.[0] ?? ''}${phone}`;
}

/** A picture that is a path of this server, as the page finds it: it is one level below, behind whatever prefix. */
function seenFromPage(media: Media): Media {
  return media.url.startsWith('/') ? { ...media, url: `..${media.url}` } : media;
}

/** What a handset shows; `undefined` when it belongs to no app. */
export function fromHandset(organization: Organization, message: HandsetMessage): PhoneMessage | undefined {
  const app = organization.apps.find(({ address }) => address === message.ours);
  if (app === undefined) return undefined;
  return {
    id: message.providerId,
    app: app.id,
    phone: phoneOf(message.theirs),
    direction: message.direction,
    text: message.text,
    media: message.media.map(seenFromPage),
    at: message.at,
    status: message.providerStatus,
    ...(message.code === undefined ? {} : { code: message.code }),
  };
}

/**
 * What the message log knows of a text that a handset does not show: one that was held back or refused, and everything from
 * before the emulator was started. `undefined` for what is still on its way to the provider.
 */
export function fromRecord(record: MessageRecord): PhoneMessage | undefined {
  if (record.providerId === undefined && record.status !== 'failed') return undefined;
  return {
    id: record.providerId ?? record.id,
    app: record.app,
    phone: phoneOf(record.theirs),
    direction: record.direction,
    text: record.text,
    media: record.media.map(seenFromPage),
    at: record.at,
    status: record.providerStatus ?? record.status,
    ...(record.error === undefined ? {} : { code: record.error.code, reason: record.error.reason }),
  };
}

/** One thread of both sources, oldest first; what the handset shows is what counts. */
export function mergeThread(
  handset: readonly PhoneMessage[],
  logged: readonly PhoneMessage[],
): readonly PhoneMessage[] {
  const merged = new Map(logged.map((message) => [message.id, message]));
  for (const message of handset) merged.set(message.id, message);
  return [...merged.values()].sort((a, b) => a.at - b.at);
}
