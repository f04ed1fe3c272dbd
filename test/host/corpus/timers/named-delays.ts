import { setup } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: setup({ delays: { soon: 30 } }).createMachine({
    initial: 'a',
    states: { a: { after: { soon: 'b' } }, b: {} },
  }),
  script: [wait(29), wait(1)],
} satisfies Scenario;
