import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, sends } from '../../support/steps.ts';

export default {
  machine: createMachine({ on: { 'mouse.*': { actions: says('mouse') }, '*': { actions: says('any') } } }),
  script: sends('mouse.up', 'mouse', 'mouse.up.left', 'key'),
} satisfies Scenario;
