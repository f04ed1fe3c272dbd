import { emit, raise, setup } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: setup({ delays: { d: 30 } }).createMachine({
    entry: [
      raise({ type: 'name' }, { delay: 'd' }),
      raise({ type: 'function' }, { delay: () => 10 }),
      raise({ type: 'number' }, { delay: 20 }),
    ],
    on: { '*': { actions: emit(({ event }) => event) } },
  }),
  script: [wait(10), wait(10), wait(10)],
} satisfies Scenario;
