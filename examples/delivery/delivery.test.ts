import { type SimulatedActor, type Simulation, simulate } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import organization, { texts } from './parley.config.ts';

describe('news of a parcel', () => {
  let shop: Simulation;
  let ann: SimulatedActor;
  beforeEach(async () => {
    shop = await simulate(organization);
    ann = shop.actor('+14155550123');
  });
  afterEach(() => shop.close());

  const told = () => ann.received.map(({ text }) => text);

  it('comes with a link of its own', async () => {
    void texts.notify('shipped', ann.number, { number: 'R-2041', link: 'https://parcels.example/r-2041' });
    await shop.advance({ minutes: 1 });
    expect(told()).toEqual(['Riverside Books: your parcel R-2041 is on its way.', 'https://parcels.example/r-2041']);
  });

  it('says when it comes in the time of the person', async () => {
    const data = { number: 'R-2041', from: '2026-01-05T22:00:00Z', to: '2026-01-06T00:00:00Z' };
    void texts.notify('arriving', ann.number, data);
    await shop.advance({ minutes: 1 });
    expect(told()).toEqual([expect.stringContaining('between 2 PM and 4 PM')]);
  });

  it('is asked for once, however often the shop asks', async () => {
    for (let time = 0; time < 3; time++) {
      void texts.notify('delivered', ann.number, { number: 'R-2041' }, { idempotencyKey: 'R-2041 delivered' });
      await shop.advance({ minutes: 1 });
    }
    expect(told()).toEqual(['Riverside Books: parcel R-2041 is at your door. Enjoy!']);
  });

  it('is answered when somebody asks where it is', async () => {
    expect((await ann.text('where is it?')).join('\n')).toMatch(/R-2041 is with the driver[\s\S]*follow it on the map/);
    expect(await ann.text('1')).toEqual(['https://parcels.example/r-2041']);
  });

  it('is had from a person by who wants that', async () => {
    await ann.text('where is it?');
    expect(await ann.text('I want to talk to somebody')).toEqual(['Somebody of ours will text you here.']);
    expect((await ann.conversation())?.handoff?.to).toBe('dispatch');
  });

  it('is none where there is no parcel', async () => {
    expect(await shop.actor('+14155550199').text('hello')).toEqual(['There is no parcel for this number.']);
  });
});
