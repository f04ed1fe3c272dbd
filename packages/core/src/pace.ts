import { type Address, isNamed } from './address.ts';
import type { Clock } from './runtime.ts';

/** How fast an app may send. */
export interface Pace {
  /** Messages a second and process, on average; `undefined`: as fast as the provider takes them. */
  readonly perSecond: number | undefined;
  /** Messages a day (UTC) and process; `undefined`: no limit. */
  readonly perDay: number | undefined;
}

/**
 * What carriers let a sender send in a second (docs/reference/twilio.md, Rates). Of a messaging service only its owner knows
 * how many senders it has.
 */
export function carrierRate(sender: Address): number | undefined {
  if (isNamed(sender)) return undefined;
  if (/^[a-z]+:/.test(sender)) return 80;
  if (/^\d{3,8}$/.test(sender)) return 10;
  if (/^\+1(800|833|844|855|866|877|888)/.test(sender)) return 3;
  return sender.startsWith('+') ? 1 : undefined;
}

/** Who goes first when there is not room for all: people who wait for an answer, ahead of what nobody has asked for. */
export type Priority = 'reply' | 'notification';

/** Go, or come back later: milliseconds from now. */
export type Admission = { readonly kind: 'go' } | { readonly kind: 'later'; readonly wait: number };

/** A queue is no longer than what a sender sends in this time; the rest waits in its documents. In milliseconds. */
const LONGEST_QUEUE = 15_000;

const SECOND = 1000;

/**
 * Lets each sender send at its pace: a second's worth at once, then one after the other, replies first. Conversations take
 * turns, as each has one message here at most.
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #senders = new Map<Address, Sender>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param perSecond the sender's pace; it may change from call to call. */
  admit(sender: Address, perSecond: number | undefined, priority: Priority): Promise<Admission> {
    if (perSecond === undefined) return GO;
    let paced = this.#senders.get(sender);
    if (paced === undefined) {
      paced = new Sender(this.#clock);
      this.#senders.set(sender, paced);
    }
    return paced.admit(perSecond, priority);
  }

  /** Lets nobody in any more; those that wait come back later. */
  stop(): void {
    for (const sender of this.#senders.values()) sender.stop();
  }
}

const GO: Promise<Admission> = Promise.resolve({ kind: 'go' });

class Sender {
  readonly #clock: Clock;
  readonly #waiting: Readonly<Record<Priority, ((admission: Admission) => void)[]>> = { reply: [], notification: [] };
  /** How many may go at once; grows with time up to a second's worth. */
  #room: number | undefined;
  #countedAt = 0;
  #perSecond = 1;
  #planned = false;
  #stopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  admit(perSecond: number, priority: Priority): Promise<Admission> {
    this.#perSecond = perSecond;
    const { reply, notification } = this.#waiting;
    const ahead = reply.length + (priority === 'reply' ? 0 : notification.length);
    const wait = (ahead / perSecond) * SECOND;
    if (wait > LONGEST_QUEUE || this.#stopped) return Promise.resolve({ kind: 'later', wait: Math.ceil(wait) });
    return new Promise((resolve) => {
      this.#waiting[priority].push(resolve);
      this.#letIn();
    });
  }

  stop(): void {
    this.#stopped = true;
    for (const queue of Object.values(this.#waiting)) {
      for (const resolve of queue.splice(0)) resolve({ kind: 'later', wait: 0 });
    }
  }

  #letIn(): void {
    this.#count();
    while (this.#room !== undefined && this.#room >= 1) {
      const next = this.#waiting.reply.shift() ?? this.#waiting.notification.shift();
      if (next === undefined) return;
      this.#room -= 1;
      next({ kind: 'go' });
    }
    this.#plan();
  }

  #count(): void {
    const now = this.#clock.monotonic();
    const most = Math.max(1, this.#perSecond);
    const grown = this.#room === undefined ? most : this.#room + ((now - this.#countedAt) / SECOND) * this.#perSecond;
    this.#room = Math.min(most, grown);
    this.#countedAt = now;
  }

  #plan(): void {
    const { reply, notification } = this.#waiting;
    if (this.#planned || reply.length + notification.length === 0) return;
    this.#planned = true;
    const wait = ((1 - (this.#room ?? 0)) / this.#perSecond) * SECOND;
    this.#clock.setTimeout(() => {
      this.#planned = false;
      this.#letIn();
    }, Math.ceil(wait));
  }
}
