import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default {
  machine: createMachine({ initial: 'a', states: { a: { type: 'final' } }, output: 'at once' }),
  script: sends('more'),
} satisfies Scenario;
