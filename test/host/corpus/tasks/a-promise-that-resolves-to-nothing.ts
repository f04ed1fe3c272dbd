import { createMachine } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { resolve } from '../../support/steps.ts';
import { job } from '../../support/work.ts';

export default { machine: createMachine({ invoke: job('w') }), script: [resolve('w')] } satisfies Scenario;
