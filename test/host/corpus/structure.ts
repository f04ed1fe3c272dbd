import { and, assign, createMachine, emit, enqueueActions, not, or, raise, setup, stateIn } from 'xstate';
import type { Corpus } from '../support/scenario.ts';

const sends = (...types: string[]) => types.map((type) => ({ send: { type } }));
const says = (type: string) => emit({ type });
const count = assign({ n: ({ context }: { context: { n: number } }) => context.n + 1 });

const player = (type: 'shallow' | 'deep') =>
  createMachine({
    id: 'player',
    initial: 'on',
    states: {
      on: {
        initial: 'one',
        states: {
          one: { on: { next: 'two' } },
          two: { initial: 'a', states: { a: { on: { in: 'b' } }, b: {} } },
          back: { type: 'history', history: type },
        },
        on: { off: 'off' },
      },
      off: { on: { on: 'on.back' } },
    },
  });

/** Hierarchy, regions, history, final states, guards, actions. */
export const structure: Corpus = {
  'a flat machine': {
    machine: createMachine({ initial: 'a', states: { a: { on: { go: 'b' } }, b: { on: { go: 'a' } } } }),
    script: sends('go', 'go', 'unknown', 'go'),
  },
  'a machine without states': {
    machine: createMachine({ on: { ping: { actions: says('pong') } } }),
    script: sends('ping'),
  },
  'nested states': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: {
          initial: 'b',
          states: { b: { on: { in: 'c' } }, c: { initial: 'd', states: { d: {} } } },
          on: { out: 'z' },
        },
        z: { on: { back: 'a.c' } },
      },
    }),
    script: sends('in', 'out', 'back', 'in'),
  },
  'entry and exit in order': {
    machine: createMachine({
      entry: says('in root'),
      initial: 'a',
      states: {
        a: {
          entry: says('in a'),
          exit: says('out a'),
          initial: 'b',
          states: { b: { entry: says('in b'), exit: says('out b') } },
        },
        c: { entry: says('in c') },
      },
      on: { go: { target: '.c', actions: says('going') } },
    }),
    script: sends('go', 'go'),
  },
  'a transition that re-enters': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: {
          entry: says('in'),
          exit: says('out'),
          on: { stay: { target: 'a' }, again: { target: 'a', reenter: true } },
        },
      },
    }),
    script: sends('stay', 'again'),
  },
  'parallel regions': {
    machine: createMachine({
      type: 'parallel',
      states: {
        left: { initial: 'a', states: { a: { on: { go: 'b' } }, b: {} } },
        right: { initial: 'x', states: { x: { on: { go: 'y', only: 'y' } }, y: { on: { go: 'x' } } } },
      },
    }),
    script: sends('only', 'go', 'go'),
  },
  'parallel regions that end together': {
    machine: createMachine({
      initial: 'both',
      states: {
        both: {
          type: 'parallel',
          states: {
            a: { initial: 'on', states: { on: { on: { a: 'off' } }, off: { type: 'final' } } },
            b: { initial: 'on', states: { on: { on: { b: 'off' } }, off: { type: 'final' } } },
          },
          onDone: { target: 'end', actions: says('both') },
        },
        end: { type: 'final' },
      },
    }),
    script: sends('b', 'a', 'a'),
  },
  'a region inside a state inside a region': {
    machine: createMachine({
      type: 'parallel',
      states: {
        p: {
          initial: 'q',
          states: {
            q: { type: 'parallel', states: { r: { initial: 's', states: { s: { on: { go: 't' } }, t: {} } }, u: {} } },
          },
        },
        v: {},
      },
    }),
    script: sends('go'),
  },
  'shallow history': { machine: player('shallow'), script: sends('next', 'in', 'off', 'on', 'off', 'on') },
  'deep history': { machine: player('deep'), script: sends('next', 'in', 'off', 'on', 'off', 'on') },
  'history that has none yet': {
    machine: createMachine({
      initial: 'off',
      states: {
        off: { on: { on: 'on.back' } },
        on: { initial: 'a', states: { a: {}, b: {}, back: { type: 'history', target: 'b' } }, on: { off: 'off' } },
      },
    }),
    script: sends('on', 'off', 'on'),
  },
  'history of parallel regions': {
    machine: createMachine({
      initial: 'on',
      states: {
        on: {
          type: 'parallel',
          states: {
            a: { initial: '1', states: { 1: { on: { a: '2' } }, 2: {} } },
            b: { initial: '1', states: { 1: { on: { b: '2' } }, 2: {} } },
            back: { type: 'history', history: 'deep' },
          },
          on: { off: 'off' },
        },
        off: { on: { on: 'on.back' } },
      },
    }),
    script: sends('b', 'off', 'on', 'a', 'off', 'on'),
  },
  'a final state with output': {
    machine: createMachine({
      context: { n: 3 },
      initial: 'a',
      states: { a: { on: { end: 'b' } }, b: { type: 'final', output: 4 } },
      output: ({ context, event }) => ({ n: context.n, done: (event as { output?: unknown }).output }),
    }),
    script: sends('end', 'more'),
  },
  'a machine that is done at its start': {
    machine: createMachine({ initial: 'a', states: { a: { type: 'final' } }, output: 'at once' }),
    script: sends('more'),
  },
  'onDone of a state with data': {
    machine: createMachine({
      context: { got: 0 },
      initial: 'a',
      states: {
        a: {
          initial: 'x',
          states: { x: { on: { go: 'y' } }, y: { type: 'final', output: 7 } },
          onDone: { target: 'b', actions: assign({ got: ({ event }) => event.output as number }) },
        },
        b: {},
      },
    }),
    script: sends('go'),
  },
  'always at once': {
    machine: createMachine({
      initial: 'a',
      states: { a: { always: 'b' }, b: { entry: says('b'), always: 'c' }, c: {} },
    }),
    script: sends('x'),
  },
  'always with guards and context': {
    machine: createMachine({
      context: { n: 0 },
      initial: 'low',
      states: {
        low: { on: { up: { actions: count } }, always: { guard: ({ context }) => context.n >= 2, target: 'high' } },
        high: { entry: says('high') },
      },
    }),
    script: sends('up', 'up', 'up'),
  },
  'always without a target': {
    machine: createMachine({
      context: { n: 0 },
      always: { guard: ({ context }) => context.n % 2 === 1, actions: count },
      on: { up: { actions: count } },
    }),
    script: sends('up', 'up'),
  },
  'and, or, not and stateIn': {
    machine: setup({
      types: { context: {} as { n: number } },
      guards: { even: ({ context }) => context.n % 2 === 0, big: ({ context }) => context.n > 2 },
    }).createMachine({
      context: { n: 0 },
      type: 'parallel',
      states: {
        a: {
          initial: 'x',
          states: { x: { on: { up: { actions: assign({ n: ({ context }) => context.n + 1 }) }, flip: 'y' } }, y: {} },
        },
        b: {
          on: {
            both: { guard: and(['even', 'big']), actions: emit({ type: 'both' }) },
            either: { guard: or(['even', 'big']), actions: emit({ type: 'either' }) },
            odd: { guard: not('even'), actions: emit({ type: 'odd' }) },
            where: { guard: stateIn({ a: 'y' }), actions: emit({ type: 'y' }) },
          },
        },
      },
    }),
    script: sends('both', 'either', 'up', 'odd', 'where', 'flip', 'where', 'both'),
  },
  'guards with params': {
    machine: setup({
      types: { context: {} as { n: number } },
      guards: { above: ({ context }, { limit }: { limit: number }) => context.n > limit },
    }).createMachine({
      context: { n: 5 },
      on: {
        a: { guard: { type: 'above', params: { limit: 4 } }, actions: emit({ type: 'a' }) },
        b: { guard: { type: 'above', params: { limit: 5 } }, actions: emit({ type: 'b' }) },
      },
    }),
    script: sends('a', 'b'),
  },
  'the first guard that holds': {
    machine: createMachine({
      on: {
        go: [
          { guard: () => false, actions: says('no') },
          { guard: () => true, actions: says('yes') },
          { actions: says('late') },
        ],
      },
    }),
    script: sends('go'),
  },
  'a forbidden transition': {
    machine: createMachine({
      initial: 'a',
      states: { a: { on: { go: undefined } } },
      on: { go: { actions: says('root') } },
    }),
    script: sends('go'),
  },
  wildcards: {
    machine: createMachine({ on: { 'mouse.*': { actions: says('mouse') }, '*': { actions: says('any') } } }),
    script: sends('mouse.up', 'mouse', 'mouse.up.left', 'key'),
  },
  'raise at once': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: { on: { go: { actions: [raise({ type: 'next' }), says('raised')] }, next: 'b' } },
        b: { entry: says('b') },
      },
    }),
    script: sends('go'),
  },
  'raise in a circle that ends': {
    machine: createMachine({
      context: { n: 0 },
      on: {
        go: {
          actions: enqueueActions(({ context, enqueue }) => {
            if (context.n >= 3) return;
            enqueue.assign({ n: context.n + 1 });
            enqueue.raise({ type: 'go' });
          }),
        },
      },
    }),
    script: sends('go', 'go'),
  },
  'enqueueActions with check': {
    machine: setup({
      types: { context: {} as { n: number } },
      guards: { odd: ({ context }) => context.n % 2 === 1 },
    }).createMachine({
      context: { n: 0 },
      on: {
        go: {
          actions: enqueueActions(({ enqueue, check }) => {
            if (check('odd')) enqueue.emit({ type: 'odd' });
            enqueue.assign({ n: ({ context }) => context.n + 1 });
            enqueue(({ context }) => void context.n);
          }),
        },
      },
    }),
    script: sends('go', 'go', 'go'),
  },
  'named actions with params': {
    machine: setup({
      types: { context: {} as { log: string[] } },
      actions: { note: assign({ log: ({ context }, { text }: { text: string }) => [...context.log, text] }) },
    }).createMachine({
      context: { log: [] },
      on: {
        go: {
          actions: [
            { type: 'note', params: { text: 'one' } },
            { type: 'note', params: ({ event }) => ({ text: event.type }) },
          ],
        },
      },
    }),
    script: sends('go'),
  },
  'emit of what context is at that moment': {
    machine: createMachine({
      context: { n: 0 },
      on: { go: { actions: [count, emit(({ context }) => ({ type: 'n', n: context.n })), count] } },
    }),
    script: sends('go', 'go'),
  },
  'tags and meta': {
    machine: createMachine({
      initial: 'a',
      states: {
        a: { tags: ['calm', 'cold'], meta: { page: 1 }, on: { go: 'b' } },
        b: { tags: 'hot', initial: 'c', states: { c: { tags: 'c' } } },
      },
    }),
    script: sends('go'),
  },
  'targets by id and several at once': {
    machine: createMachine({
      id: 'm',
      initial: 'idle',
      states: {
        idle: { on: { go: ['#deep', '#wide'], all: '#m.p' } },
        p: {
          type: 'parallel',
          states: {
            l: { initial: 'a', states: { a: {}, b: { id: 'deep' } } },
            r: { initial: 'a', states: { a: {}, b: { id: 'wide' } } },
          },
          on: { back: 'idle' },
        },
      },
    }),
    script: sends('go', 'back', 'all'),
  },
  'input into context': {
    machine: setup({ types: { input: {} as { name: string }, context: {} as { name: string } } }).createMachine({
      context: ({ input }) => ({ name: input.name }),
    }),
    input: { name: 'Ann' },
    script: sends('x'),
  },
  'an initial transition with actions': {
    machine: createMachine({
      initial: 'a',
      states: { a: { initial: { target: 'b', actions: says('initial') }, states: { b: {} } } },
    }),
    script: sends('x'),
  },
  'self.send inside of an action': {
    machine: createMachine({
      context: { n: 0 },
      on: { go: { actions: ({ self }) => self.send({ type: 'up' }) }, up: { actions: [count, says('up')] } },
    }),
    script: sends('go'),
  },
};
