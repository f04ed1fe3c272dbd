import { createMachine } from 'xstate';
import { caught, fail } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default { machine: caught(createMachine({ entry: fail })), script: [send('x')] } satisfies Scenario;
