import { defineBot, handoff, keyword, type Plugin, pattern, say, setupBot } from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf, messagesOf, World } from './world.ts';

let world: World;
let store: Map<string, unknown>;

beforeEach(() => {
  world = new World();
  store = new Map();
});
afterEach(() => world.close());

const echo = defineBot({
  id: 'echo',
  triggers: [keyword('start'), pattern(/^begin/)],
  machine: setupBot({}).createMachine({
    entry: say('started'),
    on: {
      'message.received': [
        { guard: ({ event }) => event.text === 'desk', actions: handoff('desk') },
        { actions: say(({ event }) => `${event.text} (${event.media.length})`) },
      ],
    },
    after: { 10000: { actions: say('still there?') } },
  }),
});

const debounce = { window: 2000, atMost: 5000 };

async function start(plugins: readonly Plugin[] = []) {
  const storage = keyvStorage({ store });
  const app = { debounce, otherwise: 'What?' };
  const engine = await world.start({ storage, bots: [echo], app, plugins });
  return { engine, storage, text: (body: string) => world.text(engine, body) };
}

describe('texts that come close together', () => {
  it('are one event, a line each, once nobody writes any more', async () => {
    const { storage, text } = await start();
    await text('start');
    await world.advance(2000);
    await text('one');
    await world.advance(1999);
    await text('two');
    await world.advance(1999);
    expect(world.carrier.texts).toEqual(['started']);
    await world.advance(1);
    expect(world.carrier.texts).toEqual(['started', 'one\ntwo (0)']);
    const inbound = (await messagesOf(storage)).filter(({ direction }) => direction === 'inbound');
    expect(inbound.map(({ text: body }) => body)).toEqual(['start', 'one', 'two']);
  });

  it('wait no longer than the cap, however long somebody goes on', async () => {
    const { text } = await start();
    await text('start');
    await world.advance(2000);
    for (let count = 0; count < 6; count++) {
      await text(`${count}`);
      await world.advance(1000);
    }
    expect(world.carrier.texts.slice(0, 2)).toEqual(['started', '0\n1\n2\n3\n4 (0)']);
  });

  it('are taken in at once when they are too many', async () => {
    const { text } = await start();
    await text('start');
    await world.advance(2000);
    for (let count = 0; count < 20; count++) await text(`${count}`);
    await world.advance(0);
    expect(world.carrier.texts).toHaveLength(2);
  });

  it('start a bot by any of them', async () => {
    const { text } = await start();
    await text('hello');
    await text('Start!');
    await text('please');
    await world.advance(2000);
    expect(world.carrier.texts).toEqual(['started']);
  });

  it('that start nothing are answered once', async () => {
    const { text } = await start();
    await text('hello');
    await text('who is there');
    await world.advance(2000);
    expect(world.carrier.texts).toEqual(['What?']);
  });

  it('survive the process', async () => {
    const before = await start();
    await before.text('start');
    await before.text('now');
    await start();
    await world.advance(2000);
    expect(world.carrier.texts).toEqual(['started']);
  });

  it('come ahead of a timer that came due while they were written', async () => {
    const { text } = await start();
    await text('start');
    await world.advance(2000);
    await world.advance(9000);
    await text('I am');
    await world.advance(1500);
    expect(world.carrier.texts).toEqual(['started']);
    await world.advance(500);
    expect(world.carrier.texts).toEqual(['started', 'I am (0)', 'still there?']);
  });

  it('wait for nobody when a plugin claims one of them', async () => {
    const stop: Plugin = {
      name: 'stop',
      interceptInbound: ({ message }) => (message.text === 'stop' ? { reply: 'Bye.', endJourney: true } : undefined),
    };
    const { storage, text } = await start([stop]);
    await text('start');
    await text('stop');
    await world.advance(10_000);
    expect(world.carrier.texts).toEqual(['Bye.']);
    expect(await documentOf(storage)).not.toHaveProperty('burst');
  });

  it('are for people once they have the conversation', async () => {
    const { storage, text } = await start();
    await text('start');
    await world.advance(2000);
    await text('desk');
    await world.advance(2000);
    await text('hello');
    await world.advance(10_000);
    expect(world.carrier.texts).toEqual(['started']);
    expect((await documentOf(storage)).handoff?.to).toBe('desk');
  });
});
