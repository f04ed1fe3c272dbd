import { caught, failing } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default { machine: caught(failing), script: [send('fail'), send('x')] } satisfies Scenario;
