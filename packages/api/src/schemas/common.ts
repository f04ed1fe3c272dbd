import * as z from 'zod';

/** Milliseconds since the epoch. */
export const moment = z.number().int();

/** A moment in a query: milliseconds since the epoch. */
export const queryMoment = z.coerce.number().int();

/** Stands for a conversation in the API. Says nothing by itself, so that it can be in an address without giving a number away. */
export const conversationId = z.string().min(1).max(400);

/** An address of a person; masked for viewers: `…0123`. */
export const theirs = z.string();

export const messageStatus = z.enum(['received', 'pending', 'sent', 'delivered', 'failed']);

export const messageCategory = z.enum(['conversational', 'informational', 'marketing', 'emergency']);

export const direction = z.enum(['inbound', 'outbound']);

/** Where the next page begins; absent on the last. */
export const next = z.string().optional();

export const limit = z.coerce.number().int().min(1).max(200).default(50);

/** What is answered with any status but 200: the code of the registry (docs/errors.md), and what to do. */
export const problem = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export type Problem = z.infer<typeof problem>;
