import { failing } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default { machine: failing, script: [send('go')] } satisfies Scenario;
