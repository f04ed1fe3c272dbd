import type { ActorProfile, MessageReceived } from '@parley/core';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Circumstances } from './parsers/parser.ts';

/** How an answer is to be read: by what is known of the person, or by their number; as in the USA where nothing is. */
export function circumstancesOf(
  { at, from }: Pick<MessageReceived, 'at' | 'from'>,
  actor: ActorProfile | undefined,
): Circumstances {
  const locale = actor?.locale ?? 'en-US';
  return {
    now: at,
    locale,
    timeZone: actor?.timeZone ?? 'America/New_York',
    country: countryOf(from) ?? regionOf(locale) ?? 'US',
  };
}

/** Where a number belongs to; `undefined` for what is none, and where two countries share it. */
function countryOf(from: string): string | undefined {
  return parsePhoneNumberFromString(from.replace(/^[a-z]+:/, ''))?.country;
}

function regionOf(locale: string): string | undefined {
  return /[-_]([A-Z]{2})\b/.exec(locale)?.[1];
}
