import {
  createHost,
  decode,
  type HostDocument,
  type HostEvent,
  type HostStep,
  nextTimer,
  type PersistedSnapshot,
} from '@parley/core/host';
import type { AnyEventObject, AnyStateMachine } from 'xstate';
import { historyIds } from './live.ts';
import { Anonymous, comparable, present, type RefView } from './normalise.ts';
import type { ActorView, Happening, Scenario, View } from './scenario.ts';

/** A moment of no meaning at which hosted scenarios start. */
const START = 1_700_000_000_000;

/**
 * Plays a scenario on a host: the document goes through JSON, and the host is a new one, before every event. Says what can
 * be seen after the start and after each happening; ends where the machine throws.
 *
 * @param isTwice whether every step is taken twice, and has to come out the same
 */
export function playHosted({ machine, input, script }: Scenario, isTwice = true): readonly View[] {
  const run = new HostedRun(machine, isTwice);
  const views = [run.start(input)];
  for (const happening of script) {
    if (views.at(-1)?.status === 'error') break;
    views.push(run.take(happening));
  }
  return views;
}

class HostedRun {
  readonly #machine: AnyStateMachine;
  readonly #isTwice: boolean;
  readonly #anonymous = new Anonymous();
  #document!: HostDocument;
  #emitted: AnyEventObject[] = [];
  #now = START;

  constructor(machine: AnyStateMachine, isTwice: boolean) {
    this.#machine = machine;
    this.#isTwice = isTwice;
  }

  start(input: unknown): View {
    return this.#viewAfter(() => this.#keep(createHost(this.#machine).start(input, this.#now)));
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

  #keep({ document, emitted }: HostStep): void {
    const json = JSON.stringify(document);
    this.#document = JSON.parse(json);
    if (JSON.stringify(this.#document) !== json) throw new Error('The document is no plain JSON.');
    this.#emitted.push(...emitted);
  }

  #step(event: HostEvent): void {
    const before = JSON.stringify(this.#document);
    this.#keep(createHost(this.#machine).step(this.#document, event, this.#now));
    if (!this.#isTwice) return;
    const again = createHost(this.#machine).step(JSON.parse(before), event, this.#now);
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
    const { tasks } = this.#document;
    const task = path === '*' ? tasks[0] : tasks.find((one) => this.#anonymous.rename(one.path.join('/')) === path);
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
      tags: [...this.#machine.resolveState({ value: snapshot.value as never, context: {} }).tags],
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
