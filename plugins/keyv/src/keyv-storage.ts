import { ParleyError, type Storage, type StorageContext } from '@parley/core';
import { activityStore } from './activity.ts';
import { archiveOf } from './archive.ts';
import { Cells, type KeyvStore } from './cells.ts';
import { claim, release } from './claims.ts';
import { conversationStore } from './conversations.ts';
import { erase } from './erase.ts';
import { emptyIndex } from './indexes.ts';
import { Locks } from './locks.ts';
import { messageStore } from './messages.ts';
import type { Parts } from './parts.ts';
import { namespacedKeyv } from './plugin-data.ts';
import { prune } from './prune.ts';
import { rebuild } from './rebuild.ts';
import { Rows } from './rows.ts';

export interface KeyvStorageOptions {
  /**
   * A Keyv, one of its adapters, or a Map; default a new Map, which keeps nothing. The adapter must be able to list its
   * keys, and nobody else may write to the same data: that is not checked.
   */
  readonly store?: KeyvStore;
}

/** What there is while the storage is open. */
interface Opened extends Parts {
  readonly conversations: Storage['conversations'];
  readonly messages: Storage['messages'];
  readonly activity: Storage['activity'];
  readonly archive: Storage['archive'];
}

/**
 * A storage on any Keyv adapter, for one process. How durable it is, is up to the adapter.
 *
 * @example
 * ```ts
 * defineOrganization({ storage: keyvStorage({ store: new KeyvSqlite('sqlite://parley.sqlite') }), … });
 * ```
 * @throws at `open`: `error.platform.storage.not-iterable`
 */
export function keyvStorage(options: KeyvStorageOptions = {}): Storage {
  const store = options.store ?? new Map<string, unknown>();
  const running = new Set<Promise<unknown>>();
  let current: Opened | undefined;

  /** Rejects unless the storage is open, and lets `close` wait for what is under way. */
  async function whileOpen<Result>(work: (parts: Opened) => Promise<Result>): Promise<Result> {
    if (current === undefined) throw new ParleyError('error.platform.storage.closed');
    const promise = work(current);
    running.add(promise);
    try {
      return await promise;
    } finally {
      running.delete(promise);
    }
  }

  return {
    name: 'keyv',
    exclusive: true,

    async open(context) {
      current = await openParts(store, context);
    },

    conversations: {
      turn: (key, decide, turnOptions) => whileOpen((parts) => parts.conversations.turn(key, decide, turnOptions)),
      get: (key) => whileOpen((parts) => parts.conversations.get(key)),
      due: (now, limit, leaseUntil) => whileOpen((parts) => parts.conversations.due(now, limit, leaseUntil)),
      nextDueAt: () => whileOpen((parts) => parts.conversations.nextDueAt()),
      backlog: (now, limit) => whileOpen((parts) => parts.conversations.backlog(now, limit)),
      list: (query) => whileOpen((parts) => parts.conversations.list(query)),
    },

    messages: {
      get: (id) => whileOpen((parts) => parts.messages.get(id)),
      getByProviderId: (providerId) => whileOpen((parts) => parts.messages.getByProviderId(providerId)),
      applyStatus: (id, update) => whileOpen((parts) => parts.messages.applyStatus(id, update)),
      list: (query) => whileOpen((parts) => parts.messages.list(query)),
      totals: (query) => whileOpen((parts) => parts.messages.totals(query)),
      failures: (query) => whileOpen((parts) => parts.messages.failures(query)),
    },

    activity: {
      list: (query) => whileOpen((parts) => parts.activity.list(query)),
    },

    keyv: (namespace) => namespacedKeyv(namespace, whileOpen),
    claim: (key, owner, ttl) => whileOpen((parts) => claim(parts, key, owner, ttl)),
    release: (key, owner) => whileOpen((parts) => release(parts, key, owner)),

    erase: (person) => whileOpen((parts) => erase(parts, person)),
    prune: (request) => whileOpen((parts) => prune(parts, request)),
    archive: {
      read: (part, query) => whileOpen((parts) => parts.archive.read(part, query)),
      write: (part, rows) => whileOpen((parts) => parts.archive.write(part, rows)),
    },

    async close() {
      const parts = current;
      if (parts === undefined) return;
      current = undefined;
      await Promise.allSettled(running);
      await parts.cells.disconnect();
    },
  };
}

/** A storage in memory, gone with the process: for tests. */
export function memoryStorage(): Storage {
  return keyvStorage();
}

async function openParts(store: KeyvStore, { clock, log }: StorageContext): Promise<Opened> {
  const cells = new Cells(store);
  const parts: Parts = {
    cells,
    rows: new Rows(cells, log),
    locks: new Locks(),
    index: emptyIndex(),
    inDoubt: new Set(),
    clock,
  };
  await rebuild(parts);
  return {
    ...parts,
    conversations: conversationStore(parts),
    messages: messageStore(parts),
    activity: activityStore(parts),
    archive: archiveOf(parts),
  };
}
