import { type AnyActor, type AnyActorRef, type AnyEventObject, type AnyStateMachine, createActor } from 'xstate';
import type { PendingEvent } from './captive-clock.ts';
import { CaptiveClock } from './captive-clock.ts';
import type { PersistedSnapshot } from './snapshot.ts';

/** What a captive system tells while actors run in it. */
export interface Recording {
  emitted(event: AnyEventObject): void;
  /** Names an actor or a timer that has no name of its own. */
  newName(kind: 'actor' | 'timer'): string;
}

/**
 * An XState actor system in which machines come to life for one event and leave again. It lives as long as the
 * host: making one for every event took most of an event's time, since each brings weak maps that weigh on the
 * garbage collector.
 *
 * Machines run in it as children of an actor that does nothing, so that none of them is the system's root and what they throw
 * is reported to nobody but the host.
 */
export class CaptiveSystem {
  readonly #clock = new CaptiveClock();
  readonly #holder: AnyActor;
  readonly #system: InternalSystem;
  #recording: Recording | undefined;

  constructor() {
    this.#holder = createActor(NOTHING, { clock: this.#clock, logger: () => {} });
    this.#holder.start();
    this.#system = this.#holder.system as InternalSystem;
    this.#clock.watch(this.#system.scheduler, () => this.#name('timer'));
    // XState names an actor without an id by a counter of the process: after a restart it would give a name again that is
    // in a document already.
    this.#system._bookId = () => this.#name('actor');
    // The same events as `system.inspect` gives, without a copy of each for an observer.
    this.#system._sendInspectionEvent = (event) => this.#inspect(event);
  }

  /** Brings a machine to life; it does nothing yet. */
  create(
    machine: AnyStateMachine,
    options: { readonly input: unknown } | { readonly snapshot: PersistedSnapshot },
    recording: Recording,
  ): AnyActor {
    this.#recording = recording;
    return createActor(machine, { ...options, parent: this.#holder } as never);
  }

  get pending(): readonly PendingEvent[] {
    return this.#clock.pending;
  }

  schedule({ source, target, event, delay, id }: PendingEvent): void {
    this.#system.scheduler.schedule(source, target, event, delay, id);
  }

  fire(source: AnyActorRef, id: string): void {
    this.#clock.fire(source, id);
  }

  /** Forgets the actors of one life, and everything that they have scheduled. */
  release(actors: Iterable<AnyActorRef>): void {
    for (const { source, id } of this.#clock.pending) this.#system.scheduler.cancel(source, id);
    for (const actor of actors) this.#system._unregister(actor);
    this.#recording = undefined;
  }

  #name(kind: 'actor' | 'timer'): string {
    return this.#recording?.newName(kind) ?? kind;
  }

  #inspect(event: InspectedEvent): void {
    if (event.type !== '@xstate.action' || event.action?.type !== 'xstate.emit') return;
    this.#recording?.emitted((event.action.params as { readonly event: AnyEventObject }).event);
  }
}

/** What an actor system has beyond its published type. */
interface InternalSystem extends Omit<AnyActor['system'], '_sendInspectionEvent'> {
  _bookId(): string;
  _unregister(actor: AnyActorRef): void;
  _sendInspectionEvent(event: InspectedEvent): void;
}

interface InspectedEvent {
  readonly type: string;
  readonly action?: { readonly type: string; readonly params: unknown };
}

/** Logic that stays as it is, whatever happens. */
const NOTHING = {
  transition: <State>(state: State): State => state,
  getInitialSnapshot: () => ({ status: 'active' as const, output: undefined, error: undefined }),
  getPersistedSnapshot: <State>(state: State): State => state,
};
