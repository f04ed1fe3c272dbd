import { type AnyActor, type AnyActorRef, type AnyEventObject, type AnyStateMachine, createActor } from 'xstate';
import { CaptiveScheduler } from './captive-scheduler.ts';
import type { PersistedSnapshot } from './snapshot.ts';

/** What a captive system tells while actors run in it. */
export interface Recording {
  /** An actor has been made and not yet initialised. May refuse it by throwing. */
  created(actor: CaptiveActor, isRoot: boolean): void;
  emitted(event: AnyEventObject): void;
  /** An actor has taken a microstep, or has come back from a document. */
  moved(actor: CaptiveActor, move: Move): void;
  /** Names a timer that has no id of its own. */
  nameTimer(): string;
}

/** As much of XState's news of a microstep as it takes to see where a machine is; actors that are no machines have no nodes. */
export interface Move {
  readonly snapshot: { readonly _nodes?: readonly { readonly id: string }[] };
  readonly _transitions?: readonly { readonly source: { readonly id: string } }[];
}

/** An actor with what the host touches beyond its published type. */
export interface CaptiveActor extends Omit<AnyActor, '_parent' | 'logic' | 'id' | 'src'> {
  id: string;
  src: unknown;
  logic: unknown;
  _parent: CaptiveActor | undefined;
  readonly _actorScope: { id: string; emit(event: AnyEventObject): void };
}

/**
 * An XState actor system in which a machine comes to life for one event. It stands in for the system that XState makes
 * with every root actor, has no clock that runs, and when its step is over nothing that is sent in it arrives any more.
 */
export class CaptiveSystem {
  readonly scheduler: CaptiveScheduler;
  /** The actors that run, in the order of their start. */
  readonly running: Set<AnyActorRef> = new Set();
  /** While a document is brought back, actors take up again what they are: nobody is told anything. */
  isRestoring = false;
  readonly #recording: Recording;
  readonly #keyed = new Map<string, AnyActorRef>();
  #sessions = 0;
  #hasRoot = false;
  #isOver = false;

  constructor(recording: Recording, now: number) {
    this.#recording = recording;
    this.scheduler = new CaptiveScheduler(
      now,
      () => recording.nameTimer(),
      (source, target, event) => this._relay(source, target, event),
    );
  }

  /** Makes the root actor of a machine; it does nothing yet. */
  create(
    machine: AnyStateMachine,
    options: { readonly input: unknown } | { readonly snapshot: PersistedSnapshot },
  ): AnyActor {
    // An actor asks its parent for its system. This is all of the parent that there is: see `_sendInspectionEvent`.
    const root: AnyActor = createActor(machine, { ...options, id: machine.id, parent: { system: this } } as never);
    // Without anybody who listens to its errors, a root actor throws them at the whole process.
    root.subscribe({ error: () => {} });
    return root;
  }

  /** The step is over: what somebody kept of its actors is dead from here on. */
  end(): void {
    this.#isOver = true;
  }

  get(systemId: string): AnyActorRef | undefined {
    return this.#keyed.get(systemId);
  }

  getAll(): Record<string, AnyActorRef> {
    return Object.fromEntries(this.#keyed);
  }

  inspect(): { unsubscribe(): void } {
    return { unsubscribe: () => {} };
  }

  getSnapshot(): { readonly _scheduledEvents: Record<string, never> } {
    return { _scheduledEvents: {} };
  }

  start(): void {}

  readonly _clock: { setTimeout(): number; clearTimeout(): void } = INERT_CLOCK;

  _logger(): void {}

  _bookId(): string {
    this.#sessions += 1;
    return `session-${this.#sessions}`;
  }

  _register(sessionId: string, actor: AnyActorRef): string {
    this.running.add(actor);
    return sessionId;
  }

  _unregister(actor: AnyActorRef): void {
    this.running.delete(actor);
    const { systemId } = actor as { readonly systemId?: string };
    if (systemId !== undefined && this.#keyed.get(systemId) === actor) this.#keyed.delete(systemId);
  }

  _set(systemId: string, actor: AnyActorRef): void {
    const existing = this.#keyed.get(systemId);
    if (existing !== undefined && existing !== actor) {
      throw new Error(`Actor with system ID '${systemId}' already exists.`);
    }
    this.#keyed.set(systemId, actor);
  }

  _relay(_source: unknown, target: AnyActorRef, event: AnyEventObject): void {
    if (this.isRestoring || this.#isOver) return;
    (target as unknown as { _send(event: AnyEventObject): void })._send(event);
  }

  _sendInspectionEvent(event: { readonly type: string; readonly actorRef: unknown }): void {
    const actor = event.actorRef as CaptiveActor;
    if (event.type === '@xstate.microstep' || event.type === '@xstate.snapshot') {
      return this.#recording.moved(actor, event as typeof event & Move);
    }
    if (event.type !== '@xstate.actor') return;
    const isRoot = !this.#hasRoot;
    if (isRoot) {
      this.#hasRoot = true;
      actor._parent = undefined;
    }
    actor._actorScope.emit = (emitted) => {
      if (!this.#isOver) this.#recording.emitted(emitted);
    };
    this.#recording.created(actor, isRoot);
  }
}

const INERT_CLOCK = { setTimeout: () => 0, clearTimeout: () => {} };
