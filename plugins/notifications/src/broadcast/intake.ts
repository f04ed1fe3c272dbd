import { address, type Clock, type Log, ParleyError, personOf } from '@parley/core';
import type { Notification } from '../definition/notification.ts';
import { createFingerprint, isRefusal } from '../sender.ts';
import type { BroadcastRecord } from './progress.ts';
import { type Listed, type ListLine, type Malformed, takeRecipient } from './recipient.ts';
import { type BroadcastStore, CHUNK } from './store.ts';

/** So many malformed lines are told of; the others are only counted. */
const MOST_TOLD = 100;

/** Progress is written after so many chunks. */
const CHUNKS_BETWEEN = 10;

export interface IntakeOptions {
  readonly store: BroadcastStore;
  readonly clock: Clock;
  readonly log: Log;
  /** How many recipients a list may have. */
  readonly most: number;
}

/**
 * Takes in the list of a broadcast, a chunk at a time, and answers with the record to run. Nobody is texted before all of it is stored: a list
 * that breaks off leaves nothing behind.
 *
 * @throws `error.platform.notification.too-many-recipients`, and what the list throws
 */
export async function takeIn(
  begun: BroadcastRecord,
  notification: Notification,
  lines: AsyncIterable<ListLine>,
  { store, clock, log, most }: IntakeOptions,
): Promise<BroadcastRecord> {
  const list = new List(notification, most);
  let record = begun;
  let writing: Promise<void> = Promise.resolve();

  /** While one chunk is being written, the next is read. */
  async function write(chunk: readonly Listed[]): Promise<void> {
    await writing;
    writing = store.putChunk(record.id, record.chunks, chunk);
    record = { ...record, ...list.counts, chunks: record.chunks + 1 };
    if (record.chunks % CHUNKS_BETWEEN === 0) await store.put(record);
  }

  try {
    await store.put(record);
    for await (const line of lines) {
      const chunk = list.add(line);
      if (chunk !== undefined) await write(chunk);
    }
    const rest = list.rest();
    if (rest.length > 0) await write(rest);
    await writing;
    record = { ...record, ...list.counts, state: 'running', list: list.fingerprint() };
    await store.put(record);
    return record;
  } catch (error) {
    await writing.catch(() => {});
    log.warn({ broadcast: record.id, recipients: list.counts.recipients }, 'a list of recipients broke off');
    await breakOff(store, { ...record, ...list.counts }, clock.now());
    throw error;
  }
}

/**
 * The fingerprint that a list has once it is taken in, without taking it in.
 *
 * @throws `error.platform.notification.too-many-recipients`, and what the list throws
 */
export async function fingerprintOfList(
  notification: Notification,
  lines: AsyncIterable<ListLine>,
  { most }: Pick<IntakeOptions, 'most'>,
): Promise<string> {
  const list = new List(notification, most);
  for await (const line of lines) list.add(line);
  return list.fingerprint();
}

/** Drops what there is of a list that ended early. */
export async function breakOff(store: BroadcastStore, record: BroadcastRecord, now: number): Promise<void> {
  for (let index = 0; (await store.chunk(record.id, index)) !== undefined; index++) {
    await store.dropChunk(record.id, index);
  }
  await store.put({ ...record, state: 'broken-off', finishedAt: now });
}

/** Sorts the lines of a list, and hands on those that are fine by the chunk. */
class List {
  readonly #notification: Notification;
  readonly #most: number;
  /** Numbers take less room than text, and 15 digits, the most that E.164 has, are exact. */
  readonly #seen = new Set<number | string>();
  readonly #told: Malformed[] = [];
  readonly #fingerprint = createFingerprint();
  #chunk: Listed[] = [];
  #malformed = 0;
  #duplicates = 0;

  constructor(notification: Notification, most: number) {
    this.#notification = notification;
    this.#most = most;
  }

  add(line: ListLine): readonly Listed[] | undefined {
    const listed = this.#take(line);
    if (listed === undefined) return undefined;
    this.#chunk.push(listed);
    return this.#chunk.length < CHUNK ? undefined : this.rest();
  }

  rest(): readonly Listed[] {
    const chunk = this.#chunk;
    this.#chunk = [];
    return chunk;
  }

  /** Of all who are to be texted, in their order. To be asked for once, at the end. */
  fingerprint(): string {
    return this.#fingerprint.digest();
  }

  get counts(): Pick<BroadcastRecord, 'recipients' | 'duplicates' | 'malformed'> {
    return {
      recipients: this.#seen.size,
      duplicates: this.#duplicates,
      malformed: { count: this.#malformed, first: this.#told },
    };
  }

  #take(line: ListLine): Listed | undefined {
    try {
      const listed = takeRecipient(this.#notification, line);
      const key = keyOf(listed.to);
      if (this.#seen.has(key)) {
        this.#duplicates += 1;
        return undefined;
      }
      if (this.#seen.size >= this.#most) {
        throw new ParleyError('error.platform.notification.too-many-recipients', { limit: this.#most });
      }
      this.#seen.add(key);
      this.#fingerprint.add({ to: listed.to, data: listed.data });
      return listed;
    } catch (error) {
      if (!isRefusal(error) || error.code === 'error.platform.notification.too-many-recipients') throw error;
      this.#malformed += 1;
      if (this.#told.length < MOST_TOLD) {
        this.#told.push({ line: line.line, code: error.code, reason: error.message });
      }
      return undefined;
    }
  }
}

/** One person, whatever the channel, is texted once. */
function keyOf(to: string): number | string {
  const person = personOf(address(to));
  return person.startsWith('+') ? Number(person.slice(1)) : person;
}
