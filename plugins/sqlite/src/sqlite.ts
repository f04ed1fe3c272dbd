import {
  type Archive,
  type ConversationStore,
  ParleyError,
  parseOptions,
  type Storage,
  type StorageContext,
} from '@parley/core';
import * as z from 'zod';
import { ActivityRows } from './activity.ts';
import { listActivity } from './activity-query.ts';
import { archiveOf } from './archive.ts';
import { backUp } from './backup.ts';
import { BackupRequests, requestBackup } from './backup-requests.ts';
import { type BackupOptions, Backups } from './backups.ts';
import { Claims } from './claims.ts';
import { conversationStore } from './conversations.ts';
import { type Check, type Database, openDatabase, storageFailed } from './database.ts';
import { Erasure } from './erasure.ts';
import { countFailures } from './failures.ts';
import { GroupCommit } from './group-commit.ts';
import { listMessages } from './message-query.ts';
import { MessageRows } from './messages.ts';
import { namespacedKeyv, PluginData } from './plugin-data.ts';
import { Pruning } from './pruning.ts';
import { Redacted } from './redacted.ts';
import { MIGRATIONS } from './schema.ts';
import { TakenIn } from './taken-in.ts';
import { Totals } from './totals.ts';

export interface SqliteOptions {
  /**
   * Where the data is, relative to the working directory; folders are made. `:memory:` keeps nothing. On a local
   * disk: network file systems do not lock reliably.
   */
  readonly file: string;
  /** How many turns one transaction takes at most; default 256. */
  readonly maxBatch?: number;
  /** After how many milliseconds a transaction takes no more turns, so that others get theirs; default 10. */
  readonly maxBatchDuration?: number;
  /** Copies of the database that the server makes while it runs; default none. */
  readonly backup?: BackupOptions;
  /**
   * Whether the file is checked for damage before it is used, which reads all of it; default `off`. `quick` looks at the
   * structure of every page, `full` also at whether indexes and rows agree.
   */
  readonly check?: Check;
}

const optionsSchema = z.strictObject({
  file: z.string('name the file of the database, such as .parley/data.db').min(1),
  maxBatch: z.number().int().positive().optional(),
  maxBatchDuration: z.number().positive().optional(),
  backup: z
    .strictObject({
      folder: z.string('name the folder for copies of the database').min(1),
      every: z.number('say after how many milliseconds the next copy is made').int().positive(),
      keep: z.number('say how many copies are kept').int().positive(),
    })
    .optional(),
  check: z.enum(['quick', 'full', 'off']).optional(),
});

/** A storage in one SQLite file. */
export interface SqliteStorage extends Storage {
  /**
   * Copies everything that is committed to another file, while work goes on. The file is there only when it is whole; one that was
   * there before is replaced.
   *
   * @throws `error.platform.storage.failed`, `error.platform.storage.closed`
   */
  backup(file: string): Promise<void>;
  /**
   * Asks the process that has the database open to make such a copy; for another process, which need not open it. Resolves to `false`
   * when no process has it open.
   *
   * @throws `error.platform.storage.failed`
   */
  requestBackup(file: string): Promise<boolean>;
}

/** What there is once the file is open. */
interface Opened {
  readonly database: Database;
  readonly commits: GroupCommit;
  readonly conversations: ConversationStore;
  readonly messages: MessageRows;
  readonly totals: Totals;
  readonly data: PluginData;
  readonly claims: Claims;
  readonly erasure: Erasure;
  readonly pruning: Pruning;
  readonly archive: Archive;
  readonly now: () => number;
}

/**
 * The embedded storage: one file, one process, an fsync for every group of turns.
 *
 * @example
 * ```ts
 * defineOrganization({ storage: sqlite({ file: 'data/parley.db' }), … });
 * ```
 * @throws `error.platform.config.malformed`; at `open`: `error.platform.storage.in-use`, `error.platform.storage.newer`, `error.platform.storage.not-ours`, `error.platform.storage.corrupt`
 */
export function sqlite(options: SqliteOptions): SqliteStorage {
  const { file, check } = parseOptions(optionsSchema, options, 'sqlite');
  return {
    ...sqliteOn(() => openDatabase(file, MIGRATIONS, check), options),
    requestBackup: (copy) => requestBackup(file, copy),
    location: file,
  };
}

/** The storage on a database that somebody else knows how to open: lets tests make one fail. */
export function sqliteOn(connect: () => Database, options: Omit<SqliteOptions, 'file'>): SqliteStorage {
  let current: Opened | undefined;
  let backups: Backups | undefined;
  let requests: BackupRequests | undefined;

  function opened(): Opened {
    if (current === undefined) throw new ParleyError('error.platform.storage.closed');
    return current;
  }

  /** Runs a read, on what was last committed. */
  async function read<Result>(work: (parts: Opened) => Result): Promise<Awaited<Result>> {
    const parts = opened();
    try {
      return await work(parts);
    } catch (error) {
      throw current === parts ? storageFailed(error) : new ParleyError('error.platform.storage.closed');
    }
  }

  /** Runs a write in the next group commit. */
  async function write<Result>(work: (parts: Opened) => Result): Promise<Result> {
    const parts = opened();
    return parts.commits.submit(() => work(parts));
  }

  const copies = new Set<Promise<void>>();

  async function copyTo(file: string): Promise<void> {
    const parts = opened();
    const copy = backUp(parts.database, file, () => current === parts);
    copies.add(copy);
    try {
      await copy;
    } finally {
      copies.delete(copy);
    }
  }

  return {
    name: 'sqlite',
    exclusive: true,

    async open(context) {
      current = openParts(connect(), options, context);
      const { name, memory } = current.database;
      if (!memory) {
        requests = new BackupRequests(name, copyTo, context.log);
        await requests.open();
      }
      if (options.backup === undefined) return;
      backups = new Backups(options.backup, { ...context, file: name, copy: copyTo });
      backups.start();
    },

    conversations: {
      turn: async (key, decide, turnOptions) => opened().conversations.turn(key, decide, turnOptions),
      get: (key) => read((parts) => parts.conversations.get(key)),
      due: (now, limit, leaseUntil) => read((parts) => parts.conversations.due(now, limit, leaseUntil)),
      nextDueAt: () => read((parts) => parts.conversations.nextDueAt()),
      backlog: (now, limit) => read((parts) => parts.conversations.backlog(now, limit)),
      list: (query) => read((parts) => parts.conversations.list(query)),
    },

    messages: {
      get: (id) => read(({ messages }) => messages.get(id)),
      getByProviderId: (providerId) => read(({ messages }) => messages.getByProviderId(providerId)),
      applyStatus: (id, update) => write(({ messages }) => messages.move(id, update)),
      list: (query) => read(({ database, totals }) => listMessages(database, totals, query)),
      totals: (query) => read(({ totals }) => totals.read(query)),
      failures: (query) => read(({ database }) => countFailures(database, query)),
    },

    activity: {
      list: (query) => read(({ database }) => listActivity(database, query)),
    },

    keyv: (namespace) =>
      namespacedKeyv(namespace, {
        read: (work) => read(({ data }) => work(data)) as Promise<never>,
        write: (work) => write(({ data }) => work(data)),
      }),

    claim: (key, owner, ttl) => write(({ claims, now }) => claims.claim(key, owner, ttl, now())),
    release: (key, owner) => write(({ claims }) => claims.release(key, owner)),

    erase: (person) => read(({ erasure }) => erasure.erase(person)),
    prune: (request) => read(({ pruning }) => pruning.prune(request)),
    archive: {
      read: (part, query) => read(({ archive }) => archive.read(part, query)) as Promise<never>,
      write: (part, rows) => read(({ archive }) => archive.write(part, rows)),
    },

    backup: copyTo,
    requestBackup: async () => false,

    async close() {
      const parts = current;
      if (parts === undefined) return;
      parts.commits.close();
      current = undefined;
      await requests?.close();
      await backups?.stop();
      await Promise.allSettled(copies);
      // SQLite copies the WAL into the file and removes it when its last connection closes.
      parts.database.close();
    },
  };
}

function openParts(database: Database, options: Omit<SqliteOptions, 'file'>, { clock }: StorageContext): Opened {
  const totals = new Totals(database);
  const commits = new GroupCommit({
    database,
    summary: totals,
    monotonic: () => clock.monotonic(),
    maxBatch: options.maxBatch ?? 256,
    maxDuration: options.maxBatchDuration ?? 10,
  });
  const redacted = new Redacted();
  const messages = new MessageRows(database, totals, redacted);
  const activity = new ActivityRows(database, redacted);
  const takenIn = new TakenIn(database);
  return {
    database,
    commits,
    totals,
    messages,
    conversations: conversationStore({ database, commits, clock, messages, activity, takenIn }),
    data: new PluginData(database, clock),
    claims: new Claims(database),
    erasure: new Erasure(database, commits),
    pruning: new Pruning({ database, commits, totals, redacted }),
    archive: archiveOf({ database, commits, clock, messages, activity, takenIn, totals }),
    now: () => clock.now(),
  };
}
