import { simulate } from '@parley/testing';
import { expect, it } from 'vitest';
import organization from './parley.config.ts';

it('texts when the tea is ready', async () => {
  const sim = await simulate(organization);
  const ann = sim.actor('+14155550123');
  expect(await ann.text('hi')).toEqual(['Hello! How many minutes does your tea take? I text you when it is ready.']);
  expect(await ann.text('a few')).toEqual(['A number from 1 to 15, please: how many minutes?']);
  expect(await ann.text('3')).toEqual(['The timer runs: 3 min. Put your feet up!']);
  expect(await ann.text('now?')).toEqual(['Still steeping. I text you when it is ready.']);
  await sim.advance({ minutes: 3 });
  expect(ann.lastText).toBe('Your tea is ready. Enjoy!');
  await sim.close();
});
