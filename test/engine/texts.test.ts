import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conversationKey, type Plugin, type Storage, type Transport } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { sqlite } from '@parley/plugin-sqlite';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ANN, Carrier, counter, documentOf, KEY, messagesOf, OTHER, OURS, World } from './world.ts';

const world = { current: new World() };
const folder = mkdtempSync(join(tmpdir(), 'parley-engine-'));
let files = 0;
afterEach(async () => {
  await world.current.close();
  world.current = new World();
});
afterAll(() => rmSync(folder, { recursive: true }));

const storages: readonly [string, () => Storage][] = [
  ['in memory', memoryStorage],
  ['in SQLite on disk', () => sqlite({ file: join(folder, `${files++}.db`) })],
];

const numbers = Array.from({ length: 20 }, (_, index) => index + 1);

describe.each(storages)('texts, kept %s', (_, create) => {
  it('are answered once when the same webhook comes twice', async () => {
    const storage = create();
    const engine = await world.current.start({ storage });
    await world.current.text(engine, 'hi', { providerId: 'SM1' });
    await world.current.text(engine, 'hi', { providerId: 'SM1' });
    await Promise.all([1, 2, 3].map(() => world.current.text(engine, 'ho', { providerId: 'SM2' })));
    await world.current.rest();
    expect(world.current.carrier.texts).toEqual(['1: hi', '2: ho']);
    const inbound = (await messagesOf(storage)).filter(({ direction }) => direction === 'inbound');
    expect(inbound.map(({ text }) => text)).toEqual(['hi', 'ho']);
  });

  it('are answered in order when one person sends twenty at once', async () => {
    const storage = create();
    const engine = await world.current.start({ storage });
    await Promise.all(numbers.map((number) => world.current.text(engine, `t${number}`)));
    await world.current.rest();
    expect(world.current.carrier.texts).toEqual(numbers.map((number) => `${number}: t${number}`));
    expect((await documentOf(storage)).journey?.machine.snapshot.context).toEqual({ count: 20 });
    expect((await documentOf(storage)).outbox).toEqual([]);
  });

  it('to two numbers are two conversations of one person', async () => {
    const storage = create();
    const engine = await world.current.start({ storage, apps: [{ id: 'other', number: OTHER, bots: [counter] }] });
    await Promise.all([
      world.current.text(engine, 'a'),
      world.current.text(engine, 'b', { to: OTHER }),
      world.current.text(engine, 'c'),
    ]);
    await world.current.rest();
    expect([...world.current.carrier.texts].sort()).toEqual(['1: a', '1: b', '2: c']);
    expect((await documentOf(storage, KEY)).app).toBe('app');
    expect((await documentOf(storage, conversationKey(OTHER, ANN))).app).toBe('other');
  });

  it('from a number of ours are not taken in, so that two bots do not answer each other for ever', async () => {
    const storage = create();
    const engine = await world.current.start({ storage, apps: [{ id: 'other', number: OTHER, bots: [counter] }] });
    for (const from of [OURS, OTHER]) await world.current.text(engine, 'hi', { from });
    await world.current.rest();
    expect(world.current.carrier.texts).toEqual([]);
    expect(await messagesOf(storage)).toEqual([]);
    expect(world.current.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('a number of ours') }),
    );
  });

  it('leave a document that does not grow', async () => {
    const storage = create();
    const engine = await world.current.start({ storage, app: { loopGuard: false } });
    const size = async () => JSON.stringify(await documentOf(storage)).length;
    let early = 0;
    for (let turn = 1; turn <= 1000; turn++) {
      await world.current.text(engine, 'hi');
      await engine.idle();
      if (turn === 10) early = await size();
    }
    expect((await documentOf(storage)).turns).toBeGreaterThanOrEqual(2000);
    expect(await size()).toBeLessThanOrEqual(early * 1.05);
  });
});

describe('a webhook', () => {
  it('is answered after its commit, and before any work on the reply', async () => {
    const order: string[] = [];
    const inner = memoryStorage();
    const storage: Storage = {
      ...inner,
      conversations: {
        ...inner.conversations,
        async turn(...args) {
          const outcome = await inner.conversations.turn(...args);
          order.push('turn');
          return outcome;
        },
      },
    };
    const plugin: Plugin = {
      name: 'recorder',
      rewriteOutbound(text) {
        order.push('rewrite');
        return text;
      },
    };
    class Recorder extends Carrier {
      override send: Transport['send'] = async (message) => {
        order.push('send');
        return this.accept(message);
      };
    }
    const transport = new Recorder();
    const engine = await world.current.start({ storage, plugins: [plugin], transport });
    await world.current.text(engine, 'hi');
    order.push('answered');
    await world.current.rest();
    // The first turn asks for a profile, the last one settles the message.
    expect(order).toEqual(['turn', 'turn', 'answered', 'rewrite', 'send', 'turn']);
  });

  it('keeps the order of texts whose interceptors take their time', async () => {
    const { clock } = world.current;
    const delays = [30_000, 10_000, 20_000];
    const plugin: Plugin = {
      name: 'slow',
      async interceptInbound() {
        await new Promise<void>((resolve) => clock.setTimeout(resolve, delays.shift() ?? 0));
        return undefined;
      },
    };
    const engine = await world.current.start({ storage: memoryStorage(), plugins: [plugin] });
    const answered = Promise.all(['a', 'b', 'c'].map((text) => world.current.text(engine, text)));
    await world.current.advance(60_000);
    await answered;
    expect(world.current.carrier.texts).toEqual(['1: a', '2: b', '3: c']);
  });

  it('of a number that no app owns is refused, and nothing is kept', async () => {
    const storage = memoryStorage();
    const engine = await world.current.start({ storage });
    const refused = world.current.text(engine, 'hi', { to: '+14155559999' });
    await expect(refused).rejects.toMatchObject({ code: 'error.platform.number.unknown', status: 404 });
    expect(await messagesOf(storage)).toEqual([]);
  });

  it('is not taken in when it can not be written, and is when it comes again', async () => {
    const inner = memoryStorage();
    let away = true;
    const storage: Storage = {
      ...inner,
      conversations: {
        ...inner.conversations,
        turn: (...args) => (away ? Promise.reject(new Error('away')) : inner.conversations.turn(...args)),
      },
    };
    const engine = await world.current.start({ storage });
    await expect(world.current.text(engine, 'hi', { providerId: 'SM1' })).rejects.toThrow('away');
    away = false;
    await world.current.text(engine, 'hi', { providerId: 'SM1' });
    await world.current.rest();
    expect(world.current.carrier.texts).toEqual(['1: hi']);
  });
});
