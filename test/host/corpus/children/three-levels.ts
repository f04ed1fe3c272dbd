import { createMachine, forwardTo } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

const deep = createMachine({
  invoke: {
    src: createMachine({ invoke: { src: counter, id: 'inner' }, on: { up: { actions: forwardTo('inner') } } }),
    id: 'middle',
  },
  on: { up: { actions: forwardTo('middle') } },
});

export default { machine: deep, script: [send('up'), send('up')] } satisfies Scenario;
