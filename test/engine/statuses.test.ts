import { anyText, defineBot, type MessageId, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, describe, expect, it } from 'vitest';
import { counter, documentOf, messagesOf, World } from './world.ts';

const world = { current: new World() };
afterEach(async () => {
  await world.current.close();
  world.current = new World();
});

const curious = defineBot({
  id: 'curious',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: {
      'message.received': { actions: say('hello') },
      'message.delivered': { actions: say('it arrived') },
      'message.failed': { actions: say(({ event }) => `it failed: ${event.code}`) },
    },
  }),
});

async function start(bot = curious) {
  const storage = memoryStorage();
  const engine = await world.current.start({ storage, bots: [bot] });
  await world.current.text(engine, 'hi');
  await world.current.rest();
  const { carrier } = world.current;
  return { storage, engine, carrier, id: carrier.accepted[0]?.id as MessageId };
}

const sent = { status: 'sent', providerStatus: 'sent' } as const;
const delivered = { status: 'delivered', providerStatus: 'delivered' } as const;
const read = { status: 'delivered', providerStatus: 'read' } as const;
const undelivered = { status: 'failed', providerStatus: 'undelivered', code: '30003', reason: 'off' } as const;

describe('what becomes of a message', () => {
  it.each([
    ['in order', [sent, delivered]],
    ['in the wrong order', [delivered, sent]],
    ['again and again', [delivered, sent, delivered, delivered]],
  ])('is told once to a bot that knows the event, when reports come %s', async (_, updates) => {
    const { engine, carrier, id, storage } = await start();
    for (const update of updates) await world.current.status(engine, id, update);
    await world.current.rest();
    expect(carrier.texts).toEqual(['hello', 'it arrived']);
    expect((await storage.messages.get(id))?.status).toBe('delivered');
  });

  it('is told once, and kept whole, when all reports come at once', async () => {
    const { engine, carrier, id, storage } = await start();
    await Promise.all([delivered, read, sent, delivered].map((update) => world.current.status(engine, id, update)));
    await world.current.rest();
    expect(carrier.texts).toEqual(['hello', 'it arrived']);
    expect(await storage.messages.get(id)).toMatchObject({ status: 'delivered', providerStatus: 'read' });
  });

  it('is told with the code when it is bad', async () => {
    const { engine, carrier, id } = await start();
    await world.current.status(engine, id, undelivered);
    await world.current.rest();
    expect(carrier.texts).toEqual(['hello', 'it failed: 30003']);
  });

  it('costs a bot that does not know the event no turn', async () => {
    const { engine, carrier, id, storage } = await start(counter);
    const { turns } = await documentOf(storage);
    await world.current.status(engine, id, delivered);
    await world.current.rest();
    expect((await documentOf(storage)).turns).toBe(turns);
    expect((await storage.messages.get(id))?.status).toBe('delivered');
    expect(carrier.texts).toHaveLength(1);
  });

  it('is counted', async () => {
    const { engine, id, storage } = await start();
    await world.current.status(engine, id, delivered);
    await world.current.rest();
    const totals = (await storage.messages.totals()).filter(({ count }) => count > 0);
    expect(totals.map(({ direction, status, count }) => [direction, status, count]).sort()).toEqual([
      ['inbound', 'received', 1],
      ['outbound', 'delivered', 1],
      ['outbound', 'pending', 1],
    ]);
  });

  it('is found by the id of the provider when the report has no other', async () => {
    const { engine, id, storage } = await start();
    const update = { ...delivered, providerId: `SM-${id}-1`, at: 0, source: 'callback' };
    await world.current.webhook(engine, { kind: 'status', report: { update, raw: {} } });
    expect((await storage.messages.get(id))?.status).toBe('delivered');
  });

  it('of a message that is not ours is logged, and answered', async () => {
    const { engine, storage } = await start();
    await world.current.status(engine, 'nobody' as MessageId, delivered);
    expect(world.current.lines.at(-1)?.message).toMatch(/not ours/);
    expect(await messagesOf(storage)).toHaveLength(2);
  });

  it('is known of a message that was found, without any report', async () => {
    const storage = memoryStorage();
    const { carrier } = world.current;
    const engine = await world.current.start({ storage, bots: [counter] });
    carrier.script.push(async (message) => {
      carrier.accept(message);
      throw new Error('broken off');
    });
    const { find } = carrier;
    carrier.find = async (message) => {
      const receipt = await find(message);
      if (receipt === undefined || receipt === 'undecided') return receipt;
      return { ...receipt, providerStatus: 'delivered', status: 'delivered' };
    };
    await world.current.text(engine, 'hi');
    await world.current.advance(60_000);
    expect((await messagesOf(storage))[1]).toMatchObject({ status: 'delivered', providerStatus: 'delivered' });
  });

  it('is told to listeners, of whom one that throws harms nobody', async () => {
    const storage = memoryStorage();
    const engine = await world.current.start({ storage });
    const heard: string[] = [];
    engine.subscribe(() => {
      throw new Error('a mistake');
    });
    engine.subscribe(async () => {
      throw new Error('a mistake, later');
    });
    const unsubscribe = engine.subscribe((news) => {
      if (news.kind === 'message') heard.push(`${news.message.direction} ${news.message.status}`);
    });
    await world.current.text(engine, 'hi');
    await world.current.rest();
    expect(heard.slice(0, 2)).toEqual(['inbound received', 'outbound pending']);
    expect(world.current.lines.filter(({ message }) => message === 'a listener failed').length).toBeGreaterThan(1);
    unsubscribe();
    const { length } = heard;
    await world.current.text(engine, 'hi');
    await world.current.rest();
    expect(heard).toHaveLength(length);
  });
});
