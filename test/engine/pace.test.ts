import { type AppOptions, address, SendError } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANN, type Attempt, documentOf, messagesOf, World } from './world.ts';

const HOUR = 3_600_000;

let world: World;

beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

const people = Array.from({ length: 40 }, (_, index) => address(`+141555502${String(index).padStart(2, '0')}`));

async function start(app: Partial<AppOptions>) {
  const storage = memoryStorage();
  const engine = await world.start({ storage, app });
  const notify = (to: string, text: string, options: { at?: number; validFor?: number } = {}) =>
    engine.notify({ app: 'app', to, name: 'news', text, ...options });
  return { engine, storage, notify };
}

const texts = () => world.carrier.texts;

describe('the pace of a sender', () => {
  it('lets a second’s worth go at once, and then one after the other', async () => {
    const { notify } = await start({ pace: { perSecond: 2 } });
    for (const person of people.slice(0, 8)) await notify(person, person);
    await world.advance(0);
    expect(texts()).toHaveLength(2);
    await world.advance(1000);
    expect(texts()).toHaveLength(4);
    await world.advance(2000);
    expect(texts()).toHaveLength(8);
  });

  it('lets replies go ahead of notifications', async () => {
    const { engine, notify } = await start({ pace: { perSecond: 1 } });
    for (const person of people.slice(0, 6)) await notify(person, 'news');
    await world.text(engine, 'hello');
    await world.advance(1000);
    expect(texts()).toEqual(['news', '1: hello']);
  });

  it('is fair: a conversation with much to say does not hold up the others', async () => {
    const { notify } = await start({ pace: { perSecond: 1 } });
    for (let count = 0; count < 5; count++) await notify(ANN, `ann ${count}`);
    await notify(people[0] as string, 'ben');
    await world.advance(2000);
    expect(texts()).toContain('ben');
  });

  it('keeps what it can not send soon in the documents, and sends all of it once', async () => {
    const { notify, storage } = await start({ pace: { perSecond: 1 } });
    for (const person of people) await notify(person, person);
    await world.advance(5000);
    expect((await documentOf(storage, `+14155550100/${people[39]}` as never)).outbox[0]?.notBefore).toBeDefined();
    await world.advance(120_000);
    expect([...texts()].sort()).toEqual([...people].sort());
  });
});

describe('sends at once', () => {
  it('are no more than the engine allows, and replies go first', async () => {
    let running = 0;
    let peak = 0;
    const storage = memoryStorage();
    const engine = await world.start({ storage, engine: { sendsAtOnce: 3 } });
    const slow: Attempt = (message) =>
      new Promise((resolve) => {
        running += 1;
        peak = Math.max(peak, running);
        world.clock.setTimeout(() => {
          running -= 1;
          resolve(world.carrier.accept(message));
        }, 1000);
      });
    for (let count = 0; count < 50; count++) world.carrier.script.push(slow);
    for (const person of people) await engine.notify({ app: 'app', to: person, name: 'news', text: person });
    await world.advance(0);
    await world.text(engine, 'hello');
    await world.advance(2000);
    expect(texts()).toContain('1: hello');
    await world.advance(300_000);
    expect(peak).toBe(3);
    expect([...texts()].sort()).toEqual([...people, '1: hello'].sort());
  });
});

describe('a daily cap', () => {
  it('refuses what goes beyond it, and lets the next day begin anew', async () => {
    const { notify, storage } = await start({ pace: { perDay: 3 } });
    for (let count = 0; count < 5; count++) await notify(people[count] as string, `${count}`);
    await world.advance(0);
    expect(texts()).toHaveLength(3);
    const failed = (await messagesOf(storage)).filter(({ status }) => status === 'failed');
    expect(failed.map(({ error }) => error?.code)).toEqual(Array(2).fill('error.platform.send.daily-cap'));
    await world.advance(24 * HOUR);
    await notify(ANN, 'next day');
    await world.advance(0);
    expect(texts()).toHaveLength(4);
  });
});

describe('a provider that is out', () => {
  const outage = async () => {
    throw new SendError('retry', 'error.platform.send.unreachable', 'nobody answers');
  };

  it('is left alone after a few failures, and messages do not use their attempts up', async () => {
    const { notify, storage } = await start({});
    for (let count = 0; count < 300; count++) world.carrier.script.push(outage);
    for (const person of people.slice(0, 20)) await notify(person, person);
    await world.advance(600_000);
    // Twenty messages that tried on their own would have asked some two hundred times.
    expect(world.carrier.attempts.length).toBeLessThan(40);
    const document = await documentOf(storage, `+14155550100/${people[19]}` as never);
    expect(document.outbox[0]?.attempts).toBeLessThan(5);
    world.carrier.script.length = 0;
    await world.advance(HOUR);
    expect([...texts()].sort()).toEqual([...people.slice(0, 20)].sort());
  });

  it('that asks everybody to wait is obeyed', async () => {
    const { notify } = await start({});
    world.carrier.script.push(async () => {
      throw new SendError('retry', '20429', 'too many', { retryAfter: 30_000, isForAll: true });
    });
    await notify(people[0] as string, 'one');
    await world.advance(0);
    await notify(people[1] as string, 'two');
    await world.advance(29_000);
    expect(texts()).toEqual([]);
    await world.advance(60_000);
    expect([...texts()].sort()).toEqual(['one', 'two']);
  });
});

describe('a message of some time', () => {
  it('leaves at its time', async () => {
    const { notify } = await start({});
    await notify(ANN, 'later', { at: world.clock.now() + HOUR });
    await world.advance(HOUR - 1);
    expect(texts()).toEqual([]);
    await world.advance(1);
    expect(texts()).toEqual(['later']);
  });

  it('can be cancelled until it leaves, once', async () => {
    const { engine, notify, storage } = await start({});
    const { message } = await notify(ANN, 'later', { at: world.clock.now() + HOUR });
    expect(await engine.cancel(message)).toEqual({ cancelled: true });
    expect(await engine.cancel(message)).toEqual({ cancelled: false });
    await world.advance(2 * HOUR);
    expect(texts()).toEqual([]);
    expect((await messagesOf(storage))[0]?.error?.code).toBe('error.platform.send.cancelled');
    const sent = await notify(ANN, 'now');
    await world.advance(0);
    expect(await engine.cancel(sent.message)).toEqual({ cancelled: false });
  });

  it('fails at its deadline, and tells the provider of it', async () => {
    const plugins = [
      {
        name: 'night',
        checkOutbound: () => ({ kind: 'defer', until: world.clock.now() + 8 * HOUR, code: 'night' }) as const,
      },
    ];
    const storage = memoryStorage();
    const engine = await world.start({ storage, plugins });
    await engine.notify({ app: 'app', to: ANN, name: 'news', text: 'old news', validFor: HOUR });
    await world.advance(HOUR);
    const [message] = await messagesOf(storage);
    expect(message?.error?.code).toBe('error.platform.send.expired');
    expect(message?.error?.reason).toMatch('within 1 hours');
    const open = await start({});
    await open.notify(ANN, 'news', { validFor: HOUR });
    await world.advance(0);
    expect(world.carrier.accepted[0]?.deadline).toBe(world.clock.now() + HOUR);
  });
});

describe('a text that is too long', () => {
  const long = `${'This is a sentence. '.repeat(100)}The end.`;

  it('leaves in parts, in order, where the app wants that', async () => {
    const { notify } = await start({ longTexts: 'split' });
    await notify(ANN, long);
    await world.advance(0);
    expect(texts().length).toBe(2);
    expect(texts().join(' ')).toBe(long);
    for (const text of texts()) expect(text.length).toBeLessThanOrEqual(1600);
  });

  it('is refused otherwise', async () => {
    const { notify } = await start({});
    await expect(notify(ANN, long)).rejects.toMatchObject({ code: 'error.platform.message.too-long' });
  });
});

describe('a person who has texted a number of a messaging service', () => {
  it('hears from that number', async () => {
    const service = `MG${'0'.repeat(32)}`;
    const storage = memoryStorage();
    const engine = await world.start({
      storage,
      apps: [{ id: 'pool', messagingService: service, bots: [], otherwise: 'Hello.' }],
    });
    const message = { providerId: 'IN', from: ANN, to: ['+14155550177', service], text: 'hi', media: [], raw: {} };
    await world.webhook(engine, { kind: 'text', message });
    await world.advance(0);
    expect(world.carrier.accepted[0]).toMatchObject({ from: service, via: '+14155550177' });
  });
});

describe('a doubt that nobody can decide', () => {
  it('is shown, not guessed: the message is not sent again, and a status settles it', async () => {
    const storage = memoryStorage();
    const { carrier } = world;
    carrier.find = async () => 'undecided';
    carrier.script.push(async (message) => {
      carrier.accept(message);
      throw new SendError('unknown', 'ECONNRESET', 'broken off');
    });
    const engine = await world.start({ storage });
    const { message } = await engine.notify({ app: 'app', to: ANN, name: 'news', text: 'hello' });
    await world.advance(HOUR);
    expect(texts()).toEqual(['hello']);
    expect(await storage.messages.get(message)).toMatchObject({
      status: 'pending',
      error: { code: 'error.platform.send.in-doubt' },
    });
    await world.status(engine, message, { status: 'delivered', providerStatus: 'delivered' });
    const settled = await storage.messages.get(message);
    expect(settled?.status).toBe('delivered');
    expect(settled).not.toHaveProperty('error');
  });
});
