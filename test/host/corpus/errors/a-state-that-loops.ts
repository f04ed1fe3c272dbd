import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: { a: { on: { go: 'b' } }, b: { always: 'c' }, c: { always: 'b' } },
    options: { maxIterations: 20 },
  } as never),
  script: [send('go')],
} satisfies Scenario;
