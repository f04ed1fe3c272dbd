import { createMachine, emit, forwardTo } from 'xstate';
import { says } from './steps.ts';

export const fail = () => {
  throw new RangeError('no');
};

export const failing = createMachine({
  initial: 'a',
  states: { a: { on: { fail: { actions: [says('about to fail'), fail] }, go: 'b' } }, b: { entry: fail } },
});

export const caught = (src: object) =>
  createMachine({
    initial: 'a',
    states: {
      a: {
        invoke: {
          src,
          id: 'c',
          onError: {
            target: 'b',
            actions: emit(({ event }) => ({ type: 'caught', error: (event as { error?: unknown }).error })),
          },
        } as never,
        on: { fail: { actions: [forwardTo('c'), says('forwarded')] }, go: { actions: forwardTo('c') } },
      },
      b: {},
    },
  });
