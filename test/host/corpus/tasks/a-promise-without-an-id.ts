import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve } from '../../support/steps.ts';
import { work } from '../../support/work.ts';

export default {
  machine: createMachine({ id: 'm', initial: 'a', states: { a: { invoke: { src: work(), onDone: 'b' } }, b: {} } }),
  script: [resolve('0.m.a', 1)],
} satisfies Scenario;
