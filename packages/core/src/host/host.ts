import type { AnyStateMachine } from 'xstate';
import type { HostDocument, HostEvent, HostStep } from './document.ts';
import { type DurableMachine, makeDurable } from './durable-machine.ts';
import { Life, type OnMove } from './life.ts';
import type { TaskFunction } from './logic.ts';

/** How to host a machine. */
export interface HostOptions {
  /** Names the machine in errors; its id unless set. */
  readonly name?: string;
  /**
   * Whether to look through input, events, context, output and what is emitted for what a document can not hold, and throw
   * `error.platform.bot.not-serialisable` with the path to it. For development: it walks everything at every step. Off
   * unless set.
   */
  readonly check?: boolean;
  /**
   * Told of every microstep of the machine and its children, also of states that are left again in the same step; and at the beginning of a step
   * of where each of them is. For tools that walk through machines. Default: nobody is.
   */
  readonly onMove?: OnMove;
}

/** Runs one machine, one event at a time, on plain JSON. Pure: the same document, event and time give the same step. */
export interface Host {
  /** Starts the machine. Throws what the machine throws. */
  start(input: unknown, now: number): HostStep;
  /**
   * Takes in one event. Throws what the machine throws; the document given is not changed by anything. What comes for
   * a timer, a task or a machine that is over changes nothing.
   *
   * @throws `error.platform.bot.not-restorable` when the document is not one of this machine's
   */
  step(document: HostDocument, event: HostEvent, now: number): HostStep;
  /**
   * Takes over a document of another version of the machine, whose snapshot fits this one's states, and makes it whole, in the
   * machine and its children: invokes of active states whose actor is missing are started, with an event
   * `parley.migrated`; `after` timers of active states that are not pending begin, with their full delay; actors, tasks and
   * `after` timers of states that are not active any more go. An invoked actor that stays goes on under the logic that
   * its invoke has now. No entry actions run.
   *
   * @throws `error.platform.bot.not-restorable` when there is a state or an actor in it that this machine does not have
   */
  adopt(document: HostDocument, now: number): HostStep;
  /** The function behind a task, `undefined` when this version of the machine does not have it. */
  taskFunction(name: string): TaskFunction | undefined;
  /** All functions behind its tasks. */
  taskFunctions(): Iterable<TaskFunction>;
  /** Whether any state of the machine has a transition for events of this type. */
  knows(eventType: string): boolean;
}

/**
 * Hosts a machine: XState's own, without a process that has to stay alive.
 *
 * ```ts
 * const host = createHost(machine);
 * let { document } = host.start(undefined, Date.now());
 * ({ document } = host.step(document, { kind: 'event', event: { type: 'next' } }, Date.now()));
 * ```
 *
 * @throws `error.platform.bot.not-durable`
 */
export function createHost(machine: AnyStateMachine, options: HostOptions = {}): Host {
  return new XStateHost(machine, options);
}

class XStateHost implements Host {
  readonly #durable: DurableMachine;
  readonly #eventTypes: readonly string[];
  readonly #name: string;
  readonly #checks: boolean;
  readonly #onMove: OnMove | undefined;
  /** The life that is being lived. XState runs synchronously, so there is one at most. */
  #life: Life | undefined;

  constructor(machine: AnyStateMachine, { name = machine.id, check = false, onMove }: HostOptions) {
    this.#name = name;
    this.#checks = check;
    this.#onMove = onMove;
    this.#eventTypes = machine.events as readonly string[];
    this.#durable = makeDurable(machine, name, (actor, task) => this.#life?.begun(actor, task));
  }

  start(input: unknown, now: number): HostStep {
    return this.#live(now, 0, (life) => life.begin(input));
  }

  step(document: HostDocument, event: HostEvent, now: number): HostStep {
    if (document.status !== 'active') return { document, emitted: [] };
    return this.#live(now, document.named, (life) => {
      life.resume(document);
      life.deliver(event);
    });
  }

  adopt(document: HostDocument, now: number): HostStep {
    if (document.status !== 'active') return { document, emitted: [] };
    return this.#live(now, document.named, (life) => life.adopt(document));
  }

  taskFunction(name: string): TaskFunction | undefined {
    return this.#durable.tasks.get(name);
  }

  taskFunctions(): Iterable<TaskFunction> {
    return this.#durable.tasks.values();
  }

  knows(eventType: string): boolean {
    return this.#eventTypes.some((known) => known === eventType || known === '*' || isPrefix(known, eventType));
  }

  #live(now: number, named: number, live: (life: Life) => void): HostStep {
    const before = this.#life;
    const life = new Life(this.#durable, { name: this.#name, checks: this.#checks, now, named, onMove: this.#onMove });
    this.#life = life;
    try {
      live(life);
      return life.end();
    } finally {
      life.leave();
      this.#life = before;
    }
  }
}

/** `message.*` is known for `message.received`. */
function isPrefix(known: string, eventType: string): boolean {
  return known.endsWith('.*') && (eventType.startsWith(known.slice(0, -1)) || eventType === known.slice(0, -2));
}
