import * as z from 'zod';
import { conversationId, limit, moment, next, queryMoment } from './common.ts';
import { activity } from './conversation.ts';

const journeyStatus = z.enum(['running', 'done', 'expired', 'replaced', 'claimed', 'ended']);

export const journey = z.object({
  id: z.string(),
  conversation: conversationId,
  app: z.string(),
  bot: z.string(),
  /** Of the bot, when it began; unknown of journeys that began before it was kept. */
  version: z.string().optional(),
  startedAt: moment,
  endedAt: moment.optional(),
  status: journeyStatus,
  /** Where it is, or was when it ended: XState's state value. */
  state: z.unknown().optional(),
  /** How many things went wrong: parked events, tasks that failed, hooks that threw. */
  errors: z.number().int(),
});

export const journeyQuery = z.object({
  app: z.string().optional(),
  bot: z.string().optional(),
  version: z.string().optional(),
  status: journeyStatus.optional(),
  /** Only those in which something went wrong. */
  withErrors: z.stringbool().optional(),
  /** Only those that took, or have been going on for, at least so many milliseconds. */
  longerThan: z.coerce.number().int().min(0).optional(),
  since: queryMoment.optional(),
  until: queryMoment.optional(),
  cursor: z.string().optional(),
  limit,
});
export const journeyPage = z.object({ journeys: z.array(journey), next });
export const journeyDetail = journey.extend({ activity: z.array(activity) });

export const funnelQuery = z.object({
  app: z.string(),
  bot: z.string(),
  since: queryMoment.optional(),
  until: queryMoment.optional(),
});

/** How journeys of a bot went: how many began, and in which state those that are over have ended. */
export const funnel = z.object({
  started: z.number().int(),
  done: z.number().int(),
  /** Ended in this state (dotted path: `ordering.size`) otherwise than by being done. */
  dropped: z.array(z.object({ state: z.string(), status: journeyStatus, count: z.number().int() })),
  running: z.number().int(),
  /** Average of those that are done, in milliseconds. */
  averageDuration: z.number().optional(),
  /** What bots have tracked, by name. */
  tracked: z.array(z.object({ name: z.string(), count: z.number().int() })),
  /** Whether there were more journeys than are looked at. */
  partial: z.boolean(),
});

/** A state of a machine, for drawing it. */
export interface StateNode {
  /** Dotted path from the root: `ordering.size`; the root's is empty. */
  readonly path: string;
  readonly key: string;
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  /** The key of the child that it begins in. */
  readonly initial?: string | undefined;
  readonly description?: string | undefined;
  readonly invokes: readonly string[];
  /** How many entry and exit actions it has. */
  readonly actions: number;
  readonly transitions: readonly {
    /** The event as XState writes it: `message.received`, `xstate.after.600000.ask`; empty where it is looked at all the time. */
    readonly event: string;
    readonly guarded: boolean;
    /** What it depends on, where that has a name: `isDay`, `not isDay`. */
    readonly guard?: string | undefined;
    /** Paths; none for a transition that stays. */
    readonly targets: readonly string[];
    readonly actions: number;
    /** Whether all that it does is to hand something to what runs in the state. */
    readonly forwards?: true | undefined;
  }[];
  readonly states: readonly StateNode[];
}

const stateNode: z.ZodType<StateNode> = z.lazy(() =>
  z.object({
    path: z.string(),
    key: z.string(),
    type: z.enum(['atomic', 'compound', 'parallel', 'final', 'history']),
    initial: z.string().optional(),
    description: z.string().optional(),
    invokes: z.array(z.string()),
    actions: z.number().int(),
    transitions: z.array(
      z.object({
        event: z.string(),
        guarded: z.boolean(),
        guard: z.string().optional(),
        targets: z.array(z.string()),
        actions: z.number().int(),
        forwards: z.literal(true).optional(),
      }),
    ),
    states: z.array(stateNode),
  }),
);

export const machine = z.object({ bot: z.string(), version: z.string(), root: stateNode });

export type Journey = z.infer<typeof journey>;
export type JourneyDetail = z.infer<typeof journeyDetail>;
export type Funnel = z.infer<typeof funnel>;
export type Machine = z.infer<typeof machine>;
