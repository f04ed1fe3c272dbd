import { type Address, type IncomingMessage, isAddress, type Media, ParleyError } from '@parley/core';
import { type FormFields, flatten } from './form.ts';

/** Twilio takes 10 media with a message; some channels may bring more, none brings this many. */
const MOST_MEDIA = 50;

/**
 * Reads the parameters of an incoming SMS, MMS or WhatsApp message.
 *
 * @throws `error.platform.webhook.malformed`
 */
export function readInbound(fields: FormFields): IncomingMessage {
  const to = readAddress(fields, 'To');
  const service = optional(fields, 'MessagingServiceSid');
  const place = readPlace(fields);
  const optOut = readOptOut(fields);
  return {
    providerId: required(fields, 'MessageSid'),
    from: readAddress(fields, 'From'),
    to: service !== undefined && isAddress(service) ? [to, service] : [to],
    text: optional(fields, 'Body') ?? '',
    media: readMedia(fields),
    ...(place === undefined ? {} : { place }),
    ...(optOut === undefined ? {} : { optOut }),
    raw: flatten(fields),
  };
}

function readMedia(fields: FormFields): readonly Media[] {
  const count = optional(fields, 'NumMedia') ?? '0';
  if (count === '0') return [];
  if (!/^\d{1,3}$/.test(count) || Number(count) > MOST_MEDIA) throw malformed('NumMedia is no number of media');
  return Array.from({ length: Number(count) }, (_, index) => {
    const url = required(fields, `MediaUrl${index}`);
    if (!/^https?:\/\//i.test(url)) throw malformed(`MediaUrl${index} is not an http URL`);
    const contentType = optional(fields, `MediaContentType${index}`);
    return { url, ...(contentType === undefined ? {} : { contentType }) };
  });
}

function readPlace(fields: FormFields): IncomingMessage['place'] {
  const city = optional(fields, 'FromCity');
  const region = optional(fields, 'FromState');
  const postalCode = optional(fields, 'FromZip');
  const country = optional(fields, 'FromCountry');
  if (city === undefined && region === undefined && postalCode === undefined && country === undefined) return undefined;
  // Built up rather than spread together: this is read for every text that comes in.
  const place: { city?: string; region?: string; postalCode?: string; country?: string } = {};
  if (city !== undefined) place.city = city;
  if (region !== undefined) place.region = region;
  if (postalCode !== undefined) place.postalCode = postalCode;
  if (country !== undefined) place.country = country;
  return place;
}

/** Only a messaging service with Advanced Opt-Out says so. */
const OPT_OUT_TYPES: Readonly<Record<string, 'stop' | 'start' | 'help'>> = {
  STOP: 'stop',
  START: 'start',
  HELP: 'help',
};

function readOptOut(fields: FormFields): IncomingMessage['optOut'] {
  const type = optional(fields, 'OptOutType');
  return type !== undefined && Object.hasOwn(OPT_OUT_TYPES, type) ? OPT_OUT_TYPES[type] : undefined;
}

function readAddress(fields: FormFields, name: string): Address {
  const value = required(fields, name);
  if (!isAddress(value)) throw malformed(`${name} is no address that Parley knows`);
  return value;
}

/** A parameter that has to be there, once. */
export function required(fields: FormFields, name: string): string {
  const value = optional(fields, name);
  if (value === undefined) throw malformed(`${name} is missing`);
  return value;
}

/** A parameter that may be missing or empty, but not be there twice. */
export function optional(fields: FormFields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw malformed(`${name} comes more than once`);
  return value;
}

export function malformed(problem: string): ParleyError {
  return new ParleyError('error.platform.webhook.malformed', { problem });
}
