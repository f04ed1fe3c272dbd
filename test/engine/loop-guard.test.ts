import { anyText, defineBot, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf, KEY, OURS, World } from './world.ts';

let world: World;

beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** Two texts in answer to every one, and over: as bots are that answer machines. */
const brief = defineBot({
  id: 'brief',
  triggers: [anyText()],
  machine: setupBot({}).createMachine({
    entry: [say('first'), say('second')],
    initial: 'over',
    states: { over: { type: 'final' } },
  }),
});

/** Talks by itself, once a second. */
const chatty = defineBot({
  id: 'chatty',
  triggers: [anyText()],
  machine: setupBot({}).createMachine({
    initial: 'a',
    states: { a: { entry: say('tick'), after: { 1000: 'b' } }, b: { always: 'a' } },
  }),
});

async function start(parts: Partial<Parameters<World['start']>[0]> = {}) {
  const storage = memoryStorage();
  const engine = await world.start({ storage, bots: [brief], ...parts });
  const text = async (times: number, gap = 0) => {
    for (let count = 0; count < times; count++) {
      await world.text(engine, `text ${count}`);
      await world.advance(gap);
    }
  };
  return { engine, storage, text };
}

describe('a conversation in circles', () => {
  it('is halted with the thirtieth reply, whoever said it; texts are kept', async () => {
    const { storage, text } = await start();
    await text(29);
    expect(await documentOf(storage)).not.toHaveProperty('halted');
    await text(5);
    const { halted, parked } = await documentOf(storage);
    expect(halted?.code).toBe('error.platform.journey.loop');
    expect(parked?.map(({ what }) => what)).toMatchObject(
      [29 + 1, 0, 0, 0].map((_, index) => ({ kind: 'text', text: { text: `text ${index + 1}` } })),
    );
    expect(world.carrier.texts).toHaveLength(60);
  });

  it('is none where somebody takes their time, once', async () => {
    const { storage, text } = await start();
    await text(29);
    await world.advance(30_000);
    await text(29);
    await world.advance(30_000);
    await text(20, 30_000);
    expect(await documentOf(storage)).not.toHaveProperty('halted');
  });

  it('may be a bot with itself', async () => {
    const { storage, text } = await start({ bots: [chatty] });
    await text(1);
    await world.advance(600_000);
    expect(world.carrier.texts).toHaveLength(30);
    expect((await documentOf(storage)).halted?.code).toBe('error.platform.journey.loop');
  });

  it('may be the app with its answer to what no bot wants', async () => {
    const { storage, text } = await start({ bots: [], app: { otherwise: 'Nobody is here.' } });
    await text(40);
    expect(world.carrier.texts).toHaveLength(30);
    expect((await documentOf(storage)).halted).toBeDefined();
  });

  it('goes on when an operator says so', async () => {
    const { engine, storage, text } = await start();
    await text(32);
    await engine.skipParked(KEY);
    await text(1);
    expect(world.carrier.texts).toHaveLength(62);
    expect(await documentOf(storage)).not.toHaveProperty('parked');
  });

  it('is not counted by notifications', async () => {
    const { engine, storage } = await start();
    for (let count = 0; count < 40; count++) {
      await engine.notify({ app: 'app', to: KEY.slice(OURS.length + 1), name: 'news', text: `${count}` });
    }
    expect(await documentOf(storage)).not.toHaveProperty('halted');
  });

  it('is what the app says it is', async () => {
    const { storage, text } = await start({ app: { loopGuard: { replies: 3, gap: 1000 } } });
    await text(3);
    expect((await documentOf(storage)).halted?.reason).toMatch('3 times with less than 1 s');
  });
});
