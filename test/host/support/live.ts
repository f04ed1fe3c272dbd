import { type AnyActor, type AnyActorRef, type AnyEventObject, createActor, SimulatedClock } from 'xstate';
import { begunPromises, forgetPromises } from './controlled.ts';
import { Anonymous, comparable, present, type RefView } from './normalise.ts';
import { type ActorView, choose, type Happening, type Scenario, type TimerView, type View } from './scenario.ts';

interface Scheduled {
  readonly source: AnyActorRef;
  readonly target: AnyActorRef;
  readonly event: AnyEventObject;
}

/** A simulated clock that knows what each of its timeouts will deliver. */
class KnowingClock extends SimulatedClock {
  readonly scheduled = new Map<number, Scheduled & { readonly dueAt: number }>();
  scheduling: Scheduled | undefined;
  afterDelivery: () => void = () => {};

  override setTimeout(deliver: (...args: never[]) => void, delay: number): number {
    const id: number = super.setTimeout(() => {
      this.scheduled.delete(id);
      (deliver as () => void)();
      this.afterDelivery();
    }, delay);
    if (this.scheduling !== undefined) this.scheduled.set(id, { ...this.scheduling, dueAt: this.now() + delay });
    return id;
  }

  override clearTimeout(id: number): void {
    this.scheduled.delete(id);
    super.clearTimeout(id);
  }
}

/**
 * Plays a scenario on XState's own actor, and says what can be seen after the start and after each happening.
 *
 * @param letsGo whether to stop after a step what a host lets go of: see differences.ts
 */
export async function playLive({ machine, input, script }: Scenario, letsGo = true): Promise<readonly View[]> {
  const run = new LiveRun(letsGo);
  const views = [run.start(createActor(machine, run.options(machine.id, input) as never))];
  for (const happening of script) views.push(await run.take(happening));
  run.leave();
  return views;
}

class LiveRun {
  readonly #clock = new KnowingClock();
  readonly #anonymous = new Anonymous();
  #created: AnyActorRef[] = [];
  #emitted: AnyEventObject[] = [];
  readonly #letsGo: boolean;
  #root!: AnyActor;

  constructor(letsGo: boolean) {
    this.#letsGo = letsGo;
  }

  options(id: string, input: unknown) {
    return {
      id,
      input,
      clock: this.#clock,
      logger: () => {},
      inspect: (event: { readonly type: string; readonly actorRef: AnyActorRef }) => {
        if (event.type !== '@xstate.actor') return;
        this.#created.push(event.actorRef);
        event.actorRef.on('*', (emitted: AnyEventObject) => this.#emitted.push(emitted));
      },
    };
  }

  start(root: AnyActor): View {
    this.#root = root;
    const { scheduler } = root.system as unknown as { scheduler: AnyActor['system']['scheduler'] };
    const schedule = scheduler.schedule.bind(scheduler);
    scheduler.schedule = (source, target, event, delay, id) => {
      this.#clock.scheduling = { source, target, event };
      schedule(source, target, event, delay, id);
    };
    root.subscribe({ error: () => {} });
    root.start();
    this.#clock.afterDelivery = () => this.#letGo();
    this.#letGo();
    return this.#view();
  }

  async take(happening: Happening): Promise<View> {
    if ('send' in happening) this.#root.send(happening.send);
    else if ('advance' in happening) this.#advance(happening.advance);
    else await this.#settle(happening);
    this.#letGo();
    return this.#view();
  }

  leave(): void {
    if (this.#root.getSnapshot().status === 'active') this.#root.stop();
    forgetPromises(this.#created);
  }

  /**
   * Stops what a host lets go of after a step, as differences.ts says: the actors below a machine that has failed, of two of
   * one id the first, and delayed events to actors that have stopped.
   */
  #letGo(): void {
    if (!this.#letsGo) return;
    const kept = this.#actors();
    const before = this.#emitted.length;
    const gone = this.#created.filter((actor) => !kept.has(actor) || !isReached(actor));
    for (const actor of gone) stop(actor);
    forgetPromises(gone);
    this.#created = this.#created.filter((actor) => kept.has(actor) && isReached(actor));
    for (const [id, { target }] of this.#clock.scheduled) {
      if (!kept.has(target) || statusOf(target) !== 'active' || !isReached(target)) this.#clock.clearTimeout(id);
    }
    // A host lets go without a word.
    this.#emitted.length = before;
  }

  /** One due time after the other: the clock by itself would jump to the end first. */
  #advance(duration: number): void {
    const end = this.#clock.now() + duration;
    for (;;) {
      const next = Math.min(...[...this.#clock.scheduled.values()].map(({ dueAt }) => dueAt));
      if (next > end) break;
      this.#clock.set(Math.max(next, this.#clock.now()));
    }
    this.#clock.set(end);
  }

  async #settle(happening: Exclude<Happening, { readonly send: unknown } | { readonly advance: unknown }>) {
    const path = 'resolve' in happening ? happening.resolve : happening.reject;
    const actors = this.#actors();
    const pending = [...begunPromises()].filter(
      ([actor]) => actors.has(actor) && actor.getSnapshot().status === 'active',
    );
    const found = choose(path, pending, ([actor]) => this.#anonymous.rename(actors.get(actor)));
    if (found === undefined) return;
    const [, settle] = found;
    if ('resolve' in happening) settle.resolve(happening.output);
    else settle.reject(happening.error);
    await new Promise((resolve) => setImmediate(resolve));
  }

  #view(): View {
    const emitted = this.#emitted;
    this.#emitted = [];
    const snapshot = this.#root.getSnapshot();
    const paths = this.#actors();
    const refOf = (value: object): RefView | undefined => {
      if (!isActor(value)) return undefined;
      const path = isReached(value) ? paths.get(value) : undefined;
      return { actor: path ?? `gone ${value.id}` };
    };
    const { status } = snapshot;
    if (status === 'error') return { status, error: comparable(snapshot.error, refOf) };
    const view: View = {
      status: status === 'stopped' ? 'done' : status,
      output: comparable(snapshot.output, refOf),
      tags: [...snapshot.tags].sort(),
      actors: Object.fromEntries(
        [...paths].filter(([actor]) => isReached(actor)).map(([actor, path]) => [path, viewOf(actor, refOf)]),
      ),
      timers: status === 'active' ? this.#timers(paths, refOf) : [],
      tasks: status === 'active' ? this.#tasks(paths, refOf) : [],
      emitted: emitted.map((event) => comparable(event, refOf)),
    };
    return this.#anonymous.rename(view);
  }

  #timers(paths: ReadonlyMap<AnyActorRef, string>, refOf: (value: object) => RefView | undefined): TimerView[] {
    return [...this.#clock.scheduled.values()].flatMap(({ source, target, event, dueAt }) => {
      const to = paths.get(target);
      if (to === undefined || target.getSnapshot().status !== 'active') return [];
      const remaining = dueAt - this.#clock.now();
      // Who has sent it does not matter any more when it is over: nobody cancels it.
      const from = source.getSnapshot().status === 'active' && isReached(source) ? paths.get(source) : undefined;
      return [{ source: from ?? to, target: to, event: comparable(event, refOf), remaining }];
    });
  }

  #tasks(paths: ReadonlyMap<AnyActorRef, string>, refOf: (value: object) => RefView | undefined) {
    return [...begunPromises().keys()].flatMap((actor) => {
      const path = paths.get(actor);
      const { status, input } = actor.getSnapshot() as { status: string; input: unknown };
      return path === undefined || status !== 'active' ? [] : [{ path, input: comparable(input, refOf) }];
    });
  }

  /** All actors below the root by what their parents list, and what runs unlisted because it has no id. */
  #actors(): ReadonlyMap<AnyActorRef, string> {
    const paths = new Map<AnyActorRef, string>();
    const visit = (actor: AnyActorRef, path: string): void => {
      paths.set(actor, path);
      const listed = Object.values(actor.getSnapshot().children ?? {}) as (AnyActorRef | undefined)[];
      const unlisted = this.#created.filter(
        (other) =>
          parentOf(other) === actor &&
          isAnonymous(other) &&
          (isRunning(other) || isOver(other)) &&
          actor.getSnapshot().status === 'active' &&
          !listed.some((child) => child?.id === other.id),
      );
      for (const child of [...listed, ...unlisted]) {
        if (child !== undefined) visit(child, path === '' ? child.id : `${path}/${child.id}`);
      }
    };
    visit(this.#root, '');
    return paths;
  }
}

function viewOf(actor: AnyActorRef, refOf: (value: object) => RefView | undefined): ActorView {
  const { status, value, context, historyValue, output, error } = actor.getSnapshot();
  return present({
    status,
    value,
    context: comparable(context, refOf),
    history: historyIds(historyValue),
    output: comparable(output, refOf),
    error: comparable(error, refOf),
  });
}

export function historyIds(history: Readonly<Record<string, readonly { readonly id: string }[]>> | undefined): unknown {
  if (history === undefined || Object.keys(history).length === 0) return undefined;
  return Object.fromEntries(Object.entries(history).map(([id, nodes]) => [id, nodes.map((node) => node.id)]));
}

function isActor(value: object): value is AnyActorRef {
  return 'sessionId' in value && 'send' in value;
}

function parentOf(actor: AnyActorRef): unknown {
  return (actor as unknown as { readonly _parent: unknown })._parent;
}

function isReached(actor: AnyActorRef): boolean {
  const parent = parentOf(actor) as AnyActorRef | undefined;
  return parent === undefined || (statusOf(parent) === 'active' && isReached(parent));
}

/** Without its parent hearing of it, and so that its systemId is free, also where it has never run. */
function stop(actor: AnyActorRef): void {
  const internal = actor as unknown as { readonly observers: Set<unknown>; _stop(): void };
  if (isRunning(actor)) {
    internal.observers.clear();
    internal._stop();
  }
  (actor.system as unknown as { _unregister(actor: AnyActorRef): void })._unregister(actor);
}

function isRunning(actor: AnyActorRef): boolean {
  return (actor as unknown as { readonly _processingStatus: number })._processingStatus === 1;
}

/** What a parent lists of several that were spawned without an id is only the last. */
function isAnonymous(actor: AnyActorRef): boolean {
  return /^x:/.test(actor.id);
}

function isOver(actor: AnyActorRef): boolean {
  return statusOf(actor) === 'done' || statusOf(actor) === 'error';
}

/** None of an actor that was refused before it had one: it may not be asked. */
function statusOf(actor: AnyActorRef): string | undefined {
  return (actor as unknown as { readonly _snapshot?: { readonly status: string } })._snapshot?.status;
}
