import {
  type Address,
  type App,
  codeOf,
  type MessageId,
  ParleyError,
  type PluginContext,
  personOf,
  type Verdict,
} from '@parley/core';
import type { Notification } from '../definition/notification.ts';
import type { Outcomes } from '../outcomes.ts';
import type { LocalTime } from '../schedule.ts';
import { fingerprintOf, type Sender } from '../sender.ts';
import { breakOff, fingerprintOfList, takeIn } from './intake.ts';
import { createLease, type Lease, UNSHARED } from './lease.ts';
import { type BroadcastProgress, type BroadcastRecord, NO_OUTCOMES, progressOf } from './progress.ts';
import type { ListLine } from './recipient.ts';
import { createRunner } from './runner.ts';
import { createBroadcastStore } from './store.ts';

/** A broadcast that somebody asks for, once its options have been looked at. */
export interface AskedBroadcast {
  readonly notification: Notification;
  readonly app: App;
  readonly at: number | LocalTime | undefined;
  readonly key: string | undefined;
}

/** Notifications to lists of people. */
export interface Broadcasts {
  /**
   * Takes in a list and begins to text the people on it. With a key that was used before it reads the
   * list, which has to be the same, and answers how that broadcast is getting on.
   *
   * @throws `error.platform.notification.key-reused`, `error.platform.notification.broadcast-receiving`,
   * `error.platform.notification.too-many-recipients`, and what the list throws
   */
  begin(asked: AskedBroadcast, lines: AsyncIterable<ListLine>): Promise<BroadcastProgress>;
  /** @throws `error.platform.notification.broadcast-unknown` */
  progress(id: string): Promise<BroadcastProgress>;
  /**
   * Texts nobody else, and takes back what has not left yet.
   *
   * @throws `error.platform.notification.broadcast-unknown`
   */
  cancel(id: string): Promise<BroadcastProgress>;
  /** What becomes of a message of a broadcast that was cancelled. */
  check(message: MessageId): Verdict | undefined;
  /** Takes somebody off all lists that wait. */
  erase(person: string): Promise<void>;
  /** Goes on with what an earlier process has left. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

export interface BroadcastsOptions {
  readonly context: PluginContext;
  readonly sender: Sender;
  readonly outcomes: Outcomes;
  readonly notificationOf: (name: string) => Notification;
  /** For how long a key is remembered, in milliseconds. */
  readonly remember: number;
  readonly mostRecipients: number;
}

/** How often it is looked for broadcasts of processes that have died, where there are several. In milliseconds. */
const LOOK = 15_000;

export function createBroadcasts(options: BroadcastsOptions): Broadcasts {
  const { context, sender, outcomes, notificationOf, remember, mostRecipients } = options;
  const { clock, log, claim, release, newId, organization } = context;
  const isShared = !organization.storage.exclusive;
  const owner = newId();
  const store = createBroadcastStore(context);
  const runner = createRunner({ context, store, sender, outcomes, notificationOf, leaseOf });
  /** Those whose lists this process is taking in. */
  const receiving = new Set<string>();
  let cancelled: ReadonlySet<string> = new Set();
  let cancelLook = (): void => {};
  let closed = false;

  function leaseOf(id: string): Lease {
    return isShared ? createLease(`broadcast:${id}`, { claim, release, clock, owner }) : UNSHARED;
  }

  async function idFor({ notification, app, at, key }: AskedBroadcast): Promise<string> {
    const own = newId();
    if (key === undefined) return own;
    const mark = fingerprintOf({ name: notification.name, at });
    const holder = await claim(`broadcast-key:${app.id}:${key}`, `${own} ${mark}`, remember);
    const [id, before] = holder.split(' ') as [string, string];
    if (before !== mark) throw new ParleyError('error.platform.notification.key-reused');
    return id;
  }

  /** @throws `error.platform.notification.key-reused` if it is not the list of the broadcast, and what reading it throws */
  async function requireSameList(
    { list }: BroadcastRecord,
    { notification }: AskedBroadcast,
    lines: AsyncIterable<ListLine>,
  ): Promise<void> {
    if (list === (await fingerprintOfList(notification, lines, { most: mostRecipients }))) return;
    throw new ParleyError('error.platform.notification.key-reused');
  }

  async function require(id: string): Promise<BroadcastRecord> {
    const record = await store.get(id);
    if (record === undefined) throw new ParleyError('error.platform.notification.broadcast-unknown');
    return record;
  }

  /** Takes the list in while nobody else does. */
  async function receive(
    id: string,
    { notification, app, at }: AskedBroadcast,
    lines: AsyncIterable<ListLine>,
  ): Promise<BroadcastRecord> {
    const lease = leaseOf(id);
    if (receiving.has(id)) throw new ParleyError('error.platform.notification.broadcast-receiving');
    receiving.add(id);
    try {
      if (!(await lease.hold())) throw new ParleyError('error.platform.notification.broadcast-receiving');
      const begun: BroadcastRecord = {
        ...{ id, notification: notification.name, app: app.id, state: 'receiving', createdAt: clock.now() },
        ...(at === undefined ? {} : { at }),
        ...{ recipients: 0, duplicates: 0, malformed: { count: 0, first: [] } },
        ...{ done: 0, outcomes: NO_OUTCOMES, codes: {}, chunks: 0, next: 0 },
      };
      return await takeIn(begun, notification, lines, { store, clock, log, most: mostRecipients });
    } finally {
      // In this order: once it is no longer being received, a look around may take the same lease for the runner.
      await lease.release();
      receiving.delete(id);
    }
  }

  /** What was left behind goes on; a list that was being taken in has lost its sender. */
  async function takeUp(record: BroadcastRecord): Promise<void> {
    if (record.state === 'running') return runner.start(record.id);
    if (record.state !== 'receiving' || receiving.has(record.id)) return;
    const lease = leaseOf(record.id);
    try {
      if (await lease.hold()) await breakOff(store, record, clock.now());
    } finally {
      await lease.release();
    }
  }

  async function look(): Promise<void> {
    cancelled = await store.cancelled();
    for (const record of await store.all()) await takeUp(record);
  }

  function lookAgain(): void {
    if (closed || !isShared) return;
    cancelLook = clock.setTimeout(() => {
      look()
        .catch((error: unknown) => log.warn({ code: codeOf(error) }, 'could not look for broadcasts to go on with'))
        .finally(lookAgain);
    }, LOOK);
  }

  async function told(record: BroadcastRecord): Promise<BroadcastProgress> {
    const progress = progressOf(record);
    const isUnderWay = record.state === 'running' || record.state === 'receiving';
    return isUnderWay && (await store.isCancelled(record.id)) ? { ...progress, state: 'cancelled' } : progress;
  }

  return {
    async begin(asked, lines) {
      const id = await idFor(asked);
      const known = await store.get(id);
      if (known !== undefined && known.state !== 'broken-off' && known.state !== 'receiving') {
        await requireSameList(known, asked, lines);
        return told(await require(id));
      }
      const record = await receive(id, asked, lines);
      runner.start(id);
      return told(record);
    },

    progress: async (id) => told(await require(id)),

    async cancel(id) {
      const record = await require(id);
      await store.cancel(id);
      cancelled = new Set([...cancelled, id]);
      // Of one that is under way the record belongs to whoever is at it.
      if (record.state === 'done') await store.put({ ...record, state: 'cancelled' });
      return told(await require(id));
    },

    check(message) {
      for (const id of cancelled) {
        if (!message.startsWith(`${id}-`)) continue;
        const { code, message: reason } = new ParleyError('error.platform.send.cancelled');
        return { kind: 'deny', code, reason };
      }
      return undefined;
    },

    async erase(person) {
      for (const { id, state, next } of await store.all()) {
        if (state !== 'running' && state !== 'receiving') continue;
        for (let index = next; await eraseFrom(id, index, person); index++);
      }
    },

    async resume() {
      cancelled = await store.cancelled();
      const records = await store.all();
      // The engine begins to send once all plugins are set up.
      cancelLook = clock.setTimeout(() => {
        Promise.all(records.map(takeUp))
          .catch((error: unknown) => log.warn({ code: codeOf(error) }, 'broadcasts could not go on'))
          .finally(lookAgain);
      }, 0);
    },

    async close() {
      closed = true;
      cancelLook();
      await runner.close();
    },
  };

  /** Whether there is such a chunk. */
  async function eraseFrom(id: string, index: number, person: string): Promise<boolean> {
    const chunk = await store.chunk(id, index);
    if (chunk === undefined) return false;
    const without = chunk.map((listed) => (listed !== null && isPerson(listed.to, person) ? null : listed));
    if (without.every((listed, place) => listed === chunk[place])) return true;
    await store.putChunk(id, index, without);
    // It may have been dealt with meanwhile, and is not to be kept then.
    const now = await store.get(id);
    if (now === undefined || now.next > index) await store.dropChunk(id, index);
    return true;
  }
}

function isPerson(to: string, person: string): boolean {
  return personOf(to as Address) === person;
}
