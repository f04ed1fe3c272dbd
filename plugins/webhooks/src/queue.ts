import { type ConversationKey, type PluginContext, partiesOf, personOf } from '@parley/core';
import type { WebhookEvent } from './events.ts';

/** An event that waits, and since when. */
export interface Queued {
  readonly event: WebhookEvent;
  readonly addedAt: number;
}

/** The events of one conversation that an endpoint has not taken yet. */
export interface Waiting {
  /** Oldest first. */
  readonly ids: readonly string[];
  /** How often the first was tried. */
  readonly attempts: number;
  /** When it is to be tried again. */
  readonly notBefore?: number;
}

/** What waits for one endpoint, in the storage: for each conversation a list of ids, and every event by itself. */
export interface Queue {
  /** Adds an event behind those of its conversation. */
  add(event: WebhookEvent): Promise<void>;
  read(key: ConversationKey): Promise<Waiting>;
  event(key: ConversationKey, id: string): Promise<Queued | undefined>;
  /** Takes the event away; whatever comes next has not been tried. */
  remove(key: ConversationKey, id: string): Promise<void>;
  /** Notes a failure; resolves to when it is to be tried again. */
  postpone(key: ConversationKey, notBefore: (attempts: number) => number): Promise<number>;
  /** Drops what waits of a person's conversations. */
  forget(person: string): Promise<void>;
  /** The conversations of which something waits. */
  conversations(): AsyncIterable<ConversationKey>;
  /** Resolves when nothing is being written. */
  settled(): Promise<void>;
}

const NONE: Waiting = { ids: [], attempts: 0 };

/** So many events of one conversation wait at most; the oldest go. */
const MOST_WAITING = 1_000;

/** A process that dies while it changes a list keeps others from it for so long, in milliseconds. */
const LOCK = 10_000;

/** Real time: other processes are waited for. */
const LOCK_WAIT = 5;

/** @param self names this process among those that share the storage. */
export function createQueue(name: string, self: string, { keyv, claim, release, clock, log }: PluginContext): Queue {
  /** What is done to one conversation is done one after the other. */
  const lines = new Map<ConversationKey, Promise<void>>();
  const listOf = (key: ConversationKey) => `${name} list ${key}`;
  const eventOf = (key: ConversationKey, id: string) => `${name} event ${key} ${id}`;

  function inLine(key: ConversationKey, work: () => Promise<void>): Promise<void> {
    const alone = () => whileAlone(key, work);
    const next = (lines.get(key) ?? Promise.resolve()).then(alone, alone);
    lines.set(key, next);
    const done = () => {
      if (lines.get(key) === next) lines.delete(key);
    };
    next.then(done, done);
    return next;
  }

  /** Keeps other processes from the same list meanwhile. */
  async function whileAlone(key: ConversationKey, work: () => Promise<void>): Promise<void> {
    const lock = `lock ${name} ${key}`;
    while ((await claim(lock, self, LOCK)) !== self) await new Promise((resolve) => setTimeout(resolve, LOCK_WAIT));
    try {
      await work();
    } finally {
      await release(lock, self);
    }
  }

  const read = async (key: ConversationKey) => (await keyv.get<Waiting>(listOf(key))) ?? NONE;

  async function write(key: ConversationKey, waiting: Waiting): Promise<void> {
    if (waiting.ids.length === 0) await keyv.delete(listOf(key));
    else await keyv.set(listOf(key), waiting);
  }

  async function* conversations(): AsyncGenerator<ConversationKey> {
    const prefix = `${name} list `;
    for await (const [key] of keyv.iterator?.(undefined) ?? []) {
      if (String(key).startsWith(prefix)) yield String(key).slice(prefix.length) as ConversationKey;
    }
  }

  return {
    add(event) {
      const { conversation } = event.data;
      return inLine(conversation, async () => {
        const waiting = await read(conversation);
        if (waiting.ids.includes(event.id)) return;
        const ids = [...waiting.ids, event.id];
        const dropped = ids.splice(0, ids.length - MOST_WAITING);
        // The event goes first: one that no list names is told to nobody, and a list that names nothing would stop.
        await keyv.set(eventOf(conversation, event.id), { event, addedAt: clock.now() } satisfies Queued);
        await write(conversation, { ...waiting, ids });
        for (const id of dropped) {
          log.error({ endpoint: name, event: id }, 'an event was dropped: too many of its conversation wait');
          await keyv.delete(eventOf(conversation, id));
        }
      });
    },

    read,
    event: (key, id) => keyv.get<Queued>(eventOf(key, id)),

    remove: (key, id) =>
      inLine(key, async () => {
        const { ids } = await read(key);
        await write(key, { ids: ids.filter((one) => one !== id), attempts: 0 });
        await keyv.delete(eventOf(key, id));
      }),

    async postpone(key, notBefore) {
      let until = 0;
      await inLine(key, async () => {
        const waiting = await read(key);
        until = notBefore(waiting.attempts);
        await write(key, { ids: waiting.ids, attempts: waiting.attempts + 1, notBefore: until });
      });
      return until;
    },

    async forget(person) {
      const theirs: ConversationKey[] = [];
      for await (const key of conversations()) if (personOf(partiesOf(key).theirs) === person) theirs.push(key);
      for (const key of theirs) {
        await inLine(key, async () => {
          const { ids } = await read(key);
          await write(key, NONE);
          for (const id of ids) await keyv.delete(eventOf(key, id));
        });
      }
    },

    conversations,

    async settled() {
      await Promise.allSettled(lines.values());
    },
  };
}
