import { elsewhere } from './elsewhere.ts';
import { english } from './english.ts';
import type { Language } from './keyword.ts';

/**
 * The keywords that Twilio answers itself: the whole text, in whatever case
 * (https://support.twilio.com/hc/en-us/articles/223134027). In capitals.
 */
export const answersOfTwilio: ReadonlySet<string> = new Set([english, ...elsewhere].flatMap(keywordsOfTwilio));

function keywordsOfTwilio({ optOut, optIn = [], yes = [], help = [] }: Language): string[] {
  return [...optOut, ...optIn, ...yes, ...help]
    .filter(({ by }) => by.includes('twilio'))
    .map(({ word }) => word.toUpperCase());
}
