import {
  type Archive,
  type Clock,
  type ConversationStore,
  ParleyError,
  type Storage,
  type StorageContext,
} from '@parley/core';
import { listActivity } from './activity.ts';
import { archiveOf } from './archive.ts';
import { claim, release } from './claims.ts';
import { findConversation, leaseDue, listConversations, nextDueAt, readBacklog } from './conversations.ts';
import { Database } from './database.ts';
import { erase } from './erase.ts';
import { countFailures } from './failure-counts.ts';
import { storageFailed } from './failures.ts';
import { Housekeeping, randomSlot } from './housekeeping.ts';
import { listMessages } from './message-query.ts';
import { findMessage } from './messages.ts';
import { migrate } from './migrate.ts';
import { Notices } from './notices.ts';
import { locationOf, type PostgresOptions, type Settings, settingsOf } from './options.ts';
import { namespacedKeyv, PluginData } from './plugin-data.ts';
import { Pruning } from './prune.ts';
import { readTotals } from './totals.ts';
import { TurnBatch } from './turn-batch.ts';
import { TurnQueue } from './turn-queue.ts';

/** What there is once the database is open. */
interface Opened {
  readonly database: Database;
  readonly clock: Clock;
  readonly turns: TurnQueue;
  readonly notices: Notices;
  readonly housekeeping: Housekeeping;
  readonly pruning: Pruning;
  readonly archive: Archive;
  readonly data: PluginData;
  /** What was asked for besides turns and is not answered yet. */
  readonly underWay: Set<Promise<unknown>>;
}

/**
 * The storage for several processes: PostgreSQL 12 or newer. Turns of many conversations share a commit, none holds a lock or a
 * connection while it is decided.
 *
 * @example
 * ```ts
 * defineOrganization({ storage: postgres({ url: process.env.DATABASE_URL }), … });
 * ```
 * @throws `error.platform.config.malformed`; at `open`: `error.platform.storage.newer`, `error.platform.storage.not-ours`,
 * `error.platform.storage.failed`
 */
export function postgres(options: PostgresOptions): Storage {
  const settings = settingsOf(options);
  let current: Opened | undefined;

  function opened(): Opened {
    if (current === undefined) throw new ParleyError('error.platform.storage.closed');
    return current;
  }

  /** Runs what is no turn. */
  async function use<Result>(work: (parts: Opened) => Promise<Result>): Promise<Result> {
    const parts = opened();
    const running = work(parts);
    parts.underWay.add(running);
    try {
      return await running;
    } catch (error) {
      throw storageFailed(error);
    } finally {
      parts.underWay.delete(running);
    }
  }

  const conversations: ConversationStore = {
    async turn(key, decide, { once, message } = {}) {
      return opened().turns.submit({ kind: 'turn', key, decide, once, message });
    },
    get: (key) => use(({ database }) => findConversation(database, key)),
    due: (now, limit, leaseUntil) => use(({ database }) => leaseDue(database, now, limit, leaseUntil)),
    nextDueAt: () => use(({ database }) => nextDueAt(database)),
    backlog: (now, limit) => use(({ database }) => readBacklog(database, now, limit)),
    list: (query) => use(({ database }) => listConversations(database, query)),
  };

  return {
    name: 'postgres',
    exclusive: false,
    location: locationOf(settings),

    async open(context) {
      current = await openParts(settings, context);
    },

    conversations:
      settings.listening === undefined
        ? conversations
        : { ...conversations, watch: (listener) => opened().notices.watch(listener) },

    messages: {
      get: (id) => use(({ database }) => findMessage(database, 'id', id)),
      getByProviderId: (id) => use(({ database }) => findMessage(database, 'provider_id', id)),
      applyStatus: async (id, update) => opened().turns.submit({ kind: 'status', id, update }),
      list: (query) => use(({ database }) => listMessages(database, query)),
      totals: (query) => use(({ database }) => readTotals(database, query)),
      failures: (query) => use(({ database }) => countFailures(database, query)),
    },

    activity: {
      list: (query) => use(({ database }) => listActivity(database, query)),
    },

    keyv: (namespace) => namespacedKeyv(namespace, { use: (work) => use(({ data }) => work(data)) }),

    claim: (key, owner, ttl) =>
      use(({ database, clock, housekeeping }) => {
        housekeeping.notice();
        return claim(database, key, owner, ttl, clock.now());
      }),
    release: (key, owner) => use(({ database }) => release(database, key, owner)),

    erase: (person) => use(({ database }) => erase(database, person)),
    prune: (request) => use(({ pruning }) => pruning.prune(request)),

    archive: {
      read: (part, query) => use(({ archive }) => archive.read(part, query)),
      write: (part, rows) => use(({ archive }) => archive.write(part, rows)),
    },

    async close() {
      const parts = current;
      if (parts === undefined) return;
      current = undefined;
      await parts.turns.close();
      await Promise.allSettled([...parts.underWay, parts.housekeeping.settled()]);
      parts.notices.close();
      await parts.database.close();
    },
  };
}

async function openParts(settings: Settings, { clock, log }: StorageContext): Promise<Opened> {
  const database = new Database(settings, log);
  try {
    await migrate(database, settings.schema);
  } catch (error) {
    await database.close();
    throw storageFailed(error);
  }
  const notices = new Notices(database, settings, { clock, log });
  const housekeeping = new Housekeeping(database, { clock, log });
  const pruning = new Pruning(database, clock);
  const turns = new TurnQueue({
    batches: settings.commits,
    maxBatch: settings.maxBatch,
    async run(jobs) {
      housekeeping.notice();
      const outcome = await new TurnBatch(database, jobs).run(clock.now(), randomSlot());
      pruning.appended('messages', outcome.oldest.messages);
      pruning.appended('activity', outcome.oldest.activity);
      return outcome;
    },
    committed: (dueAt) => notices.committed(dueAt),
  });
  const underWay = new Set<Promise<unknown>>();
  return {
    database,
    clock,
    turns,
    notices,
    housekeeping,
    pruning,
    archive: archiveOf(database, clock),
    data: new PluginData(database, clock),
    underWay,
  };
}
