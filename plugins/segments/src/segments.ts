import { isNamed, type Plugin, parseOptions } from '@parley/core';
import * as z from 'zod';
import { measure, plainText } from './measure.ts';

export interface SegmentsOptions {
  /** Whether typographic characters are made plain where that saves segments. Default true. */
  readonly plain?: boolean;
  /** Texts of more segments than this are refused with `segments.too-many`. Default: none is. */
  readonly limit?: number;
  /** A line is logged for texts of more segments than this. Default 3. */
  readonly warnAbove?: number;
}

const optionsSchema = z.strictObject({
  plain: z.boolean().default(true),
  limit: z.number().int().positive().optional(),
  warnAbove: z.number().int().positive().default(3),
});

/**
 * Saves segments of outgoing texts, and keeps an eye on their number. The log of messages keeps the text as it was said.
 *
 * ```ts
 * plugins: [segments({ limit: 6 })]
 * ```
 *
 * Put it after plugins that add to texts.
 *
 * @throws `error.platform.config.malformed`
 */
export function segments(options: SegmentsOptions = {}): Plugin {
  const { plain, limit, warnAbove } = parseOptions(optionsSchema, options, 'segments');
  let warn = (_message: string, _segments: number): void => {};
  return {
    name: 'segments',
    setup({ log }) {
      warn = (message, count) => log.warn({ message, segments: count }, 'a text of many segments');
    },
    rewriteOutbound: (text, { message }) => (plain && !isNamed(message.to) ? plainText(text) : text),
    checkOutbound({ message }) {
      if (isNamed(message.to)) return undefined;
      const { segments: count } = measure(message.text);
      if (limit !== undefined && count > limit) {
        return {
          kind: 'deny',
          code: 'segments.too-many',
          reason: `The text has ${count} segments; ${limit} are allowed.`,
        };
      }
      if (count > warnAbove) warn(message.id, count);
      return undefined;
    },
  };
}
