import { address } from '@parley/core';
import { afterEach, describe, expect, it } from 'vitest';
import { ANN, BEN, CLINIC, SHOP, start, type World } from './support.ts';

let world: World;
afterEach(() => world.simulation.close());

async function known(person = ANN) {
  const { plugins } = await world.simulation.engine.describeActor(person);
  return plugins.find(({ plugin }) => plugin === 'opt-out')?.facts;
}

describe('what is shown of a person', () => {
  it('is nothing where they have said nothing', async () => {
    world = await start();
    await world.receive({ text: 'hello' });
    expect(await known()).toBeUndefined();
  });

  it('is that they have opted out, since when, how, by what kind of words, and of what', async () => {
    world = await start();
    const at = world.simulation.clock.now();
    await world.receive({ text: 'STOP' });
    await world.receive({ text: 'please stop texting me, will you', from: BEN });
    const fact = { label: 'Everything', at, tone: 'bad' };
    const covers = 'covers all that is sent';
    expect(await known()).toEqual([{ ...fact, value: `Opted out by text, with a keyword; ${covers}` }]);
    expect(await known(address(`whatsapp:${ANN}`))).toHaveLength(1);
    expect(await known(BEN)).toEqual([{ ...fact, value: `Opted out by text, in words of their own; ${covers}` }]);
  });

  it('is how they stand towards each app, where that differs', async () => {
    world = await start({ scope: 'app' });
    await world.receive({ text: 'STOP' });
    await world.receive({ text: 'STOP', to: [SHOP] });
    await world.simulation.advance({ hours: 1 });
    await world.receive({ text: 'START', to: [CLINIC] });
    expect(await known()).toMatchObject([
      { label: 'clinic', value: 'Opted in again by text', tone: 'good', at: world.simulation.clock.now() },
      { label: 'shop', value: 'Opted out by text, with a keyword; covers this app', tone: 'bad' },
    ]);
  });

  it('is what somebody has to decide about them, without their words', async () => {
    world = await start();
    const at = world.simulation.clock.now();
    await world.receive({ text: 'stop by the office at 5' });
    expect(await known()).toEqual([
      {
        ...{ label: 'Under review', at, tone: 'bad' },
        value: 'A text to clinic may have been an opt-out, which somebody has to decide; they were asked',
      },
    ]);
  });
});
