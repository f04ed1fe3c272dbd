import { describe, expect, it } from 'vitest';
import {
  type AnyActorRef,
  type AnyStateMachine,
  assign,
  createMachine,
  emit,
  fromPromise,
  raise,
  sendParent,
  setup,
  spawnChild,
} from 'xstate';
import { decodeDocument, type HostDocument, type HostStep, readSnapshot, withSnapshot } from './document.ts';
import { createHost } from './host.ts';
import type { PersistedSnapshot } from './snapshot.ts';

const START = 1000;
const LATER = 50_000;

/** What a storage does to a document. */
function stored(document: HostDocument): HostDocument {
  return JSON.parse(JSON.stringify(document));
}

/** Runs the events on one version, migrates the snapshot, and hands it to the next version. */
function migrate(
  from: AnyStateMachine,
  to: AnyStateMachine,
  change: (snapshot: PersistedSnapshot) => PersistedSnapshot = (snapshot) => snapshot,
  ...events: readonly string[]
): HostStep {
  const host = createHost(from);
  let { document } = host.start(undefined, START);
  for (const type of events) ({ document } = host.step(document, { kind: 'event', event: { type } }, START));
  document = stored(document);
  return createHost(to).adopt(stored(withSnapshot(document, change(readSnapshot(document)))), LATER);
}

const timersOf = ({ document }: HostStep) =>
  document.timers.map(({ source, event, dueAt }) => ({ source, type: event.type, dueAt }));
const childrenOf = ({ document }: HostStep) => Object.keys(document.snapshot.children ?? {});
const work = () => fromPromise(async () => 1);
const waits = (state: string, after: object, rest: object = {}) =>
  createMachine({ id: 'm', initial: state, states: { [state]: { after, ...rest }, gone: {} } } as never);

describe('adopt', () => {
  it('changes nothing about a document that is whole', () => {
    const machine = setup({ actors: { work: work() } }).createMachine({
      context: { at: new Date(5) },
      initial: 'a',
      entry: raise({ type: 'later' }, { delay: 70, id: 'later' }),
      states: { a: { after: { 100: 'b' }, invoke: { src: 'work', id: 'w' } }, b: {} },
    });
    const { document } = createHost(machine).start(undefined, START);
    expect(createHost(machine).adopt(stored(document), LATER)).toEqual({ document: stored(document), emitted: [] });
  });

  it('runs no entry actions', () => {
    const machine = (state: string) =>
      createMachine({ initial: state, states: { [state]: { entry: emit({ type: 'entered' }) } } } as never);
    const step = migrate(machine('old'), machine('new'), (snapshot) => ({ ...snapshot, value: 'new' }));
    expect(step.emitted).toEqual([]);
    expect(step.document.snapshot.value).toBe('new');
  });

  it('begins the timers of a renamed state anew and drops those of the old one', () => {
    const step = migrate(waits('old', { 100: 'gone' }), waits('new', { 100: 'gone', 200: 'gone' }), (snapshot) => ({
      ...snapshot,
      value: 'new',
    }));
    expect(timersOf(step)).toEqual([
      { source: [], type: 'xstate.after.100.m.new', dueAt: LATER + 100 },
      { source: [], type: 'xstate.after.200.m.new', dueAt: LATER + 200 },
    ]);
  });

  it('leaves the timers of a state that stays as they are', () => {
    const step = migrate(waits('a', { 100: 'gone' }), waits('a', { 100: 'gone', 300: 'gone' }));
    expect(timersOf(step)).toEqual([
      { source: [], type: 'xstate.after.100.m.a', dueAt: START + 100 },
      { source: [], type: 'xstate.after.300.m.a', dueAt: LATER + 300 },
    ]);
  });

  it('drops a timer that its state does not define any more', () => {
    expect(timersOf(migrate(waits('a', { 100: 'gone' }), waits('a', {})))).toEqual([]);
  });

  it('leaves delayed events that are no after alone', () => {
    const machine = (state: string) =>
      createMachine({
        entry: raise({ type: 'later' }, { delay: 70, id: 'x' }),
        initial: state,
        states: { [state]: {} },
      } as never);
    const step = migrate(machine('old'), machine('new'), (snapshot) => ({ ...snapshot, value: 'new' }));
    expect(timersOf(step)).toEqual([{ source: [], type: 'later', dueAt: START + 70 }]);
  });

  it('works out delays that are names and functions', () => {
    const to = setup({
      types: { context: {} as { ms: number } },
      delays: { soon: 30, dynamic: ({ context }) => context.ms },
    }).createMachine({
      id: 'm',
      context: { ms: 0 },
      initial: 'a',
      states: { a: { after: { soon: 'b', dynamic: 'b' } }, b: {} },
    });
    const step = migrate(waits('a', {}), to, (snapshot) => ({ ...snapshot, context: { ms: 40 } }));
    expect(timersOf(step).map(({ dueAt }) => dueAt - LATER)).toEqual([30, 40]);
  });

  it('lets an after without a delay come at once', () => {
    const to = setup({ delays: { none: (() => undefined) as never } }).createMachine({
      initial: 'a',
      states: { a: { after: { none: 'b' } }, b: {} },
    });
    expect(migrate(waits('a', {}), to).document.snapshot.value).toBe('b');
  });

  it('starts what an active state invokes and its machine does not have', () => {
    const child = createMachine({ entry: emit({ type: 'child' }), after: { 10: {} } } as never);
    const to = createMachine({
      context: { day: 'Monday' },
      initial: 'a',
      states: {
        a: {
          invoke: [
            { src: work(), id: 'w', input: ({ context, event }) => ({ ...(context as object), of: event.type }) },
            { src: child, id: 'c', systemId: 'the child' },
          ],
        },
      },
    });
    const step = migrate(waits('a', {}), to, (snapshot) => ({ ...snapshot, context: { day: 'Friday' } }));
    expect(step.document.tasks).toMatchObject([{ path: ['w'], input: { day: 'Friday', of: 'parley.migrated' } }]);
    expect(timersOf(step)).toMatchObject([{ source: ['c'], dueAt: LATER + 10 }]);
    expect(step.document.snapshot.children?.c?.systemId).toBe('the child');
    expect(step.emitted).toEqual([{ type: 'child' }]);
  });

  it('hears what a new child answers at once when everything has begun', () => {
    const at = createMachine({ initial: 'x', states: { x: { type: 'final' } } });
    const to = createMachine({
      initial: 'a',
      states: {
        a: {
          after: { 10: 'b' },
          invoke: [
            { src: at, id: 'c', onDone: { target: 'b', actions: emit({ type: 'done' }) } },
            { src: work(), id: 'w' },
            { src: createMachine({ entry: sendParent({ type: 'hello' }) }), id: 'd' },
          ],
        },
        b: {},
      },
      on: { hello: { actions: emit({ type: 'hello' }) } },
    });
    const step = migrate(waits('a', {}), to);
    expect(step.emitted).toEqual([{ type: 'done' }, { type: 'hello' }]);
    expect(step.document).toMatchObject({ snapshot: { value: 'b', children: {} }, timers: [], tasks: [] });
  });

  it('drops actors and tasks that states invoked which are not active any more, and keeps what was spawned', () => {
    const from = setup({
      actors: { work: work(), other: work(), timed: createMachine({ after: { 9: {} } } as never) },
    }).createMachine({
      entry: spawnChild('work', { id: 'spawned' }),
      initial: 'a',
      states: {
        a: {
          invoke: [
            { src: 'other', id: 'w' },
            { src: 'timed', id: 'c' },
          ],
        },
        b: {},
      },
    });
    const to = setup({ actors: { work: work() } }).createMachine({ initial: 'b', states: { b: {} } });
    const step = migrate(from, to, (snapshot) => ({ ...snapshot, value: 'b' }));
    expect(childrenOf(step)).toEqual(['spawned']);
    expect(step.document.tasks.map(({ path }) => path)).toEqual([['spawned']]);
    expect(timersOf(step)).toEqual([]);
  });

  it('keeps a task of an invoke whose state is called something else now', () => {
    const machine = (state: string) =>
      createMachine({
        initial: state,
        states: { [state]: { invoke: { src: work(), id: 'w', onDone: 'end' } }, end: { type: 'final' } },
      } as never);
    const [from, to] = [machine('old'), machine('new')];
    const begun = createHost(from).start(undefined, START).document.tasks[0];
    const { document } = migrate(from, to, (snapshot) => ({ ...snapshot, value: 'new' }));
    const [task] = document.tasks;
    expect(task).toMatchObject({ id: begun?.id, path: ['w'] });
    const host = createHost(to);
    expect(host.taskFunction(task?.name ?? '')).toBeTypeOf('function');
    const end = host.step(stored(document), { kind: 'task.done', id: task?.id ?? '', output: 1 }, LATER);
    expect(end.document.status).toBe('done');
  });

  it('begins a task for a promise that a migration has put under another id', () => {
    const machine = (id: string) => createMachine({ initial: 'a', states: { a: { invoke: { src: work(), id } } } });
    const step = migrate(machine('old'), machine('new'), ({ children = {}, ...snapshot }) => ({
      ...snapshot,
      children: { new: children.old! },
    }));
    expect(step.document.tasks).toMatchObject([{ path: ['new'] }]);
  });

  it('makes child machines whole as well', () => {
    const child = (state: string, rest: object) =>
      createMachine({ id: 'child', initial: state, states: { [state]: rest } } as never);
    const parent = (inner: AnyStateMachine) =>
      createMachine({ invoke: { id: 'p', src: createMachine({ invoke: { id: 'c', src: inner } }) } });
    const from = parent(child('old', { after: { 10: {} }, invoke: { src: work(), id: 'gone' } }));
    const to = parent(child('new', { after: { 20: {} }, invoke: { src: work(), id: 'w' } }));
    const step = migrate(from, to, (snapshot) => {
      const changed = structuredClone(snapshot) as unknown as {
        children: { p: { snapshot: { children: { c: { snapshot: { value: string } } } } } };
      };
      changed.children.p.snapshot.children.c.snapshot.value = 'new';
      return changed as never;
    });
    expect(timersOf(step)).toEqual([{ source: ['p', 'c'], type: 'xstate.after.20.child.new', dueAt: LATER + 20 }]);
    expect(step.document.tasks.map(({ path }) => path)).toEqual([['p', 'c', 'w']]);
  });

  it('keeps references to actors that are there, and lets those to others lead nowhere', () => {
    const from = setup({ actors: { named: createMachine({}) } }).createMachine({
      context: ({ spawn }) => ({ kept: spawn('named', { id: 'kept' }), dropped: spawn('named', { id: 'dropped' }) }),
    });
    const to = setup({
      actors: { named: createMachine({ on: { x: { actions: emit({ type: 'x' }) } } }) },
    }).createMachine({
      on: {
        go: {
          actions: ({ context }) => {
            for (const ref of Object.values<AnyActorRef>(context as never)) ref.send({ type: 'x' });
          },
        },
      },
    });
    const { document } = migrate(from, to, ({ children = {}, ...snapshot }) => ({
      ...snapshot,
      children: { kept: children.kept! },
    }));
    const step = createHost(to).step(stored(document), { kind: 'event', event: { type: 'go' } }, LATER);
    expect(step.emitted).toEqual([{ type: 'x' }]);
  });

  it.each<[string, (snapshot: PersistedSnapshot) => PersistedSnapshot, string]>([
    ['a state', (snapshot) => ({ ...snapshot, value: 'nowhere' }), "'nowhere' does not exist"],
    ['an actor', (snapshot) => snapshot, 'spawned runs work'],
  ])('refuses %s that the machine does not have', (_, change, problem) => {
    const from = setup({ actors: { work: work() } }).createMachine({
      entry: spawnChild('work', { id: 'spawned' }),
      initial: 'a',
      states: { a: {} },
    });
    const to = createMachine({ id: 'm', initial: 'a', states: { a: {} } });
    expect(() => migrate(from, to, change)).toThrow(
      expect.objectContaining({ code: 'error.platform.bot.not-restorable', message: expect.stringContaining(problem) }),
    );
  });

  it('leaves a machine that a migration has ended alone', () => {
    const step = migrate(waits('a', { 10: 'gone' }), createMachine({}), (snapshot) => ({
      ...snapshot,
      status: 'done',
      output: 7,
    }));
    expect(step.document).toMatchObject({ status: 'done', output: 7, timers: [], tasks: [] });
  });
});

describe('readSnapshot and withSnapshot', () => {
  const machine = setup({ actors: { work: work() } }).createMachine({
    context: { at: new Date(5), gap: undefined as unknown },
    entry: raise(() => ({ type: 'later', day: new Date(7) }), { delay: 10 }),
    invoke: { src: 'work', id: 'w', input: () => new Map([[1, 2n]]) as never },
    on: { change: { actions: assign({ gap: 1 }) } },
  });
  const { document } = createHost(machine).start(undefined, START);

  it('give values as they were, and share nothing with the document', () => {
    const snapshot = readSnapshot(stored(document)) as { context: { at: Date } };
    expect(snapshot.context).toEqual({ at: new Date(5), gap: undefined });
    const before = JSON.stringify(document);
    snapshot.context.at = new Date(9);
    expect(JSON.stringify(document)).toBe(before);
  });

  it('keep timers and tasks with their values', () => {
    const plain = withSnapshot(document, { ...readSnapshot(document), context: { plain: true } });
    expect(decodeDocument(stored(plain))).toEqual({ ...decodeDocument(document), snapshot: readSnapshot(plain) });
    expect(decodeDocument(withSnapshot(stored(plain), readSnapshot(document)))).toEqual(decodeDocument(document));
  });
});

describe('a document of another machine', () => {
  it.each<[string, AnyStateMachine, string]>([
    ['with a state that is gone', createMachine({ initial: 'b', states: { b: {} } }), "State 'a' does not exist"],
    ['with an actor that is gone', createMachine({ initial: 'a', states: { a: {} } }), 'The actor w runs work'],
  ])('%s is refused before the event is taken in', (_, to, problem) => {
    const from = setup({ actors: { work: work() } }).createMachine({
      initial: 'a',
      entry: spawnChild('work', { id: 'w' }),
      states: { a: {} },
    });
    const { document } = createHost(from).start(undefined, START);
    const step = () => createHost(to, { name: 'pizza' }).step(document, { kind: 'event', event: { type: 'x' } }, START);
    expect(step).toThrow(
      expect.objectContaining({
        code: 'error.platform.bot.not-restorable',
        details: { bot: 'pizza', problem: expect.stringContaining(problem) },
        cause: expect.any(Error),
      }),
    );
  });

  it('is told from what the machine itself throws', () => {
    const machine = createMachine({
      on: {
        go: {
          actions: () => {
            throw new RangeError('no');
          },
        },
      },
    });
    const { document } = createHost(machine).start(undefined, START);
    const step = () => createHost(machine).step(document, { kind: 'event', event: { type: 'go' } }, START);
    expect(step).toThrow(RangeError);
  });
});
