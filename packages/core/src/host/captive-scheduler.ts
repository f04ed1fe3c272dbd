import type { AnyActorRef, AnyEventObject } from 'xstate';

/** A delayed event that has been asked for and neither delivered nor cancelled. */
export interface PendingEvent {
  readonly source: AnyActorRef;
  readonly target: AnyActorRef;
  readonly event: AnyEventObject;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  readonly id: string;
  /** Whether its id still stands for it: see {@link CaptiveScheduler}. */
  readonly isCancellable: boolean;
}

/**
 * Keeps the delayed events of a system, oldest first, and delivers the one that the host says is due.
 *
 * It does with ids what XState's own scheduler does: of two pending events of one source and id both come, and the id
 * stands for the later one. Once either has come, or the later one is cancelled, it stands for none of them.
 */
export class CaptiveScheduler {
  readonly #now: number;
  readonly #nameTimer: () => string;
  readonly #deliver: (source: AnyActorRef, target: AnyActorRef, event: AnyEventObject) => void;
  #pending: PendingEvent[] = [];

  constructor(
    now: number,
    nameTimer: () => string,
    deliver: (source: AnyActorRef, target: AnyActorRef, event: AnyEventObject) => void,
  ) {
    this.#now = now;
    this.#nameTimer = nameTimer;
    this.#deliver = deliver;
  }

  get pending(): readonly PendingEvent[] {
    return this.#pending;
  }

  /** Called by XState. Throws a `RangeError` for a delay that is no time. */
  schedule(
    source: AnyActorRef,
    target: AnyActorRef,
    event: AnyEventObject,
    delay: number,
    id: string = this.#nameTimer(),
  ): void {
    if (!Number.isFinite(delay)) throw new RangeError(`The delay of ${id} is ${delay}, which is no time.`);
    this.#release(source, id);
    this.#pending.push({ source, target, event, dueAt: this.#now + delay, id, isCancellable: true });
  }

  /** Called by XState. */
  cancel(source: AnyActorRef, id: string): void {
    this.#pending = this.#pending.filter((one) => !(one.isCancellable && one.source === source && one.id === id));
  }

  /** Called by XState when an actor stops. */
  cancelAll(source: AnyActorRef): void {
    if (this.#pending.length === 0) return;
    this.#pending = this.#pending.filter((one) => !(one.isCancellable && one.source === source));
  }

  /** Takes up again what an earlier step has left, in its order. */
  restore(event: PendingEvent): void {
    this.#pending.push(event);
  }

  /** Delivers an event now; nothing when it is not pending. */
  fire(event: PendingEvent): void {
    const index = this.#pending.indexOf(event);
    if (index === -1) return;
    this.#pending.splice(index, 1);
    this.#release(event.source, event.id);
    this.#deliver(event.source, event.target, event.event);
  }

  /** Lets an id stand for nothing, so that what it stood for comes for certain. */
  #release(source: AnyActorRef, id: string): void {
    const index = this.#pending.findIndex((one) => one.isCancellable && one.source === source && one.id === id);
    const held = this.#pending[index];
    if (held !== undefined) this.#pending[index] = { ...held, isCancellable: false };
  }
}
