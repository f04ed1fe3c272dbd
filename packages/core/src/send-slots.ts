import type { Priority } from './pace.ts';
import type { Clock } from './runtime.ts';

/** Room to send, or how long to stay away, in milliseconds. */
export type Room =
  | { readonly kind: 'room'; readonly leave: () => void }
  | { readonly kind: 'later'; readonly wait: number };

/** The queue has so many places for each send that is under way; whoever comes later waits in its document. */
const PLACES = 200;

/** Nobody is sent away for less than this, as coming back costs a turn. In milliseconds. */
const SHORTEST_WAIT = 2_000;

/**
 * Lets only so many sends be under way at a time, replies first. A provider takes but so many requests at once, and one that waits
 * for a connection uses up the time that it has for its answer.
 */
export class SendSlots {
  readonly #clock: Clock;
  readonly #atOnce: number;
  readonly #waiting: Readonly<Record<Priority, ((room: Room) => void)[]>> = { reply: [], notification: [] };
  #inUse = 0;
  #sentAway = 0;
  /** How long a send takes, in milliseconds: the newer count for more. */
  #duration = 200;

  constructor(clock: Clock, atOnce: number) {
    this.#clock = clock;
    this.#atOnce = atOnce;
  }

  take(priority: Priority): Promise<Room> {
    const { reply, notification } = this.#waiting;
    const ahead = reply.length + (priority === 'reply' ? 0 : notification.length);
    if (ahead >= this.#atOnce * PLACES) return Promise.resolve({ kind: 'later', wait: this.#waitBehind(ahead) });
    return new Promise((resolve) => {
      this.#waiting[priority].push(resolve);
      this.#letIn();
    });
  }

  /** Lets nobody in any more. */
  stop(): void {
    for (const queue of Object.values(this.#waiting)) {
      for (const resolve of queue.splice(0)) resolve({ kind: 'later', wait: 0 });
    }
  }

  /** Each that is sent away comes behind those that were sent away before it. */
  #waitBehind(ahead: number): number {
    this.#sentAway += 1;
    const wait = ((ahead + this.#sentAway) / this.#atOnce) * this.#duration;
    this.#clock.setTimeout(() => {
      this.#sentAway -= 1;
    }, wait);
    return Math.max(SHORTEST_WAIT, wait);
  }

  #letIn(): void {
    while (this.#inUse < this.#atOnce) {
      const next = this.#waiting.reply.shift() ?? this.#waiting.notification.shift();
      if (next === undefined) return;
      this.#inUse += 1;
      const since = this.#clock.monotonic();
      let isOver = false;
      const leave = () => {
        if (isOver) return;
        isOver = true;
        this.#inUse -= 1;
        this.#duration = this.#duration * 0.9 + (this.#clock.monotonic() - since) * 0.1;
        this.#letIn();
      };
      next({ kind: 'room', leave });
    }
  }
}
