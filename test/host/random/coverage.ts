import type {
  HostDocument,
  HostEvent,
  HostStep,
  HostTimer,
  PersistedChild,
  PersistedSnapshot,
} from '@parley/core/host';

/** What random machines have to do now and then, and how often in a thousand of them at least. */
export const LEAST = {
  'event taken': 500,
  'always taken': 100,
  'after taken': 80,
  'state done taken': 2,
  'actor done taken': 12,
  'actor failed taken': 20,
  'snapshot taken': 40,
  'transition with reenter': 100,
  'history entered': 15,
  'history restored': 5,
  'parallel states': 100,
  'timer fired': 300,
  'timer fired in a child': 50,
  'after begun anew': 20,
  'cancel that hit': 5,
  'two timers of one id': 20,
  'promise resolved': 50,
  'promise rejected': 12,
  'promise dropped': 15,
  'child done': 50,
  'child error': 8,
  'actor without an id': 50,
  'actor with a systemId': 30,
  'actor with syncSnapshot': 50,
  'one id under two parents': 20,
  'reference in context': 30,
  'values that JSON loses': 30,
  'root done': 10,
  'output of the root': 5,
  'root failed': 15,
  'raise heard': 50,
  'raise later heard': 20,
  'sendTo heard': 20,
  'sendTo later heard': 20,
  'sendToId heard': 5,
  'sendToRef heard': 10,
  'sendToSystem heard': 3,
  'sendParent heard': 20,
  'sendParent later heard': 10,
  'self heard': 3,
  'emitted at depth 0': 500,
  'emitted at depth 1': 100,
  'emitted at depth 2': 30,
  'emitted at depth 3': 3,
} as const satisfies Readonly<Record<string, number>>;

export type Feature = keyof typeof LEAST;

/** Counts what hosted runs do. */
export class Coverage {
  readonly counts: Map<Feature, number> = new Map(Object.keys(LEAST).map((feature) => [feature as Feature, 0]));

  failed(): void {
    this.#add('root failed');
  }

  /** Told of one step: see `Observe`. */
  observe(event: HostEvent, before: HostDocument, step: HostStep): void {
    for (const emitted of step.emitted) this.#emitted(emitted as Emitted, before);
    this.#taken(event, before);
    const after = step.document;
    this.#timers(event, before, after);
    this.#tasks(event, before, after);
    if (after.status === 'done') this.#add('root done');
    if (after.output !== undefined) this.#add('output of the root');
    if (after.hasReferences) this.#add('reference in context');
    if (after.meta !== undefined) this.#add('values that JSON loses');
    this.#actors(before.snapshot, after.snapshot);
    const ids = pathsOf(after.snapshot).map((path) => path.split('/').at(-1));
    if (new Set(ids).size < ids.length) this.#add('one id under two parents');
  }

  #add(feature: string): void {
    const count = this.counts.get(feature as Feature);
    if (count !== undefined) this.counts.set(feature as Feature, count + 1);
  }

  #emitted({ type, depth, via, reenter, history }: Emitted, before: HostDocument): void {
    this.#add(`${type} taken`);
    this.#add(`emitted at depth ${depth}`);
    if (via !== undefined) this.#add(`${via} heard`);
    if (reenter) this.#add('transition with reenter');
    if (history === undefined) return;
    this.#add('history entered');
    if (JSON.stringify(before.snapshot).includes(`"${history}":[{"id"`)) this.#add('history restored');
  }

  #taken(event: HostEvent, before: HostDocument): void {
    if (event.kind === 'task.done') this.#add('promise resolved');
    if (event.kind === 'task.failed') this.#add('promise rejected');
    if (event.kind !== 'timer') return;
    this.#add('timer fired');
    if (event.timer.target.length > 0 && before.timers.length > 0) this.#add('timer fired in a child');
  }

  #timers(event: HostEvent, before: HostDocument, after: HostDocument): void {
    const left = new Map(after.timers.map((timer) => [keyOf(timer), timer]));
    if (left.size < after.timers.length) this.#add('two timers of one id');
    const paths = new Set(pathsOf(after.snapshot));
    for (const timer of before.timers) {
      if (event.kind === 'timer' && event.timer.id === timer.id) continue;
      const now = left.get(keyOf(timer));
      const isAfter = timer.id.startsWith('xstate.after.');
      if (isAfter && now !== undefined && now.dueAt !== timer.dueAt) this.#add('after begun anew');
      if (!isAfter && now === undefined && paths.has(timer.source.join('/'))) this.#add('cancel that hit');
    }
  }

  #tasks(event: HostEvent, before: HostDocument, after: HostDocument): void {
    const left = new Set(after.tasks.map(({ id }) => id));
    const settled = event.kind === 'task.done' || event.kind === 'task.failed' ? event.id : undefined;
    for (const { id } of before.tasks) if (id !== settled && !left.has(id)) this.#add('promise dropped');
  }

  #actors(before: PersistedSnapshot, after: PersistedSnapshot): void {
    if (after.nodes !== undefined) this.#add('parallel states');
    for (const [id, child] of Object.entries(after.children ?? {})) {
      const earlier = before.children?.[id];
      this.#actor(id, child);
      if (earlier?.snapshot.status === 'active') this.#add(`child ${child.snapshot.status}`);
      this.#actors(earlier?.snapshot ?? { status: 'none' }, child.snapshot);
    }
  }

  #actor(id: string, { systemId, syncSnapshot }: PersistedChild): void {
    if (/^actor-\d+$/.test(id)) this.#add('actor without an id');
    if (systemId !== undefined) this.#add('actor with a systemId');
    if (syncSnapshot) this.#add('actor with syncSnapshot');
  }
}

interface Emitted {
  readonly type: string;
  readonly depth: number;
  readonly via?: string;
  readonly reenter?: boolean;
  readonly history?: string;
}

function keyOf({ source, id }: HostTimer): string {
  return `${source.join('/')} ${id}`;
}

function pathsOf({ children = {} }: PersistedSnapshot, path = ''): string[] {
  return [
    path,
    ...Object.entries(children).flatMap(([id, { snapshot }]) => pathsOf(snapshot, `${path}${path && '/'}${id}`)),
  ];
}
