import { createMachine } from 'xstate';
import { caught } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: caught(
    createMachine({
      on: {
        fail: {
          actions: () => {
            throw { code: 7 };
          },
        },
      },
    }),
  ),
  script: [send('fail'), send('x')],
} satisfies Scenario;
