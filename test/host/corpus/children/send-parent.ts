import { createMachine, emit, forwardTo, sendTo } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { heard, send } from '../../support/steps.ts';

export default {
  machine: createMachine({
    invoke: { src: counter, id: 'c' },
    on: { ask: { actions: [forwardTo('c'), sendTo('c', { type: 'tell' })] }, told: { actions: emit(heard) } },
  }),
  script: [send('ask')],
} satisfies Scenario;
