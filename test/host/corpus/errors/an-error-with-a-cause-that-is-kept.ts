import { assign, createMachine, forwardTo } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    context: { error: undefined as unknown },
    invoke: {
      src: createMachine({
        on: {
          fail: {
            actions: () => {
              throw new TypeError('outer', { cause: new Error('inner') });
            },
          },
        },
      }),
      id: 'c',
      onError: { actions: assign({ error: ({ event }) => event.error }) },
    },
    on: { fail: { actions: forwardTo('c') } },
  }),
  script: [send('fail'), send('x')],
} satisfies Scenario;
