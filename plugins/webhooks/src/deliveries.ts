import { type ConversationKey, codeOf, type PluginContext } from '@parley/core';
import { Agent } from 'undici';
import type { WebhookEvent } from './events.ts';
import { post } from './post.ts';
import { createQueue } from './queue.ts';
import { createTurnstile } from './turnstile.ts';
import type { Endpoint } from './webhooks.ts';

/** What is told to one endpoint. */
export interface Deliveries {
  /** Resolves once the event is stored. */
  add(event: WebhookEvent): Promise<void>;
  /** Drops what waits of a person. */
  forget(person: string): Promise<void>;
  /** Goes on with what an earlier process has left. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

interface Patience {
  readonly timeout: number;
  readonly giveUpAfter: number;
}

/** The wait after the first failure; it doubles from there. */
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 3_600_000;

/** So many conversations are told of at once: ten thousand that wait for an endpoint shall not all knock at its door. */
const MOST_AT_ONCE = 10;

/** How long a process keeps others from telling of a conversation, besides the time that the endpoint may take. */
const LEASE = 120_000;

/** How long a request that is under way may still take when the process ends, in real milliseconds. */
const LAST_CALL = 2_000;

/**
 * A conversation rests, waits for its time (`timers`), or is told of (`running`). Only one delivery of it is under way, here and among
 * processes; what is added meanwhile has it look once more (`again`).
 */
export function createDeliveries(
  endpoint: Endpoint,
  { timeout, giveUpAfter }: Patience,
  context: PluginContext,
): Deliveries {
  const { name } = endpoint;
  const { claim, release, clock, log, newId } = context;
  const self = newId();
  const lease = LEASE + 2 * timeout;
  const queue = createQueue(name, self, context);
  const turnstile = createTurnstile(MOST_AT_ONCE);
  const dispatcher = new Agent({ connections: MOST_AT_ONCE });
  const stopping = new AbortController();
  const timers = new Map<ConversationKey, () => void>();
  const running = new Map<ConversationKey, { again: boolean; readonly done: Promise<void> }>();
  let closed = false;

  function plan(key: ConversationKey, wait: number): void {
    if (closed) return;
    timers.get(key)?.();
    const cancel = clock.setTimeout(() => {
      timers.delete(key);
      start(key);
    }, wait);
    timers.set(key, cancel);
  }

  function start(key: ConversationKey): void {
    const run = { again: false, done: Promise.resolve() };
    run.done = turnstile
      .run(() => tellOf(key))
      .then((wait) => {
        running.delete(key);
        if (wait !== undefined) plan(key, wait);
        else if (run.again) plan(key, 0);
      });
    running.set(key, run);
  }

  /** @returns after how long to go on, if anything is left. Never rejects. */
  async function tellOf(key: ConversationKey): Promise<number | undefined> {
    if (closed) return undefined;
    const turn = `${name} ${key}`;
    try {
      // Whoever has it goes on with what is added meanwhile; should it die, its claim runs out.
      if ((await claim(turn, self, lease)) !== self) return lease;
      const wait = await tellAll(key, clock.now() + LEASE / 2);
      await release(turn, self);
      // Another process may have added one after the last look, and then have been kept off.
      return wait ?? ((await queue.read(key)).ids.length > 0 ? 0 : undefined);
    } catch (error) {
      log.error({ endpoint: name, code: codeOf(error) }, 'events wait: the storage failed');
      return FIRST_WAIT;
    }
  }

  /** Until nothing is left, something has to wait, or the claim is about to run out: it can not be extended. */
  async function tellAll(key: ConversationKey, until: number): Promise<number | undefined> {
    let wait: number | undefined = 0;
    while (wait === 0 && !closed && clock.now() < until) wait = await tellNext(key);
    return wait;
  }

  /** Tells of the oldest event. */
  async function tellNext(key: ConversationKey): Promise<number | undefined> {
    const { ids, notBefore = 0 } = await queue.read(key);
    const [id] = ids;
    if (id === undefined) return undefined;
    if (notBefore > clock.now()) return notBefore - clock.now();
    const queued = await queue.event(key, id);
    const failure = queued && (await tell(queued.event));
    if (queued === undefined || failure === undefined) {
      await queue.remove(key, id);
      return 0;
    }
    // Cut off by our own end: not the endpoint's fault.
    if (stopping.signal.aborted) return 0;
    if (clock.now() - queued.addedAt >= giveUpAfter) {
      log.error({ endpoint: name, event: id, failure }, 'an event was given up');
      await queue.remove(key, id);
      return 0;
    }
    log.warn({ endpoint: name, event: id, failure }, 'an endpoint did not take an event; trying again');
    const again = await queue.postpone(key, (attempts) => clock.now() + waitAfter(attempts));
    return Math.max(1, again - clock.now());
  }

  async function tell(event: WebhookEvent): Promise<string | undefined> {
    // Not AbortSignal.any of AbortSignal.timeout: Node 20 may collect it as garbage, and then it never fires.
    const controller = new AbortController();
    const abort = () => controller.abort();
    const deadline = setTimeout(() => controller.abort(new DOMException('It took too long', 'TimeoutError')), timeout);
    stopping.signal.addEventListener('abort', abort);
    try {
      return await post(endpoint, event, { now: clock.now(), dispatcher, signal: controller.signal });
    } finally {
      clearTimeout(deadline);
      stopping.signal.removeEventListener('abort', abort);
    }
  }

  return {
    async add(event) {
      const { conversation } = event.data;
      await queue.add(event);
      const run = running.get(conversation);
      if (run !== undefined) run.again = true;
      // One that waits for another try has its time.
      else if (!timers.has(conversation)) plan(conversation, 0);
    },

    forget: (person) => queue.forget(person),

    async resume() {
      for await (const key of queue.conversations()) plan(key, 0);
    },

    async close() {
      closed = true;
      for (const cancel of timers.values()) cancel();
      const lastCall = setTimeout(() => stopping.abort(), LAST_CALL);
      await Promise.all([...running.values()].map(({ done }) => done));
      clearTimeout(lastCall);
      await queue.settled();
      await dispatcher.destroy();
    },
  };
}

function waitAfter(attempts: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempts);
}
