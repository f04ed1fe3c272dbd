import { createMachine, spawnChild } from 'xstate';
import { counter } from '../../support/machines.ts';
import type { Scenario } from '../../support/scenario.ts';
import { send, wait } from '../../support/steps.ts';

// Both children end in the step in which they spawn; the name is free again for the second, and for whoever comes later.
const ends = (delay: number) =>
  createMachine({
    initial: 'a',
    states: {
      a: { after: { [delay]: { target: 'b', actions: spawnChild(counter, { systemId: 's' }) } } },
      b: { type: 'final' },
    },
  });

export default {
  machine: createMachine({
    invoke: [
      { src: ends(10), id: 'one' },
      { src: ends(20), id: 'two' },
    ],
    on: { go: { actions: spawnChild(counter, { id: 'three', systemId: 's' }) } },
  }),
  script: [wait(10), wait(10), send('go'), send('x')],
} satisfies Scenario;
