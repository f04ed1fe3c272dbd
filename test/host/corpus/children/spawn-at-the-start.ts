import { sendTo, setup } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

export default {
  machine: setup({ actors: { counter } }).createMachine({
    context: ({ spawn }) => ({ ref: spawn('counter', { id: 'c' }) }),
    on: { up: { actions: sendTo(({ context }) => context.ref, { type: 'up' }) } },
  }),
  script: [send('up'), send('up')],
} satisfies Scenario;
