import { createMachine } from 'xstate';
import { fail } from '../../support/failing.ts';
import type { Scenario } from '../../support/scenario.ts';

export default { machine: createMachine({ context: fail as () => object }), script: [] } satisfies Scenario;
