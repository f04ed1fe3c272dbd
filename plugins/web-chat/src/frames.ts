import * as z from 'zod';
import type { ClientFrame, CloseCodes, ServerFrame } from './protocol.ts';

export const closeCodes: CloseCodes = { malformed: 4400, unknown: 4404, crowded: 4429, restart: 1012, later: 1013 };

/** No frame of a page is larger, in bytes: a text of 4,000 characters in any script, with addresses of files. */
export const LARGEST_FRAME = 32 * 1024;

/** How many messages a page may report at once. */
const MOST_SEEN = 200;

const textFields = {
  /** Random enough that a visitor does not make one twice. */
  id: z.string().regex(/^[\w-]{8,64}$/),
  text: z.string(),
  media: z
    .array(
      z.strictObject({
        url: z.url({ protocol: /^https?$/ }).max(2_000),
        contentType: z
          .string()
          .regex(/^[\w.+-]+\/[\w.+-]+$/)
          .max(100)
          .optional(),
      }),
    )
    .max(10)
    .optional(),
};

const seenFields = { ids: z.array(z.string().min(1).max(128)).min(1).max(MOST_SEEN) };

/** The bodies of webhooks, which are the frames of the same names. */
export const textSchema = z.strictObject({ type: z.literal('text').optional(), ...textFields });
export const seenSchema = z.strictObject({ type: z.literal('seen').optional(), ...seenFields });

const frameSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    app: z.string().min(1).max(64),
    token: z.string().max(300).optional(),
  }),
  z.strictObject({ type: z.literal('text'), ...textFields }),
  z.strictObject({ type: z.literal('seen'), ...seenFields }),
  z.strictObject({ type: z.literal('history'), before: z.string().min(1).max(1_000) }),
  z.strictObject({ type: z.literal('ping') }),
]);

/** Reads what a page has sent; `undefined` when it is none of {@link ClientFrame}. */
export function readFrame(data: string): ClientFrame | undefined {
  const value = readJson(data);
  const parsed = frameSchema.safeParse(value);
  return parsed.success ? (parsed.data as ClientFrame) : undefined;
}

/** Any JSON; `undefined` for what is none. */
export function readJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

export function writeFrame(frame: ServerFrame): string {
  return JSON.stringify(frame);
}
