import { malformed } from './malformed.ts';
import { notUnderstood, type Parser, understood } from './parser.ts';

export interface AnythingOptions {
  /** The fewest characters, as people count them (an emoji is one). Default: 1. */
  readonly minLength?: number;
  /** The most characters. Default: no limit. */
  readonly maxLength?: number;
}

/**
 * Any text, without the white space around it.
 *
 * Problems: `empty`; `too-short` with `length` and `minLength`; `too-long` with `length` and `maxLength`.
 *
 * @throws `error.platform.config.malformed` if no text can be as long as the options want.
 */
export function anything({
  minLength = 1,
  maxLength = Number.POSITIVE_INFINITY,
}: AnythingOptions = {}): Parser<string> {
  if (!(minLength <= maxLength)) throw malformed('anything', 'minLength is greater than maxLength');
  return (text) => {
    const value = text.trim();
    const length = lengthOf(value);
    if (length === 0 && minLength > 0) return notUnderstood('empty');
    if (length < minLength) return notUnderstood('too-short', { length, minLength });
    if (length > maxLength) return notUnderstood('too-long', { length, maxLength });
    return understood(value);
  };
}

function lengthOf(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}
