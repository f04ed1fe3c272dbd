import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { wait } from '../../support/steps.ts';

export default {
  machine: createMachine({
    initial: 'a',
    states: {
      a: { after: { 50: 'z' }, initial: 'b', states: { b: { after: { 20: 'c' } }, c: { after: { 20: 'b' } } } },
      z: {},
    },
  }),
  script: [wait(25), wait(20), wait(10)],
} satisfies Scenario;
