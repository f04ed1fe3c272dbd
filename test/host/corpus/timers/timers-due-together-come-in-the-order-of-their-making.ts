import { createMachine, emit, raise } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    entry: [
      raise({ type: 'b' }, { delay: 20 }),
      raise({ type: 'a' }, { delay: 20 }),
      raise({ type: 'c' }, { delay: 10 }),
    ],
    on: { '*': { actions: emit(({ event }) => event) }, c: { actions: raise({ type: 'd' }, { delay: 10 }) } },
  }),
  script: [wait(20)],
} satisfies Scenario;
