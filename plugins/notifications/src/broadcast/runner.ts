import { codeOf, type MessageId, type PluginContext } from '@parley/core';
import type { Notification } from '../definition/notification.ts';
import type { Outcomes } from '../outcomes.ts';
import { type Asked, isRefusal, type Sender } from '../sender.ts';
import type { Lease } from './lease.ts';
import { advance, type BroadcastRecord, type Dealt } from './progress.ts';
import { type BroadcastStore, CHUNK } from './store.ts';

/** Texts the people on lists that are stored: a chunk at a time, from wherever an earlier process has got to. */
export interface Runner {
  /** Goes on with a broadcast unless this or another process is at it. */
  start(id: string): void;
  /** Whether this process is at it. */
  isRunning(id: string): boolean;
  close(): Promise<void>;
}

export interface RunnerOptions {
  readonly context: PluginContext;
  readonly store: BroadcastStore;
  readonly sender: Sender;
  readonly outcomes: Outcomes;
  readonly notificationOf: (name: string) => Notification;
  readonly leaseOf: (id: string) => Lease;
}

/**
 * How long a chunk waits for what becomes of its messages, in milliseconds: so that no more people wait in conversations for a sender's pace, or
 * for a provider that is out, than a chunk has.
 */
const LONGEST_WAIT = 600_000;

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

export function createRunner(options: RunnerOptions): Runner {
  const { context, store, sender, outcomes, notificationOf, leaseOf } = options;
  const { clock, log } = context;
  const running = new Map<string, Promise<void>>();
  const wakeUps = new Set<() => void>();
  let closed = false;

  async function run(id: string): Promise<void> {
    const lease = leaseOf(id);
    try {
      if (await lease.hold()) await goThrough(id, lease);
    } finally {
      await lease.release();
    }
  }

  async function goThrough(id: string, lease: Lease): Promise<void> {
    // Whoever was at it before may have given some of the chunk to the engine.
    let again = true;
    let pause = FIRST_PAUSE;
    while (!closed) {
      try {
        const record = await store.get(id);
        if (record?.state !== 'running') return;
        if (await isOver(record)) return;
        const dealt = await deal(record, again);
        if (closed || !(await lease.hold())) return;
        await store.put(advance(record, dealt));
        await store.dropChunk(id, record.next);
        again = false;
        pause = FIRST_PAUSE;
      } catch (error) {
        log.warn({ broadcast: id, code: codeOf(error) }, 'a broadcast waits; trying again');
        again = true;
        await sleep(pause);
        pause = Math.min(LONGEST_PAUSE, pause * 2);
      }
    }
  }

  /** Writes down that it is, if nobody is left or it was cancelled. */
  async function isOver(record: BroadcastRecord): Promise<boolean> {
    const isCancelled = await store.isCancelled(record.id);
    if (!isCancelled && record.next < record.chunks) return false;
    for (let index = record.next; index < record.chunks; index++) await store.dropChunk(record.id, index);
    await store.put({ ...record, state: isCancelled ? 'cancelled' : 'done', finishedAt: clock.now() });
    log.info({ broadcast: record.id, done: record.done, ...record.outcomes }, 'a broadcast is over');
    return true;
  }

  /** @throws when the storage or the engine fails: the chunk is gone through again then, and nobody is texted twice. */
  async function deal(record: BroadcastRecord, again: boolean): Promise<readonly Dealt[]> {
    const notification = notificationOf(record.notification);
    const app = sender.appOf(notification, record.app);
    const chunk = (await store.chunk(record.id, record.next)) ?? [];
    const settled = await Promise.allSettled(
      chunk.map((listed, index) => {
        if (listed === null) return { outcome: 'erased' } as const;
        const id = messageIdOf(record.id, record.next * CHUNK + index + 1);
        return send({ notification, app, to: listed.to, data: listed.data, at: record.at }, id, again);
      }),
    );
    return settled.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
  }

  async function send(asked: Asked, id: MessageId, again: boolean): Promise<Dealt> {
    const expected = outcomes.expect(id);
    try {
      const given = await sender.give(asked, id);
      const isLater = given.at !== undefined && given.at > clock.now();
      const result = await sender.outcome(given, expected.first(isLater ? 0 : LONGEST_WAIT, again));
      return { outcome: result.outcome, ...('code' in result ? { code: result.code } : {}) };
    } catch (error) {
      if (isRefusal(error)) return { outcome: 'refused', code: error.code };
      throw error;
    } finally {
      expected.forget();
    }
  }

  function sleep(milliseconds: number): Promise<void> {
    if (closed) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        wakeUps.delete(wake);
        resolve();
      };
      const cancel = clock.setTimeout(wake, milliseconds);
      wakeUps.add(wake);
    });
  }

  return {
    start(id) {
      if (closed || running.has(id)) return;
      const work = run(id)
        .catch((error: unknown) => log.error({ broadcast: id, code: codeOf(error) }, 'a broadcast could not go on'))
        .finally(() => running.delete(id));
      running.set(id, work);
    },
    isRunning: (id) => running.has(id),
    async close() {
      closed = true;
      for (const wake of [...wakeUps]) wake();
      await Promise.all(running.values());
    },
  };
}

/** The same for the same place on the same list: given to the engine twice, it is one message. */
function messageIdOf(broadcast: string, place: number): MessageId {
  return `${broadcast}-${String(place).padStart(7, '0')}` as MessageId;
}
