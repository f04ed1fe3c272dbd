import { type OutgoingMessage, ParleyError, type Refusal } from '@parley/core';

const KB = 1024;
const MB = 1024 * KB;

/** What Twilio formats for the handset; everything else goes out as it is. */
const PICTURES = ['image/jpeg', 'image/jpg', 'image/gif', 'image/png'] as const;

/**
 * MIME types that Twilio takes, without parameters.
 *
 * Source: twilio.com/docs/sms/accepted-mime-types and docs/whatsapp/guidance-whatsapp-media-messages. Versions of the pages differ on what
 * of the first list goes over WhatsApp: what one of them allows is left to Twilio.
 */
export const acceptedTypes = {
  all: [
    ...PICTURES,
    ...['image/bmp', 'image/tiff', 'image/heic', 'image/heif'],
    ...['audio/basic', 'audio/l24', 'audio/mp4', 'audio/mpeg', 'audio/ogg', 'audio/vorbis', 'audio/vnd.rn-realaudio'],
    ...['audio/vnd.wave', 'audio/3gpp', 'audio/3gpp2', 'audio/ac3', 'audio/webm', 'audio/amr-nb', 'audio/amr'],
    ...['video/mpeg', 'video/mpeg4', 'video/mp4', 'video/quicktime', 'video/webm', 'video/3gpp', 'video/3gpp2'],
    ...['video/3gpp-tt', 'video/h261', 'video/h263', 'video/h263-1998', 'video/h263-2000', 'video/h264'],
    ...['text/vcard', 'text/x-vcard', 'text/csv', 'text/rtf', 'text/richtext', 'text/calendar', 'text/directory'],
    ...['application/pdf', 'application/vcard', 'application/vnd.apple.pkpass'],
  ],
  whatsapp: [
    ...['image/webp', 'audio/aac'],
    ...['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint'],
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
} as const;

interface Channel {
  /** As people call it. */
  readonly name: string;
  readonly types: ReadonlySet<string>;
  /** How large one of this type may be, in bytes. */
  readonly largest: (type: string | undefined) => number;
  /** How large all of a message may be, with its text, in bytes. */
  readonly inAll: number;
}

const all = new Set<string>(acceptedTypes.all);
const pictures = new Set<string>(PICTURES);

/** The 500 KB are of OpenAPI's `MediaUrl`; a type that nobody has declared may be a picture. */
const mms: Channel = {
  name: 'MMS',
  types: all,
  largest: (type) => (type === undefined || pictures.has(type) ? 5 * MB : 500 * KB),
  inAll: 5 * MB,
};

const rcs: Channel = { name: 'RCS', types: all, largest: () => 16 * MB, inAll: 16 * MB };

const whatsapp: Channel = {
  name: 'WhatsApp',
  types: new Set<string>([...acceptedTypes.all, ...acceptedTypes.whatsapp]),
  largest: (type) => (type?.startsWith('image/') ? 5 * MB : 16 * MB),
  inAll: 16 * MB,
};

/**
 * Why Twilio would never take the pictures and files of a message, as far as their types and sizes are declared. Nothing is fetched: a URL
 * that a bot was given by somebody is not to be asked from inside of our network.
 */
export function refusedMedia({ to, text, media }: OutgoingMessage): Refusal | undefined {
  if (media.length === 0) return undefined;
  const channel = channelOf(to);
  if (channel === undefined) return undefined;
  let total = Buffer.byteLength(text);
  for (const { contentType, size = 0 } of media) {
    const type = contentType ? mimeType(contentType) : undefined;
    if (type !== undefined && !channel.types.has(type)) {
      return refusal('error.platform.media.unsupported-type', { type, channel: channel.name });
    }
    const limit = channel.largest(type);
    if (size > limit) return tooLarge(channel, size, limit);
    total += size;
  }
  return total > channel.inAll ? tooLarge(channel, total, channel.inAll) : undefined;
}

/** A text to a plain number may go out as RCS, but has to fit an MMS, as which it goes where the handset has no RCS. */
function channelOf(to: string): Channel | undefined {
  if (to.startsWith('whatsapp:')) return whatsapp;
  if (to.startsWith('rcs:')) return rcs;
  return to.includes(':') ? undefined : mms;
}

function mimeType(contentType: string): string {
  const [type = ''] = contentType.split(';');
  return type.trim().toLowerCase();
}

function tooLarge({ name }: Channel, size: number, limit: number): Refusal {
  return refusal('error.platform.media.too-large-to-send', { size, limit, channel: name });
}

function refusal(...of: ConstructorParameters<typeof ParleyError>): Refusal {
  const { code, message } = new ParleyError(...of);
  return { code, reason: message };
}
