import { type Address, SendError } from '@parley/core';
import type { Twilio } from 'twilio';
import { isService } from './find.ts';

/** Makes one call of Twilio's API; throws a SendError. */
export type Call = <Answer>(signal: AbortSignal, work: (client: Twilio) => Promise<Answer>) => Promise<Answer>;

/**
 * Where Twilio sends the texts that come to an address of ours: the `sms_url` of a number or short code, the
 * `inbound_request_url` of a messaging service; empty where it sends them nowhere.
 *
 * `undefined` where that does not tell: the account has no such number or service; a TwiML application has the number, and
 * its URLs hold; the service leaves its texts to the webhooks of its numbers; or the address is of a channel such as WhatsApp,
 * whose senders are set up elsewhere. Of a number it is the number's own webhook that is looked at, also where the number is in the
 * pool of a service that answers in its place.
 *
 * Source: twilio.com/docs/phone-numbers/api/incomingphonenumber-resource, /messaging/api/service-resource,
 * /messaging/api/short-code-resource.
 *
 * @throws SendError
 */
export async function inboundUrl(call: Call, address: Address, signal: AbortSignal): Promise<string | undefined> {
  if (isService(address)) return serviceUrl(call, address, signal);
  if (address.startsWith('+')) {
    // Twilio takes a part of a number as well, and then lists all that match.
    const numbers = await call(signal, (client) => client.incomingPhoneNumbers.list({ phoneNumber: address }));
    return ownUrl(numbers.find(({ phoneNumber }) => phoneNumber === address));
  }
  if (!/^\d+$/.test(address)) return undefined;
  const codes = await call(signal, (client) => client.shortCodes.list({ shortCode: address }));
  return codes.find(({ shortCode }) => shortCode === address)?.smsUrl ?? undefined;
}

async function serviceUrl(call: Call, sid: Address, signal: AbortSignal): Promise<string | undefined> {
  try {
    const service = await call(signal, (client) => client.messaging.v1.services(sid).fetch());
    return service.useInboundWebhookOnNumber ? undefined : (service.inboundRequestUrl ?? '');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function ownUrl(
  number: { readonly smsUrl: string | null; readonly smsApplicationSid: string | null } | undefined,
): string | undefined {
  if (number === undefined || number.smsApplicationSid) return undefined;
  return number.smsUrl ?? '';
}

/** Whether Twilio says that there is no such thing. */
export function isMissing(error: unknown): boolean {
  return error instanceof SendError && (error.code === '20404' || error.code === 'http-404');
}
