import * as z from 'zod';
import { conversationId, limit, messageCategory, moment, next, theirs } from './common.ts';

export const actor = z.object({
  address: theirs,
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  email: z.string().optional(),
  timeZone: z.string().optional(),
  region: z.string().optional(),
  postalCode: z.string().optional(),
  locale: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
});

/** Names a pending timer. */
export const timerId = z.object({ id: z.string(), source: z.array(z.string()), dueAt: moment });

export const timer = timerId.extend({
  /** The event that it will bring. */
  event: z.string(),
  /** The machine threw at it; it does not come again by itself. */
  held: z.literal(true).optional(),
});

export const task = z.object({
  id: z.string(),
  name: z.string(),
  attempts: z.number().int(),
  failures: z.number().int(),
  /** When it may be tried again; absent while it is running. */
  notBefore: moment.optional(),
  /** It is over, and the machine threw at its outcome, which is parked. */
  held: z.literal(true).optional(),
});

/** A journey that is under way. */
const runningJourney = z.object({
  id: z.string(),
  bot: z.string(),
  version: z.string(),
  startedAt: moment,
  expiresAt: moment,
  /** XState's state value: a name, or an object where there are states within states. */
  state: z.unknown(),
  /** What the machine knows; absent where the app keeps its texts to itself. */
  context: z.unknown().optional(),
  /** Machines that it has started, by their ids, with their state values. */
  children: z.array(z.object({ id: z.string(), state: z.unknown() })),
  timers: z.array(timer),
  tasks: z.array(task),
});

/** Something that the conversation could not take in. */
const parkedEvent = z.object({
  id: z.string(),
  at: moment,
  bot: z.string().optional(),
  journey: z.string().optional(),
  /** `text`, `event`, `timer`, `task`, `start`. */
  what: z.string(),
  code: z.string(),
  reason: z.string(),
  /** The line of the bot at which it threw, as far as that can be seen: `/project/bots/menu.ts:12:5`. */
  where: z.string().optional(),
});

export const halted = z.object({ at: moment, code: z.string(), reason: z.string() });

export const handoff = z.object({ to: z.string(), note: z.string().optional(), at: moment });

export const conversationSummary = z.object({
  id: conversationId,
  app: z.string(),
  ours: z.string(),
  theirs,
  /** First and last name, as far as they are known. */
  name: z.string().optional(),
  createdAt: moment,
  heardAt: moment.optional(),
  journey: runningJourney.pick({ id: true, bot: true, version: true, startedAt: true, state: true }).optional(),
  handoff: handoff.optional(),
  parked: z.number().int(),
  halted: halted.optional(),
  /** How many messages have not left. */
  waiting: z.number().int(),
});

export const conversationDetail = conversationSummary.omit({ journey: true, parked: true }).extend({
  /** Whether timers can be fired and tasks be hurried. */
  preview: z.boolean(),
  /** Whether its steps are kept. */
  journal: z.boolean(),
  actor,
  journey: runningJourney.optional(),
  parked: z.array(parkedEvent),
  outbox: z.array(
    z.object({ id: z.string(), category: messageCategory, notBefore: moment.optional(), attempts: z.number().int() }),
  ),
});

export const conversationQuery = z.object({
  app: z.string().optional(),
  /** How a person's number begins: `+1415…`, 4 characters at least. */
  person: z.string().min(4).max(20).optional(),
  /** Only those that people have. */
  handedOver: z.stringbool().optional(),
  /** Only those in which something was parked. */
  parked: z.stringbool().optional(),
  /** Only these, divided by commas: 100 at most, in this order, without those that are not there. Nothing else is asked for then. */
  ids: z
    .string()
    .max(40_000)
    .refine((ids) => ids.split(',').length <= 100, '100 conversations at most')
    .optional(),
  cursor: z.string().optional(),
  limit,
});
export const conversationPage = z.object({ conversations: z.array(conversationSummary), next });

const activityKind = z.string();

/** Something that happened besides messages. */
export const activity = z.object({
  id: z.string(),
  conversation: conversationId,
  app: z.string(),
  at: moment,
  journey: z.string().optional(),
  bot: z.string().optional(),
  /** Of the bot, where a journey has begun. */
  version: z.string().optional(),
  /** `journey.started`, `journey.ended`, `track`, `handoff`, `step` … */
  kind: activityKind,
  name: z.string().optional(),
  data: z.unknown().optional(),
  state: z.unknown().optional(),
});

export const activityQuery = z.object({ journey: z.string().optional(), cursor: z.string().optional(), limit });
export const activityPage = z.object({ activity: z.array(activity), next });

export type Conversation = z.infer<typeof conversationDetail>;
export type ConversationSummary = z.infer<typeof conversationSummary>;
export type Activity = z.infer<typeof activity>;
export type Actor = z.infer<typeof actor>;
export type Timer = z.infer<typeof timer>;
export type Task = z.infer<typeof task>;
