import { guessGeography } from './geography.ts';
import type { EmulatedMessage } from './message.ts';
import type { OptOutKind } from './opt-out.ts';

/** The parameters of the webhook for an incoming text. Source: twilio.com/docs/messaging/guides/webhook-request. */
export function inboundParameters(
  message: EmulatedMessage,
  accountSid: string,
  mediaUrl: (mediaSid: string) => string,
  optOut: OptOutKind | undefined,
): Record<string, string> {
  return {
    ...place('To', message.to),
    ...place('From', message.from),
    SmsMessageSid: message.sid,
    SmsSid: message.sid,
    SmsStatus: 'received',
    MessageSid: message.sid,
    AccountSid: accountSid,
    From: message.from,
    To: message.to,
    Body: message.body,
    NumSegments: String(message.numSegments),
    NumMedia: String(message.media.length),
    ...Object.fromEntries(
      message.media.flatMap((medium, index) => [
        [`MediaContentType${index}`, medium.contentType],
        [`MediaUrl${index}`, mediaUrl(medium.sid)],
      ]),
    ),
    ...(message.messagingServiceSid === undefined ? {} : { MessagingServiceSid: message.messagingServiceSid }),
    ...(optOut === undefined ? {} : { OptOutType: optOut.toUpperCase() }),
    ...whatsapp(message),
    ApiVersion: '2010-04-01',
  };
}

function place(side: 'From' | 'To', number: string): Record<string, string> {
  if (number.includes(':')) return {};
  const { city, state, zip, country } = guessGeography(number);
  return { [`${side}City`]: city, [`${side}State`]: state, [`${side}Zip`]: zip, [`${side}Country`]: country };
}

function whatsapp(message: EmulatedMessage): Record<string, string> {
  if (!message.from.startsWith('whatsapp:')) return {};
  return {
    WaId: message.from.replace('whatsapp:+', ''),
    ProfileName: 'Emulated phone',
    MessageType: message.media.length > 0 ? 'image' : 'text',
  };
}

/** The parameters of a status callback. Source: docs/messaging/guides/outbound-message-status-in-status-callbacks. */
export function statusParameters(
  message: EmulatedMessage,
  accountSid: string,
  carrierDate: string | undefined,
): Record<string, string> {
  return {
    SmsSid: message.sid,
    SmsStatus: message.status,
    MessageSid: message.sid,
    MessageStatus: message.status,
    AccountSid: accountSid,
    From: message.from,
    To: message.to,
    ApiVersion: '2010-04-01',
    ...(message.messagingServiceSid === undefined ? {} : { MessagingServiceSid: message.messagingServiceSid }),
    ...(message.errorCode === undefined ? {} : { ErrorCode: String(message.errorCode) }),
    ...(carrierDate === undefined ? {} : { RawDlrDoneDate: carrierDate }),
    ...(message.status === 'read' ? { EventType: 'READ' } : {}),
  };
}
