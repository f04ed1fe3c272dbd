import { type ConversationKey, codeOf, type PluginContext } from '@parley/core';
import { request } from 'undici';
import type { WebhookEvent } from './events.ts';
import { signatureOf } from './signature.ts';
import type { Endpoint } from './webhooks.ts';

/** What is told to one endpoint. */
export interface Deliveries {
  /** Resolves once the event is stored. */
  add(event: WebhookEvent): Promise<void>;
  /** Goes on with what an earlier process has left. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

interface Patience {
  readonly timeout: number;
  readonly giveUpAfter: number;
}

/** The events of one conversation that an endpoint has not taken yet, oldest first. */
interface Waiting {
  readonly events: readonly WebhookEvent[];
  /** When the first of them was first tried. */
  readonly since?: number;
  readonly attempts: number;
}

const NONE: Waiting = { events: [], attempts: 0 };

/** The wait after the first failure; it doubles from there. */
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 3_600_000;

/** So many events of one conversation wait at most; the oldest go. */
const MOST_WAITING = 1_000;

/** How long a process keeps others from telling of a conversation. */
const LEASE = 120_000;

/** A process that dies while it changes a list keeps others from it for so long. */
const LOCK = 10_000;

/** Real time: other processes are waited for. */
const LOCK_WAIT = 5;

export function createDeliveries(
  { name, url, secret }: Endpoint,
  { timeout, giveUpAfter }: Patience,
  { keyv, claim, release, clock, log, newId }: PluginContext,
): Deliveries {
  const self = newId();
  /** What is done to one conversation is done one after the other. */
  const lines = new Map<ConversationKey, Promise<void>>();
  const timers = new Map<ConversationKey, () => void>();
  let closed = false;

  function inLine(key: ConversationKey, work: () => Promise<void>): Promise<void> {
    const alone = () => whileAlone(key, work);
    const next = (lines.get(key) ?? Promise.resolve()).then(alone, alone);
    lines.set(key, next);
    const forget = () => {
      if (lines.get(key) === next) lines.delete(key);
    };
    next.then(forget, forget);
    return next;
  }

  /** Keeps other processes from the same list meanwhile. */
  async function whileAlone(key: ConversationKey, work: () => Promise<void>): Promise<void> {
    const lock = `list ${name} ${key}`;
    while ((await claim(lock, self, LOCK)) !== self) await new Promise((resolve) => setTimeout(resolve, LOCK_WAIT));
    try {
      await work();
    } finally {
      await release(lock, self);
    }
  }

  async function read(key: ConversationKey): Promise<Waiting> {
    return (await keyv.get<Waiting>(`${name} ${key}`)) ?? NONE;
  }

  async function write(key: ConversationKey, waiting: Waiting): Promise<void> {
    if (waiting.events.length === 0) await keyv.delete(`${name} ${key}`);
    else await keyv.set(`${name} ${key}`, waiting);
  }

  function plan(key: ConversationKey, wait: number): void {
    if (closed) return;
    timers.get(key)?.();
    const cancel = clock.setTimeout(() => {
      timers.delete(key);
      void deliverAll(key);
    }, wait);
    timers.set(key, cancel);
  }

  async function deliverAll(key: ConversationKey): Promise<void> {
    try {
      const holder = await claim(`${name} ${key}`, self, LEASE);
      // Whoever has it goes on with what is added meanwhile; should it die, its claim runs out.
      if (holder !== self) return plan(key, LEASE);
      while (!closed && (await deliverNext(key)));
      await release(`${name} ${key}`, self);
    } catch (error) {
      log.error({ endpoint: name, code: codeOf(error) }, 'events wait: the storage failed');
      plan(key, FIRST_WAIT);
    }
  }

  /** Tells of the oldest event; `false` when there is none, or it has to wait. */
  async function deliverNext(key: ConversationKey): Promise<boolean> {
    const { events } = await read(key);
    const [event] = events;
    if (event === undefined) return false;
    const failure = await post(event);
    let goesOn = true;
    await inLine(key, async () => {
      const waiting = await read(key);
      const since = waiting.since ?? clock.now();
      if (failure === undefined || clock.now() - since >= giveUpAfter) {
        if (failure !== undefined) log.error({ endpoint: name, event: event.id, failure }, 'an event was given up');
        return write(key, { events: waiting.events.filter(({ id }) => id !== event.id), attempts: 0 });
      }
      goesOn = false;
      log.warn({ endpoint: name, event: event.id, failure }, 'an endpoint did not take an event; trying again');
      await write(key, { ...waiting, since, attempts: waiting.attempts + 1 });
      plan(key, Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** waiting.attempts));
    });
    return goesOn;
  }

  /** @returns why it was not taken. */
  async function post(event: WebhookEvent): Promise<string | undefined> {
    const body = JSON.stringify(event);
    const timestamp = Math.floor(clock.now() / 1000);
    try {
      const response = await request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': event.id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signatureOf(secret, event.id, timestamp, body),
        },
        body,
        signal: AbortSignal.timeout(timeout),
      });
      await response.body.dump();
      return response.statusCode >= 200 && response.statusCode < 300 ? undefined : `HTTP ${response.statusCode}`;
    } catch (error) {
      return codeOf(error);
    }
  }

  return {
    async add(event) {
      const { conversation } = event.data;
      await inLine(conversation, async () => {
        const waiting = await read(conversation);
        if (waiting.events.some(({ id }) => id === event.id)) return;
        await write(conversation, { ...waiting, events: [...waiting.events, event].slice(-MOST_WAITING) });
      });
      // One that waits for another try has its time.
      if (!timers.has(conversation)) plan(conversation, 0);
    },

    async resume() {
      if (keyv.iterator === undefined) return;
      for await (const [key] of keyv.iterator(undefined) as AsyncIterable<[string, Waiting]>) {
        if (key.startsWith(`${name} `)) plan(key.slice(name.length + 1) as ConversationKey, 0);
      }
    },

    async close() {
      closed = true;
      for (const cancel of timers.values()) cancel();
      await Promise.allSettled(lines.values());
    },
  };
}
