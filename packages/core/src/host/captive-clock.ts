import type { AnyActor, AnyActorRef, AnyEventObject } from 'xstate';

/** A delayed event that XState asked for and that has not been delivered or cancelled. */
export interface PendingEvent {
  readonly source: AnyActorRef;
  readonly target: AnyActorRef;
  readonly event: AnyEventObject;
  readonly delay: number;
  readonly id: string;
}

type Scheduler = AnyActor['system']['scheduler'];

/**
 * A clock for XState that never rings by itself. It keeps every delayed event that is scheduled, oldest first, and
 * delivers the one that the host says is due. Two of the same id are both kept, as they are with a real clock.
 */
export class CaptiveClock {
  readonly #pending = new Map<number, { readonly scheduled: PendingEvent; readonly deliver: () => void }>();
  #handles = 0;
  #scheduling: PendingEvent | undefined;

  /** Learns what a scheduler schedules, and names what has no id with `nameOf`. */
  watch(scheduler: Scheduler, nameOf: () => string): void {
    const schedule = scheduler.schedule.bind(scheduler);
    scheduler.schedule = (source, target, event, delay, id = nameOf()) => {
      this.#scheduling = { source, target, event, delay, id };
      schedule(source, target, event, delay, id);
    };
  }

  get pending(): readonly PendingEvent[] {
    return [...this.#pending.values()].map(({ scheduled }) => scheduled);
  }

  /** Delivers the oldest pending event of this source and id. */
  fire(source: AnyActorRef, id: string): void {
    for (const [handle, { scheduled, deliver }] of this.#pending) {
      if (scheduled.source !== source || scheduled.id !== id) continue;
      this.#pending.delete(handle);
      deliver();
      return;
    }
  }

  setTimeout(deliver: () => void): number {
    const scheduled = this.#scheduling;
    if (scheduled === undefined) throw new Error('A time-out was set behind the back of the scheduler.');
    this.#scheduling = undefined;
    this.#pending.set(++this.#handles, { scheduled, deliver });
    return this.#handles;
  }

  clearTimeout(handle: number): void {
    this.#pending.delete(handle);
  }
}
