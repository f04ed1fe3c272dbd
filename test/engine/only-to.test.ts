import { defineApp, defineOrganization, type MessageId, type Plugin } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { ANN, counter, OTHER, OURS } from './world.ts';

const BEN = '+14155550124';
let simulation: Simulation;
let asked: number;

afterEach(() => simulation.close());

/** Everybody may be texted as far as this policy is concerned. */
const counting: Plugin = {
  name: 'counting',
  checkOutbound: () => {
    asked += 1;
    return undefined;
  },
};

async function preview(onlyTo: readonly string[] | undefined, number: string = OURS): Promise<Simulation> {
  asked = 0;
  simulation = await simulate(
    defineOrganization({
      name: 'Test',
      apps: [
        defineApp({ id: 'app', number, bots: [counter], onlyTo }),
        defineApp({ id: 'other', number: OTHER, bots: [counter], mode: 'published' }),
      ],
      transports: { sms: new SimulatedCarrier() },
      storage: memoryStorage(),
      plugins: [counting],
    }),
  );
  return simulation;
}

describe('an app that texts only some', () => {
  it('answers those on its list, and refuses everybody else without asking a policy or the provider', async () => {
    const { engine } = await preview([ANN]);
    expect(await simulation.actor(ANN, 'app').text('hi')).toEqual(['1: hi']);
    expect(asked).toBe(1);
    expect(await simulation.actor(BEN, 'app').text('hi')).toEqual([]);
    const { message } = await engine.notify({ app: 'app', to: BEN, name: 'news', text: 'Hello' });
    await simulation.advance({ minutes: 1 });
    expect(asked).toBe(1);
    const refused = (await simulation.messages()).filter(({ status }) => status === 'failed');
    expect(refused).toHaveLength(2);
    expect(refused.map(({ id }) => id)).toContain(message);
    for (const { error, history } of refused) {
      expect(error).toMatchObject({ code: 'error.platform.send.not-on-list' });
      expect(error?.reason).not.toMatch(/\d{4}/);
      expect(history.at(-1)).toMatchObject({ status: 'failed', source: 'engine' });
    }
  });

  it('leaves the other apps alone, and texts everybody without a list', async () => {
    await preview([]);
    expect(await simulation.actor(BEN, 'other').text('hi')).toEqual(['1: hi']);
    expect(await simulation.actor(BEN, 'app').text('hi')).toEqual([]);
    await simulation.close();
    await preview(undefined);
    expect(await simulation.actor(BEN, 'app').text('hi')).toEqual(['1: hi']);
  });

  it('knows a person under every channel', async () => {
    await preview([ANN], `whatsapp:${OURS}`);
    expect(await simulation.actor(`whatsapp:${ANN}`, 'app').text('hi')).toEqual(['1: hi']);
    expect(await simulation.actor(`whatsapp:${BEN}`, 'app').text('hi')).toEqual([]);
  });

  it('refuses what was meant for later when its time comes', async () => {
    const { engine } = await preview([ANN]);
    const at = simulation.clock.now() + 60_000;
    const { message } = await engine.notify({ app: 'app', to: BEN, name: 'news', text: 'Hello', at });
    await simulation.advance({ minutes: 2 });
    const found = (await simulation.messages()).find(({ id }) => id === (message as MessageId));
    expect(found?.error?.code).toBe('error.platform.send.not-on-list');
  });
});
