import { player } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { sends } from '../../support/steps.ts';

export default { machine: player('deep'), script: sends('next', 'in', 'off', 'on', 'off', 'on') } satisfies Scenario;
