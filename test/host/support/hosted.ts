import {
  createHost,
  decode,
  type Host,
  type HostDocument,
  type HostEvent,
  type HostStep,
  nextTimer,
  type PersistedSnapshot,
} from '@parley/core/host';
import type { AnyEventObject, AnyStateMachine } from 'xstate';
import { historyIds } from './live.ts';
import { Anonymous, comparable, present, type RefView } from './normalise.ts';
import { type ActorView, choose, type Happening, type Scenario, type View } from './scenario.ts';

/** A moment of no meaning at which hosted scenarios start. */
const START = 1_700_000_000_000;

/**
 * Plays a scenario on a host: the document goes through JSON before every event. Says what can be seen after the start and
 * after each happening; ends where the machine throws.
 */
export function playHosted({ machine, input, script }: Scenario, how: Partial<How> = {}): readonly View[] {
  const run = new HostedRun(machine, how);
  const views = [run.start(input)];
  for (const happening of script) {
    if (views.at(-1)?.status === 'error') break;
    views.push(run.take(happening));
  }
  return views;
}

/** How to play. */
export interface How {
  /** Whether every step is taken twice, and has to come out the same. Default true. */
  readonly isTwice: boolean;
  /** Whether the host is a new one before every event. Default true. */
  readonly isFresh: boolean;
  /** Told of a step: what was taken in, the document before it, and what came of it. */
  readonly observe: (event: HostEvent, before: HostDocument, step: HostStep) => void;
}

/** A run between two happenings, as plain JSON. */
export interface SavedRun {
  readonly document: HostDocument;
  readonly now: number;
  readonly names: readonly (readonly [string, string])[];
}

/** A scenario's machine on a host, in this process or in one after the other. */
export class HostedRun {
  readonly #machine: AnyStateMachine;
  readonly #how: How;
  #host: Host | undefined;
  readonly #anonymous: Anonymous;
  #document!: HostDocument;
  #emitted: AnyEventObject[] = [];
  #now = START;

  constructor(machine: AnyStateMachine, how: Partial<How> = {}, saved?: SavedRun) {
    this.#machine = machine;
    this.#how = { isTwice: true, isFresh: true, observe: () => {}, ...how };
    this.#anonymous = new Anonymous(saved?.names);
    if (saved === undefined) return;
    this.#document = saved.document;
    this.#now = saved.now;
  }

  save(): SavedRun {
    return { document: this.#document, now: this.#now, names: this.#anonymous.names };
  }

  start(input: unknown): View {
    return this.#viewAfter(() => this.#keep(this.#hostNow().start(input, this.#now)));
  }

  take(happening: Happening): View {
    return this.#viewAfter(() => {
      if ('send' in happening) this.#step({ kind: 'event', event: happening.send });
      else if ('advance' in happening) this.#advance(happening.advance);
      else this.#settle(happening);
    });
  }

  #viewAfter(take: () => void): View {
    this.#emitted = [];
    try {
      take();
    } catch (error) {
      return { status: 'error', error: comparable(error, () => undefined) };
    }
    return this.#anonymous.rename(this.#view());
  }

  #hostNow(): Host {
    if (this.#host === undefined || this.#how.isFresh) this.#host = createHost(this.#machine);
    return this.#host;
  }

  #keep({ document, emitted }: HostStep): void {
    const json = JSON.stringify(document);
    this.#document = JSON.parse(json);
    if (JSON.stringify(this.#document) !== json) throw new Error('The document is no plain JSON.');
    this.#emitted.push(...emitted);
  }

  #step(event: HostEvent): void {
    const before = JSON.stringify(this.#document);
    const step = this.#hostNow().step(this.#document, event, this.#now);
    this.#how.observe(event, this.#document, step);
    this.#keep(step);
    if (!this.#how.isTwice) return;
    const again = this.#hostNow().step(JSON.parse(before), event, this.#now);
    if (JSON.stringify(again.document) !== JSON.stringify(this.#document)) {
      throw new Error('The same document, event and time have given two documents.');
    }
  }

  #advance(duration: number): void {
    const end = this.#now + duration;
    for (;;) {
      const timer = nextTimer(this.#document);
      if (timer === undefined || timer.dueAt > end) break;
      this.#now = Math.max(timer.dueAt, this.#now);
      this.#step({ kind: 'timer', timer });
    }
    this.#now = end;
  }

  #settle(happening: Exclude<Happening, { readonly send: unknown } | { readonly advance: unknown }>): void {
    const path = 'resolve' in happening ? happening.resolve : happening.reject;
    const task = choose(path, this.#document.tasks, (one) => this.#anonymous.rename(one.path.join('/')));
    if (task === undefined) return;
    if ('resolve' in happening) this.#step({ kind: 'task.done', id: task.id, output: happening.output });
    else this.#step({ kind: 'task.failed', id: task.id, error: happening.error });
  }

  #view(): View {
    const { snapshot, timers, tasks, output } = this.#decoded();
    const actors: Record<string, ActorView> = {};
    const visit = (one: PersistedSnapshot, path: string): void => {
      actors[path] = viewOf(one);
      // Below what is over, nothing happens any more.
      if (one.status !== 'active') return;
      for (const [id, child] of Object.entries(one.children ?? {}))
        visit(child.snapshot, path === '' ? id : `${path}/${id}`);
    };
    visit(snapshot, '');
    return {
      status: this.#document.status,
      output: comparable(output, refOf),
      tags: this.#tagsOf(snapshot),
      actors,
      timers: timers.map(({ source, target, event, dueAt }) => ({
        source: source.join('/'),
        target: target.join('/'),
        event: comparable(event, refOf),
        remaining: dueAt - this.#now,
      })),
      tasks: tasks.map(({ path, input }) => ({ path: path.join('/'), input: comparable(input, refOf) })),
      emitted: this.#emitted.map((event) => comparable(event, refOf)),
    };
  }

  #tagsOf({ value, nodes }: PersistedSnapshot): readonly string[] {
    const { idMap } = this.#machine as unknown as { readonly idMap: ReadonlyMap<string, { readonly tags: string[] }> };
    const tags = nodes
      ? new Set(nodes.flatMap((id) => idMap.get(id)?.tags ?? []))
      : this.#machine.resolveState({ value: value as never, context: {} }).tags;
    return [...tags].sort();
  }

  #decoded() {
    const { snapshot, timers, tasks, output, meta } = this.#document;
    const json = { snapshot, timers, tasks, ...(output === undefined ? {} : { output }) };
    return decode(meta === undefined ? { json } : { json, meta }) as Pick<
      HostDocument,
      'snapshot' | 'timers' | 'tasks' | 'output'
    >;
  }
}

function viewOf(snapshot: PersistedSnapshot): ActorView {
  const { status, value, context, historyValue, output, error } = snapshot;
  return present({
    status,
    value,
    context: comparable(context, refOf),
    history: historyIds(historyValue as never),
    output: comparable(output, refOf),
    error: comparable(error, refOf),
  });
}

function refOf(value: object): RefView | undefined {
  if (!('parley$$actor' in value)) return undefined;
  const { parley$$actor: path, id } = value as { parley$$actor: readonly string[] | null; id: string };
  return { actor: path?.join('/') ?? `gone ${id}` };
}
