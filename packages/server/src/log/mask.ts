import { maskAddress } from '@parley/core';

/**
 * What may be a phone number: international form with or without separators (also with its plus sign percent-encoded),
 * North American form, and any bare run of 10 to 15 digits. Takes too much rather than too little: a log line that lost a
 * harmless number is still a log line.
 */
const NUMBERS = new RegExp(
  [
    String.raw`(?:\+|%2B)[1-9](?:[\s().\-\u2010-\u2015]*\d){6,14}`,
    String.raw`\(?(?<!\d)[2-9]\d{2}\)?[\s.\-]{1,2}\d{3}[\s.\-]\d{4}(?!\d)`,
    String.raw`(?<![\w-])\d{10,15}(?![\w-])`,
  ].join('|'),
  'gi',
);

/** Leaves the last four digits of everything in `text` that looks like a phone number. */
export function maskNumbers(text: string): string {
  return text.replace(NUMBERS, maskAddress);
}
