import * as z from 'zod';
import { messageStatus, moment, queryMoment } from './common.ts';
import { explanation } from './message.ts';

const counts = z.object({
  received: z.number().int(),
  pending: z.number().int(),
  sent: z.number().int(),
  delivered: z.number().int(),
  failed: z.number().int(),
});

export const healthQuery = z.object({
  app: z.string().optional(),
  ours: z.string().optional(),
  since: queryMoment,
  until: queryMoment,
});

/** How an organization's texts are doing in a span of time. Totals are of whole days, UTC: of all that the span touches. */
export const health = z.object({
  totals: counts,
  days: z.array(counts.extend({ day: moment })),
  /** Of a span of two days at most, where there are not too many texts to look at each. */
  hours: z.array(counts.extend({ hour: moment })).optional(),
  apps: z.array(counts.extend({ app: z.string(), ours: z.string() })),
  failures: z.array(
    z.object({
      code: z.string(),
      count: z.number().int(),
      explanation: explanation.optional(),
    }),
  ),
  /** Whether there were more failures than are looked at. */
  failuresPartial: z.boolean(),
  /** Conversations that are due and nobody has got to, and since when the oldest is; `atLeast`: there are more than are counted. */
  queue: z.object({ due: z.number().int(), atLeast: z.boolean(), since: moment.optional() }),
  /** Messages that policies hold back, by code, among the newest that wait. */
  deferred: z.array(
    z.object({
      code: z.string(),
      count: z.number().int(),
      /** When the first of them may go. */
      until: moment.optional(),
    }),
  ),
  /** Conversations in which something is parked, as far as they are counted. */
  parked: z.object({ count: z.number().int(), atLeast: z.boolean() }),
  /** Messages that nobody has reported on for long, of the last 30 days. */
  stuck: z.object({ count: z.number().int(), atLeast: z.boolean(), status: messageStatus }),
});

export type Health = z.infer<typeof health>;
export type Counts = z.infer<typeof counts>;
