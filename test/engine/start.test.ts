import { address, conversationKey, defineBot, ParleyError, type Storage } from '@parley/core';
import { keyvStorage, memoryStorage } from '@parley/plugin-keyv';
import { afterEach, describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { ANN, Carrier, counter, documentOf, OTHER, OURS, World } from './world.ts';

const world = { current: new World() };
afterEach(async () => {
  await world.current.close();
  world.current = new World();
});

const reminder = defineBot({ id: 'reminder', machine: createMachine({ after: { 60000: {} }, on: { never: {} } }) });

describe('starting an engine', () => {
  it('goes on without the conversations of an app that was removed', async () => {
    const store = new Map<string, unknown>();
    const apps = [{ id: 'old', number: OTHER, bots: [reminder] }];
    const before = await world.current.start({ storage: keyvStorage({ store }), apps });
    await before.startJourney({ app: 'old', to: ANN, bot: 'reminder' });
    await before.stop();
    const storage = keyvStorage({ store });
    const engine = await world.current.start({ storage });
    expect(await engine.ready()).toBe(true);
    await world.current.text(engine, 'hi');
    await world.current.rest();
    expect(world.current.carrier.texts).toEqual(['1: hi']);
    expect((await documentOf(storage, conversationKey(OTHER, ANN))).journey).toBeDefined();
  });

  it('comes up when more conversations are due soon than are taken over at a time', async () => {
    const store = new Map<string, unknown>();
    const before = await world.current.start({ storage: keyvStorage({ store }), bots: [reminder] });
    for (let index = 0; index < 600; index++) {
      const to = address(`+1415556${String(index).padStart(4, '0')}`);
      await before.startJourney({ app: 'app', to, bot: 'reminder' });
    }
    await before.stop();
    const storage = keyvStorage({ store });
    const engine = await world.current.start({ storage, bots: [reminder] });
    expect(await engine.ready()).toBe(true);
    await world.current.advance(60_000);
    const last = await documentOf(storage, conversationKey(OURS, address('+14155560599')));
    expect(last.journey?.machine.timers).toEqual([]);
  });

  it('runs even when the storage fails while work of the last run is taken over', async () => {
    const inner = memoryStorage();
    let failures = 2;
    const storage: Storage = {
      ...inner,
      conversations: {
        ...inner.conversations,
        due: (...args) => {
          if (failures-- > 0) return Promise.reject(new ParleyError('error.platform.storage.failed'));
          return inner.conversations.due(...args);
        },
      },
    };
    const engine = await world.current.start({ storage });
    expect(await engine.ready()).toBe(true);
    await world.current.text(engine, 'hi');
    await world.current.rest();
    expect(world.current.carrier.texts).toEqual(['1: hi']);
  });

  it('closes in reverse order what it had opened when a plugin fails', async () => {
    const order: string[] = [];
    const inner = memoryStorage();
    class Recorded extends Carrier {
      override async open() {
        order.push('open transport');
      }
      override async close() {
        order.push('close transport');
      }
    }
    const storage: Storage = {
      ...inner,
      open(context) {
        order.push('open storage');
        return inner.open(context);
      },
      close() {
        order.push('close storage');
        return inner.close();
      },
    };
    const plugins = [
      { name: 'first', setup: () => void order.push('set up first'), close: () => void order.push('close first') },
      {
        name: 'second',
        setup() {
          throw new Error('no');
        },
        close: () => void order.push('close second'),
      },
    ];
    const engine = world.current.create({ storage, plugins, transport: new Recorded(), bots: [counter] });
    await expect(engine.start({ localUrl: 'http://localhost' })).rejects.toMatchObject({
      code: 'error.platform.plugin.setup-failed',
      details: { plugin: 'second' },
    });
    expect(order).toEqual([
      'open transport',
      'open storage',
      'set up first',
      'close first',
      'close storage',
      'close transport',
    ]);
    await expect(world.current.text(engine, 'hi')).rejects.toMatchObject({ status: 503 });
  });
});
