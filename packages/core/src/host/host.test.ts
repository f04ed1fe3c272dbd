import { describe, expect, it } from 'vitest';
import {
  assign,
  cancel,
  createMachine,
  emit,
  forwardTo,
  fromCallback,
  fromPromise,
  raise,
  sendTo,
  setup,
} from 'xstate';
import { type HostDocument, type HostEvent, type HostStep, type HostTimer, withoutSource } from './document.ts';
import { createHost } from './host.ts';

/** Runs a machine with a new host and a document from JSON before every event. */
function hosted(machine: Parameters<typeof createHost>[0], input?: unknown) {
  let now = 1000;
  const emitted: unknown[] = [];
  let document!: HostDocument;
  const take = (step: HostStep): void => {
    document = JSON.parse(JSON.stringify(step.document));
    emitted.push(...step.emitted);
  };
  take(createHost(machine).start(input, now));
  const step = (event: HostEvent): void => take(createHost(machine).step(document, event, now));
  return {
    emitted,
    get document() {
      return document;
    },
    send: (type: string, payload: object = {}) => step({ kind: 'event', event: { type, ...payload } }),
    step,
    at(moment: number) {
      for (;;) {
        const due = document.timers.filter((timer) => timer.dueAt <= moment).sort((a, b) => a.dueAt - b.dueAt)[0];
        if (due === undefined) break;
        now = due.dueAt;
        step({ kind: 'timer', timer: due });
      }
      now = moment;
    },
  };
}

describe('createHost', () => {
  it('keeps state and context between events', () => {
    const machine = createMachine({
      context: { count: 0 },
      on: { add: { actions: assign({ count: ({ context }) => context.count + 1 }) } },
    });
    const run = hosted(machine);
    run.send('add');
    run.send('add');
    expect(run.document.snapshot.context).toEqual({ count: 2 });
    expect(run.document.meta).toBeUndefined();
  });

  it('reports what parents and children emit, in order', () => {
    const child = createMachine({ on: { go: { actions: emit({ type: 'from child' }) } } });
    const machine = createMachine({
      entry: emit({ type: 'started' }),
      invoke: { src: child, id: 'child' },
      on: { go: { actions: [emit({ type: 'before' }), forwardTo('child'), emit({ type: 'after' })] } },
    });
    const run = hosted(machine);
    run.send('go');
    expect(run.emitted).toEqual([{ type: 'started' }, { type: 'before' }, { type: 'from child' }, { type: 'after' }]);
  });

  it('re-arms timers after a restart, and lets them be cancelled', () => {
    const machine = createMachine({
      initial: 'waiting',
      entry: raise({ type: 'never' }, { delay: 5000, id: 'never' }),
      states: {
        waiting: { after: { 1000: 'reminded' }, on: { calm: { actions: cancel('never') } } },
        reminded: { entry: emit({ type: 'reminder' }), after: { 500: 'gone' } },
        gone: { entry: emit({ type: 'gone' }) },
      },
      on: { never: { actions: emit({ type: 'never' }) } },
    });
    const run = hosted(machine);
    expect(run.document.timers.map((timer) => timer.dueAt)).toEqual([6000, 2000]);
    run.send('calm');
    expect(run.document.timers.map((timer) => timer.dueAt)).toEqual([2000]);
    run.at(2400);
    expect(run.emitted).toEqual([{ type: 'reminder' }]);
    run.at(10_000);
    expect(run.emitted).toEqual([{ type: 'reminder' }, { type: 'gone' }]);
    expect(run.document.timers).toEqual([]);
  });

  it('records promises in place of running them, and takes their results', () => {
    let runs = 0;
    const machine = setup({
      actors: {
        look: fromPromise(async ({ input }: { input: { day: string } }) => {
          runs += 1;
          return input.day;
        }),
      },
    }).createMachine({
      initial: 'looking',
      states: {
        looking: {
          invoke: {
            src: 'look',
            id: 'look',
            input: { day: 'Monday' },
            onDone: { target: 'found', actions: emit(({ event }) => ({ type: 'found', day: event.output })) },
            onError: 'lost',
          },
        },
        found: {},
        lost: { entry: emit({ type: 'lost' }) },
      },
    });
    const run = hosted(machine);
    expect(run.document.tasks).toMatchObject([{ path: ['look'], name: 'look', input: { day: 'Monday' } }]);
    const id = run.document.tasks[0]?.id ?? '';
    run.send('anything');
    expect(run.document.tasks).toHaveLength(1);
    run.step({ kind: 'task.done', id, output: 'Tuesday' });
    expect(run.emitted).toEqual([{ type: 'found', day: 'Tuesday' }]);
    expect(run.document.tasks).toEqual([]);
    run.step({ kind: 'task.failed', id, error: new Error('late') });
    expect(run.emitted).toHaveLength(1);
    expect(runs).toBe(0);
    expect(createHost(machine).taskFunction('look')).toBeTypeOf('function');
  });

  it('drops a task whose state was left, and names the next one anew', () => {
    const machine = createMachine({
      initial: 'idle',
      states: {
        idle: { on: { go: 'busy' } },
        busy: { invoke: { src: fromPromise(async () => 1), id: 'work', onDone: 'idle' }, on: { stop: 'idle' } },
      },
    });
    const run = hosted(machine);
    run.send('go');
    const [first] = run.document.tasks;
    run.send('stop');
    expect(run.document.tasks).toEqual([]);
    run.send('go');
    expect(run.document.tasks[0]?.id).not.toBe(first?.id);
    run.step({ kind: 'task.done', id: first?.id ?? '', output: 1 });
    expect(run.document.snapshot.value).toBe('busy');
    expect(createHost(machine).taskFunction(first?.name ?? '')).toBeTypeOf('function');
  });

  it('hosts child machines with timers and tasks of their own', () => {
    const child = createMachine({
      initial: 'asking',
      states: {
        asking: {
          after: { 100: { actions: emit({ type: 'child reminder' }) } },
          invoke: { src: fromPromise(async () => 7), id: 'inner', onDone: 'answered' },
        },
        answered: { type: 'final' },
      },
      output: 'the answer',
    });
    const machine = createMachine({
      initial: 'asking',
      states: {
        asking: {
          invoke: {
            src: child,
            id: 'dialog',
            onDone: { target: 'done', actions: emit(({ event }) => ({ type: 'got', output: event.output })) },
          },
        },
        done: { type: 'final' },
      },
      output: { all: 'good' },
    });
    const run = hosted(machine);
    expect(run.document.timers[0]?.source).toEqual(['dialog']);
    expect(run.document.tasks[0]?.path).toEqual(['dialog', 'inner']);
    run.at(1200);
    run.step({ kind: 'task.done', id: run.document.tasks[0]?.id ?? '', output: 7 });
    expect(run.emitted).toEqual([{ type: 'child reminder' }, { type: 'got', output: 'the answer' }]);
    expect(run.document).toMatchObject({ status: 'done', output: { all: 'good' }, timers: [], tasks: [] });
  });

  it('keeps what plain JSON would lose', () => {
    const machine = createMachine({
      context: { gap: undefined as string | undefined, day: new Date(0), map: new Map([['a', 1n]]), nan: Number.NaN },
      on: {
        check: {
          actions: emit(({ context }) => ({
            type: 'checked',
            has: 'gap' in context,
            day: context.day.getTime(),
            big: context.map.get('a') === 1n,
            nan: Number.isNaN(context.nan),
          })),
        },
      },
    });
    const run = hosted(machine);
    run.send('check');
    expect(run.emitted).toEqual([{ type: 'checked', has: true, day: 0, big: true, nan: true }]);
  });

  it('throws what the machine throws and leaves the document alone', () => {
    const machine = createMachine({
      context: { list: [1] },
      on: {
        bad: {
          actions: ({ context }) => {
            context.list.push(2);
            throw new RangeError('no');
          },
        },
      },
    });
    const run = hosted(machine);
    const before = JSON.stringify(run.document);
    const document = run.document;
    expect(() => createHost(machine).step(document, { kind: 'event', event: { type: 'bad' } }, 0)).toThrow(RangeError);
    expect(JSON.stringify(document)).toBe(before);
  });

  it('refuses what can not survive a restart, with the state and the fix', () => {
    const machine = createMachine({ initial: 'a', states: { a: { invoke: { src: fromCallback(() => {}) } } } });
    expect(() => createHost(machine, { name: 'pizza' })).toThrow(/pizza.*the state a.*fromPromise/s);
    const missing = createMachine({ invoke: { src: 'lost' } });
    expect(() => createHost(missing)).toThrow(/lost/);
  });

  it('delivers delayed events between actors', () => {
    const child = createMachine({ on: { ping: { actions: emit({ type: 'pinged' }) } } });
    const machine = createMachine({
      invoke: { src: child, id: 'c' },
      on: { go: { actions: sendTo('c', { type: 'ping' }, { delay: 10 }) } },
    });
    const run = hosted(machine);
    run.send('go');
    run.at(2000);
    expect(run.emitted).toEqual([{ type: 'pinged' }]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses a delay of %s', (delay) => {
    const machine = createMachine({ on: { go: { actions: raise({ type: 'later' }, { delay: () => delay }) } } });
    expect(() => hosted(machine).send('go')).toThrow(RangeError);
  });
});

describe('withoutSource', () => {
  it('leaves the values of other timers and tasks as they were', () => {
    const machine = createMachine({
      entry: [
        raise({ type: 'plain' }, { delay: 10, id: 'first' }),
        raise(() => ({ type: 'dated', day: new Date(5) }), { delay: 20, id: 'second' }),
      ],
      on: {
        dated: {
          actions: emit(({ event }) => ({ type: 'day', day: (event as unknown as { day: Date }).day.getTime() })),
        },
      },
    });
    const host = createHost(machine);
    const { document } = host.start(undefined, 0);
    const [first] = document.timers;
    const left = withoutSource(document, { kind: 'timer', timer: first as HostTimer });
    expect(left.timers.map(({ id }) => id)).toEqual(['second']);
    const step = host.step(left, { kind: 'timer', timer: left.timers[0] as HostTimer }, 20);
    expect(step.emitted).toEqual([{ type: 'day', day: 5 }]);
  });
});
