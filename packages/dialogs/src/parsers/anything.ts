import { malformed } from './malformed.ts';
import { notUnderstood, type Parser, understood, withExamples } from './parser.ts';

export interface AnythingOptions {
  /** The fewest characters, as people count them (an emoji is one). Default: 1. */
  readonly minLength?: number;
  /** The most characters. Default: no limit. */
  readonly maxLength?: number;
}

/**
 * Any text, without the white space around it.
 *
 * Problems: `empty`; `too-short` with `minLength`; `too-long` with `maxLength`.
 *
 * @throws `error.platform.config.malformed` if no text can be as long as the options want.
 */
export function anything({
  minLength = 1,
  maxLength = Number.POSITIVE_INFINITY,
}: AnythingOptions = {}): Parser<string> {
  if (!(minLength <= maxLength)) throw malformed('anything', 'minLength is greater than maxLength');
  return withExamples([exampleOf(minLength, maxLength)], (text) => {
    const value = text.trim();
    if (value === '' && minLength > 0) return notUnderstood('empty');
    if (charactersIn(value, minLength) < minLength) return notUnderstood('too-short', { minLength });
    if (charactersIn(value, maxLength + 1) > maxLength) return notUnderstood('too-long', { maxLength });
    return understood(value);
  });
}

function exampleOf(minLength: number, maxLength: number): string {
  return 'A few words'.padEnd(minLength, '.').slice(0, maxLength);
}

/** How many characters a text has, as far as it matters. There are never more than units of UTF-16, and one wherever there are any. */
function charactersIn(text: string, enough: number): number {
  if (text.length < enough || enough <= 1) return text.length;
  let count = 0;
  for (const _ of new Intl.Segmenter().segment(text)) if (++count >= enough) break;
  return count;
}
