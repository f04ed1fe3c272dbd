import { SegmentedMessage } from 'sms-segments-calculator';
import type { TwilioStatus } from '../statuses.ts';

/** A medium of a message, as the API lists it. */
export interface EmulatedMedia {
  readonly sid: string;
  readonly contentType: string;
  /** Where it comes from; the API redirects there, or serves an upload itself. */
  readonly url: string;
}

/** A message as the emulated account keeps it. */
export interface EmulatedMessage {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  /** Empty until a messaging service has chosen a number of its pool. */
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly media: readonly EmulatedMedia[];
  readonly status: TwilioStatus;
  readonly errorCode: number | undefined;
  readonly messagingServiceSid: string | undefined;
  readonly statusCallback: string | undefined;
  readonly numSegments: number;
  /** Milliseconds since the epoch. */
  readonly dateCreated: number;
  readonly dateUpdated: number;
  readonly dateSent: number | undefined;
  /** The handset's other side: the address that the app texts from or was texted at. */
  readonly ours: string;
  /** The text is gone (`Body=""`); the phone still shows what it got. */
  readonly redacted: boolean;
}

/** How many segments a text takes; a text with media is one message of its own kind. */
export function segmentsOf(text: string, media: number): number {
  return media > 0 || text === '' ? 1 : new SegmentedMessage(text).segmentsCount;
}

/** A date as the 2010 API writes it: RFC 2822, in GMT. */
export function rfc2822(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000');
}

/** The JSON of a message. Source: `api.v2010.account.message` of Twilio's OpenAPI description. */
export function messageResource(message: EmulatedMessage, accountSid: string): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.redacted ? '' : message.body,
    date_created: rfc2822(message.dateCreated),
    date_sent: message.dateSent === undefined ? null : rfc2822(message.dateSent),
    date_updated: rfc2822(message.dateUpdated),
    direction: message.direction,
    error_code: message.errorCode ?? null,
    error_message: null,
    from: message.from === '' ? null : message.from,
    messaging_service_sid: message.messagingServiceSid ?? null,
    num_media: String(message.media.length),
    num_segments: String(message.numSegments),
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

/** The JSON of a medium. */
export function mediaResource(medium: EmulatedMedia, message: EmulatedMessage, accountSid: string) {
  return {
    account_sid: accountSid,
    content_type: medium.contentType,
    date_created: rfc2822(message.dateCreated),
    date_updated: rfc2822(message.dateCreated),
    parent_sid: message.sid,
    sid: medium.sid,
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}/Media/${medium.sid}.json`,
  };
}
