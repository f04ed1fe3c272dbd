import type { ConversationKey } from './address.ts';
import { codeOf } from './errors.ts';
import type { Clock, Log } from './runtime.ts';
import type { ConversationStore } from './storage.ts';

/** Wakes conversations when they come due. */
export interface Scheduler {
  start(): void;
  /** A conversation was committed with this `dueAt`; wakes earlier than planned if need be. */
  notice(dueAt: number | undefined): void;
  stop(): void;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly conversations: Pick<ConversationStore, 'due' | 'nextDueAt'>;
  /** How long a conversation that was picked is held back from other processes, in milliseconds. */
  readonly lease: number;
  /** The longest sleep, in milliseconds: how soon work of other processes that have died is found. */
  readonly longestSleep: number;
  readonly wake: (key: ConversationKey) => Promise<void>;
  readonly track: (work: Promise<unknown>) => void;
}

/** How many conversations are woken at a time: a webhook that comes meanwhile waits for no more than these. */
const BATCH = 100;

/** How long to wait after the storage has failed, in milliseconds. */
const AFTER_FAILURE = 1000;

export function createScheduler({
  clock,
  log,
  conversations,
  lease,
  longestSleep,
  wake,
  track,
}: SchedulerOptions): Scheduler {
  let running = false;
  let busy = false;
  /** The earliest of what was committed while a round was under way, which may have looked before. */
  let noticed = Number.POSITIVE_INFINITY;
  let plannedAt = Number.POSITIVE_INFINITY;
  let cancel: (() => void) | undefined;

  function plan(at: number): void {
    if (!running) return;
    cancel?.();
    plannedAt = at;
    cancel = clock.setTimeout(() => track(round()), Math.max(0, at - clock.now()));
  }

  async function round(): Promise<void> {
    if (busy) return;
    busy = true;
    noticed = Number.POSITIVE_INFINITY;
    let next: number;
    try {
      await wakeAllDue();
      next = Math.min((await conversations.nextDueAt()) ?? Number.POSITIVE_INFINITY, clock.now() + longestSleep);
    } catch (error) {
      log.error({ code: codeOf(error) }, 'could not look for what is due');
      next = clock.now() + AFTER_FAILURE;
    }
    busy = false;
    plan(Math.min(next, noticed));
  }

  async function wakeAllDue(): Promise<void> {
    while (running) {
      const now = clock.now();
      const keys = await conversations.due(now, BATCH, now + lease);
      await Promise.all(keys.map(wake));
      if (keys.length < BATCH) return;
    }
  }

  return {
    start() {
      running = true;
      plan(clock.now());
    },
    notice(dueAt) {
      if (dueAt === undefined) return;
      if (busy) noticed = Math.min(noticed, dueAt);
      else if (dueAt < plannedAt) plan(dueAt);
    },
    stop() {
      running = false;
      cancel?.();
    },
  };
}
