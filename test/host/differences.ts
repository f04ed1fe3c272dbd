import {
  type AnyActorRef,
  assign,
  cancel,
  createMachine,
  emit,
  forwardTo,
  fromTransition,
  raise,
  sendTo,
  setup,
  spawnChild,
  stopChild,
} from 'xstate';
import { controlled } from './support/controlled.ts';
import type { Scenario, View } from './support/scenario.ts';

/** Where a hosted machine does something else than a live one, on purpose. */
export interface Difference {
  /** What happens live. */
  readonly live: string;
  /** What happens hosted, and why. */
  readonly hosted: string;
  readonly scenario: Scenario;
  /** What of a run shows it. */
  readonly shows: (views: readonly View[]) => unknown;
  readonly expected: { readonly live: unknown; readonly hosted: unknown };
}

const send = (type: string) => ({ send: { type } });
const emittedTypes = (views: readonly View[]) =>
  views.flatMap(({ emitted = [] }) => emitted.map((event) => (event as { type: string }).type));
const lastStatus = (views: readonly View[]) => views.at(-1)?.status;
const fails = createMachine({
  invoke: { src: createMachine({ after: { 10: { actions: emit({ type: 'left behind' }) } } } as never), id: 'inner' },
  on: {
    fail: {
      actions: () => {
        throw new Error('no');
      },
    },
  },
});
const tells = fromTransition((state: number, event: { type: string }, { emit: tell }) => {
  if (event.type === 'xstate.stop') (tell as (event: { type: string }) => void)({ type: 'stopped' });
  return state;
}, 0);
const spawnsTwo = setup({ actors: { tells } }).createMachine({
  on: { go: { actions: [spawnChild('tells'), spawnChild('tells')] } },
});
const named = createMachine({ on: { hello: { actions: emit({ type: 'hello' }) } } });

export const differences: Readonly<Record<string, Difference>> = {
  'a machine that throws': {
    live: 'The root actor is in error for good.',
    hosted: 'The step throws and the document stays as it was, so that the event can be tried again.',
    scenario: {
      machine: createMachine({
        on: {
          go: {
            actions: () => {
              throw new Error('no');
            },
          },
        },
      }),
      script: [send('go'), send('other')],
    },
    shows: (views) => views.length,
    expected: { live: 3, hosted: 2 },
  },
  'actors below a machine that has failed': {
    live: 'They run on, and their timers with them, although nobody reaches them.',
    hosted: 'They are over when the step is.',
    scenario: {
      machine: createMachine({
        invoke: { src: fails, id: 'c', onError: {} },
        on: { fail: { actions: forwardTo('c') } },
      }),
      script: [send('fail'), { advance: 10 }],
    },
    shows: emittedTypes,
    expected: { live: ['left behind'], hosted: [] },
  },
  'a second actor of the same id': {
    live: 'The first runs on, although its parent knows only the second.',
    hosted: 'The first is over when the step is: a document finds actors by their ids.',
    scenario: {
      machine: setup({
        actors: { named: createMachine({ after: { 10: { actions: emit({ type: 'ten' }) } } } as never) },
      }).createMachine({
        on: { go: { actions: spawnChild('named', { id: 'same' }) } },
      }),
      script: [send('go'), send('go'), { advance: 10 }],
    },
    shows: emittedTypes,
    expected: { live: ['ten', 'ten'], hosted: ['ten'] },
  },
  'actors without an id, when their parent stops': {
    live: 'The last of them is stopped. The others run on, although nobody reaches them.',
    hosted: 'All of them are stopped. A fromTransition hears of it by an event xstate.stop.',
    scenario: {
      machine: createMachine({
        initial: 'a',
        states: { a: { invoke: { src: spawnsTwo, id: 'c' }, on: { stop: 'b' } }, b: {} },
        on: { go: { actions: sendTo('c', { type: 'go' }) } },
      }),
      script: [send('go'), send('stop')],
    },
    shows: emittedTypes,
    expected: { live: ['stopped'], hosted: ['stopped', 'stopped'] },
  },
  'the id of a delayed event to an actor that has stopped': {
    live: 'When its time comes, nobody hears it, but a later event of the same id can not be cancelled any more.',
    hosted: 'It goes with the actor, and cancel finds the later event.',
    scenario: {
      machine: setup({ actors: { named } }).createMachine({
        entry: spawnChild('named', { id: 'c' }),
        on: {
          go: {
            actions: [
              sendTo('c', { type: 'hello' }, { delay: 10, id: 'x' }),
              raise({ type: 'later' }, { delay: 20, id: 'x' }),
              stopChild('c'),
            ],
          },
          calm: { actions: cancel('x') },
          later: { actions: emit({ type: 'later' }) },
        },
      }),
      script: [send('go'), { advance: 15 }, send('calm'), { advance: 10 }],
    },
    shows: emittedTypes,
    expected: { live: ['later'], hosted: [] },
  },
  'a delay that is no time': {
    live: 'A delay of NaN or Infinity is as good as none with the clock of Node.js.',
    hosted: 'The step throws a RangeError.',
    scenario: {
      machine: createMachine({ on: { go: { actions: raise({ type: 'x' }, { delay: Number.NaN }) } } }),
      script: [send('go')],
    },
    shows: lastStatus,
    expected: { live: 'active', hosted: 'error' },
  },
  'logic without a name': {
    live: 'Logic that is made on the spot can be spawned.',
    hosted: 'It is refused with error.platform.bot.not-durable: after a restart nobody could find it.',
    scenario: {
      machine: createMachine({
        context: {} as { ref?: AnyActorRef },
        on: {
          go: { actions: assign({ ref: ({ spawn }) => spawn(controlled(), { id: 'x' } as never) as AnyActorRef }) },
        },
      }),
      script: [send('go')],
    },
    shows: lastStatus,
    expected: { live: 'active', hosted: 'error' },
  },
  'the session id of an actor': {
    live: 'It is the same as long as the process lives.',
    hosted: 'It is another at every event. Use the id, which stays.',
    scenario: {
      machine: createMachine({
        invoke: [
          { src: named, id: 'a' },
          { src: named, id: 'b' },
        ],
        on: {
          look: {
            actions: emit(({ self }) => ({ type: self.sessionId === 'session-1' ? 'of the step' : 'of the process' })),
          },
        },
      }),
      script: [send('look')],
    },
    shows: emittedTypes,
    expected: { live: ['of the process'], hosted: ['of the step'] },
  },
  'the class of an error': {
    live: 'An error in context is the one that was thrown.',
    hosted: 'It is an Error with the name, message, code, status and cause of it.',
    scenario: {
      machine: createMachine({
        context: { error: undefined as unknown },
        invoke: { src: controlled(), id: 'w', onError: { actions: assign({ error: ({ event }) => event.error }) } },
        on: {
          look: {
            actions: emit(({ context }) => ({ type: context.error instanceof RangeError ? 'RangeError' : 'Error' })),
          },
        },
      }),
      script: [{ reject: 'w', error: new RangeError('no') }, send('look')],
    },
    shows: emittedTypes,
    expected: { live: ['RangeError'], hosted: ['Error'] },
  },
};
