import * as z from 'zod';
import {
  conversationId,
  direction,
  limit,
  messageCategory,
  messageStatus,
  moment,
  next,
  queryMoment,
  theirs,
} from './common.ts';

export const media = z.object({ url: z.string(), contentType: z.string().optional() });

/** Who made a message. */
export const origin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('actor') }),
  z.object({ kind: z.literal('bot'), bot: z.string(), version: z.string(), journey: z.string() }),
  z.object({ kind: z.literal('notification'), name: z.string() }),
  z.object({ kind: z.literal('app'), why: z.enum(['fallback', 'otherwise']) }),
  z.object({ kind: z.literal('plugin'), name: z.string() }),
  z.object({ kind: z.literal('person'), name: z.string() }),
]);

/** What a policy has said: which of its rules, by which data. */
export const verdict = z.object({
  policy: z.string(),
  kind: z.enum(['allow', 'deny', 'defer']),
  code: z.string().optional(),
  reason: z.string().optional(),
  rule: z.string().optional(),
  data: z.string().optional(),
  until: moment.optional(),
});

const statusStep = z.object({
  status: messageStatus,
  providerStatus: z.string().optional(),
  at: moment,
  /** `engine`, `send`, `callback`, `find`, `asked`, `policy`. */
  source: z.string(),
  code: z.string().optional(),
  reason: z.string().optional(),
  verdicts: z.array(verdict).optional(),
});

export const message = z.object({
  id: z.string(),
  conversation: conversationId,
  app: z.string(),
  direction,
  /** Our number or messaging service. */
  ours: z.string(),
  theirs,
  /** First and last name of the person, as far as they are known; not in what is live, which waits for nothing. */
  name: z.string().optional(),
  /** Empty with `redacted` where the app keeps its texts to itself. */
  text: z.string(),
  redacted: z.literal(true).optional(),
  media: z.array(media),
  origin,
  category: messageCategory,
  at: moment,
  status: messageStatus,
  providerStatus: z.string().optional(),
  providerId: z.string().optional(),
  error: z.object({ code: z.string(), reason: z.string() }).optional(),
  /** The deferral that it waits for. */
  deferred: verdict.optional(),
});

/** What an error code means in the provider's words, and what to do about it. */
export const explanation = z.object({ meaning: z.string(), advice: z.string() });

export const messageDetail = message.extend({
  history: z.array(
    statusStep.extend({
      explanation: explanation.optional(),
      /** What the provider's report had in it, parameter by parameter, but not whom it is about. */
      raw: z.record(z.string(), z.string()).optional(),
    }),
  ),
  /** The text as it left, where plugins had rewritten it. */
  sentText: z.string().optional(),
  explanation: explanation.optional(),
  /** What it is billed as, as it left. */
  segments: z.object({ encoding: z.enum(['GSM-7', 'UCS-2']), count: z.number().int() }),
  /** The bot's state that said it, where the app keeps a journal: XState's state value. */
  state: z.unknown().optional(),
});

export const messageFilter = z.object({
  app: z.string().optional(),
  direction: direction.optional(),
  status: messageStatus.optional(),
  /** A person's number, whole. */
  theirs: z.string().optional(),
  conversation: conversationId.optional(),
  bot: z.string().optional(),
  notification: z.string().optional(),
  /** What it failed with. No index knows it: a page may have fewer texts than asked for, or some more, and `next` all the same. */
  code: z.string().min(1).max(200).optional(),
  since: queryMoment.optional(),
  until: queryMoment.optional(),
  /** Occurs in the text, whatever its case. */
  text: z.string().min(1).max(200).optional(),
});

export const messageQuery = messageFilter.extend({ cursor: z.string().optional(), limit });
export const messagePage = z.object({ messages: z.array(message), next });

export type Message = z.infer<typeof message>;
export type MessageDetail = z.infer<typeof messageDetail>;
export type StatusStep = z.infer<typeof statusStep>;
export type Verdict = z.infer<typeof verdict>;
export type Origin = z.infer<typeof origin>;
