import { anyText, defineBot, setupBot } from '@parley/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromPromise } from 'xstate';
import { type Api, startApi } from './world.ts';

/** Throws at what its task has found. */
const thrower = defineBot({
  id: 'thrower',
  triggers: [anyText()],
  machine: setupBot({ actors: { look: fromPromise(async () => 'found') } }).createMachine({
    initial: 'looking',
    states: {
      looking: {
        invoke: {
          src: 'look',
          onDone: {
            actions: () => {
              throw new Error('This is not what it looked for.');
            },
          },
        },
      },
    },
  }),
});

let api: Api;

beforeAll(async () => {
  api = await startApi({ app: { bots: [thrower] } });
  await api.text('hello');
});
afterAll(() => api.server.close({ grace: 100 }));

it('shows a task as held when the machine threw at its outcome, and where it threw', async () => {
  const { body: page } = await api.ask('GET /conversations?parked=true', { as: 'viewer' });
  const { body } = await api.ask(`GET /conversations/${page.conversations[0].id}`, { as: 'viewer' });
  expect(body.journey.tasks).toMatchObject([{ name: 'look', held: true }]);
  expect(body.parked).toMatchObject([
    {
      what: 'task',
      reason: expect.stringContaining('not what it looked for'),
      where: expect.stringMatching(/:\d+:\d+$/),
    },
  ]);
});
