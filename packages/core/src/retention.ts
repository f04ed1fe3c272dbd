import { codeOf } from './errors.ts';
import type { Clock, Log } from './runtime.ts';
import type { PruneRequest, Storage } from './storage.ts';

/** What becomes of old messages or activity. */
export interface RetentionRule {
  /** How old they may become, in milliseconds. */
  readonly after: number;
  /** See `PruneRequest.mode`. Default `delete`. */
  readonly mode?: PruneRequest['mode'];
}

/** How long things are kept. What has no rule is kept for ever. */
export interface Retention {
  readonly messages?: RetentionRule;
  /** What happened besides messages: journeys, what bots tracked, what was parked. */
  readonly activity?: RetentionRule;
}

export interface RetentionOptions {
  readonly rules: Retention;
  readonly storage: Pick<Storage, 'prune' | 'claim'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The process's own id. */
  readonly owner: string;
  readonly track: (work: Promise<unknown>) => void;
}

/** How often it is looked for what has become old, in milliseconds. */
const EVERY = 3_600_000;

/** So small that turns which wait for a batch wait a few milliseconds. */
const BATCH = 500;

/** Between two batches, so that others get their turns, in milliseconds. */
const PAUSE = 50;

/** Deletes or redacts what has become too old, in small batches. One process at a time does it. */
export function createRetention({ rules, storage, clock, log, owner, track }: RetentionOptions): {
  start(): void;
  stop(): void;
} {
  const kinds = (['messages', 'activity'] as const).filter((what) => rules[what] !== undefined);
  let cancel: (() => void) | undefined;
  let running = false;

  function plan(after: number): void {
    if (running) cancel = clock.setTimeout(() => track(round()), after);
  }

  async function round(): Promise<void> {
    let next = EVERY;
    try {
      const holder = await storage.claim('parley:retention', owner, EVERY / 2);
      if (holder === owner && (await batch())) next = PAUSE;
    } catch (error) {
      log.error({ code: codeOf(error) }, 'could not clear away what is old; trying again later');
    }
    plan(next);
  }

  /** @returns whether there is more. */
  async function batch(): Promise<boolean> {
    for (const what of kinds) {
      const { after, mode = 'delete' } = rules[what] as RetentionRule;
      const { rows, done } = await storage.prune({ before: clock.now() - after, mode, what, limit: BATCH });
      if (rows > 0) log.debug({ what, mode, rows }, 'cleared away what is old');
      if (!done) return true;
    }
    return false;
  }

  return {
    start() {
      running = kinds.length > 0;
      plan(PAUSE);
    },
    stop() {
      running = false;
      cancel?.();
    },
  };
}
