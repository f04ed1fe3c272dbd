import { elsewhere } from './elsewhere.ts';
import { english } from './english.ts';
import type { Language } from './keyword.ts';

const KEYWORDS: ReadonlySet<string> = new Set([english, ...elsewhere].flatMap(keywordsOfTwilio));

/** What the network of toll-free numbers knows; CANCEL or HELP are texts to it like any other. */
const TOLL_FREE_KEYWORDS: ReadonlySet<string> = new Set(['STOP', 'START', 'UNSTOP']);
const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)\d{7}$/;

/**
 * Whether Twilio answers a text itself: a keyword as the whole text, in whatever case; of toll-free numbers a few only, of short codes none
 * (https://support.twilio.com/hc/en-us/articles/223134027).
 */
export function isAnsweredByTwilio(text: string, number: string): boolean {
  if (!number.includes('+')) return false;
  return (TOLL_FREE.test(number) ? TOLL_FREE_KEYWORDS : KEYWORDS).has(text.trim().toUpperCase());
}

function keywordsOfTwilio({ optOut, optIn = [], yes = [], help = [] }: Language): string[] {
  return [...optOut, ...optIn, ...yes, ...help]
    .filter(({ by }) => by.includes('twilio'))
    .map(({ word }) => word.toUpperCase());
}
