import { createMachine, emit } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

const meta = emit(({ self }) => ({
  type: 'meta',
  meta: self.getSnapshot().getMeta(),
  tags: [...self.getSnapshot().tags],
}));

export default {
  machine: createMachine({
    id: 'm',
    initial: 'a',
    meta: { page: 0 },
    states: {
      a: { tags: ['calm'], meta: { page: 1 }, on: { go: { target: 'b', meta: { why: 'asked' } } } },
      b: { tags: 'hot', meta: { page: 2 } },
    },
    on: { look: { actions: meta } },
  }),
  script: [send('look'), send('go'), send('look')],
} satisfies Scenario;
