import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyText, defineBot, say, setupBot } from '@parley/core';
import { keyvStorage, memoryStorage } from '@parley/plugin-keyv';
import { sqlite } from '@parley/plugin-sqlite';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { documentOf, KEY, never, shared, World } from './world.ts';

const world = { current: new World() };
const folder = mkdtempSync(join(tmpdir(), 'parley-crash-'));
afterEach(async () => {
  await world.current.close();
  world.current = new World();
});
afterAll(() => rmSync(folder, { recursive: true }));

const pair = defineBot({
  id: 'pair',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: { 'message.received': { actions: [say('a'), say('b')] } },
    after: { 60000: { actions: say('a minute') } },
  }),
});

let files = 0;
/** What a process leaves behind when it dies: its file and the log beside it, as they are at that moment. */
function copyOf(file: string): string {
  const copy = join(folder, `copy-${files++}.db`);
  for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
  return copy;
}

const places = {
  'a Map': () => {
    const store = new Map<string, unknown>();
    return { storage: keyvStorage({ store }), left: () => keyvStorage({ store: new Map(store) }) };
  },
  SQLite: () => {
    const file = join(folder, `${files++}.db`);
    return { storage: sqlite({ file }), left: () => sqlite({ file: copyOf(file) }) };
  },
};

describe.each(Object.entries(places))('a process that dies, on %s', (_, place) => {
  it('while a send is under way that was taken: the next one finds it, and goes on', async () => {
    const { carrier } = world.current;
    const { storage, left } = place();
    const dying = await world.current.start({ storage, bots: [pair] });
    carrier.script.push((message) => {
      carrier.accept(message);
      return never();
    });
    await world.current.text(dying, 'hi');
    await world.current.rest();
    const after = left();
    await world.current.start({ storage: after, bots: [pair] });
    expect(carrier.texts).toEqual(['a', 'b']);
    expect(carrier.attempts).toHaveLength(2);
    expect((await documentOf(after)).outbox).toEqual([]);
  });

  it('while a send is under way that was not taken: the next one asks, and sends it', async () => {
    const { carrier } = world.current;
    const { storage, left } = place();
    const dying = await world.current.start({ storage, bots: [pair] });
    carrier.script.push(never);
    await world.current.text(dying, 'hi');
    await world.current.rest();
    await world.current.start({ storage: left(), bots: [pair] });
    expect(carrier.texts).toEqual(['a', 'b']);
    expect(carrier.finds).toBeGreaterThan(0);
  });

  it('between the answer to a webhook and any work on it: the next one does the work', async () => {
    const { storage, left } = place();
    const dying = await world.current.start({ storage, bots: [pair] });
    await world.current.text(dying, 'hi', { providerId: 'SM1' });
    const after = left();
    await world.current.rest();
    const sentByTheDead = world.current.carrier.accepted.splice(0).length;
    expect(sentByTheDead).toBe(2);
    const engine = await world.current.start({ storage: after, bots: [pair] });
    expect((await documentOf(after)).outbox).toEqual([]);
    await world.current.text(engine, 'hi', { providerId: 'SM1' });
    await world.current.rest();
    expect((await documentOf(after)).journey?.bot).toBe('pair');
    expect(world.current.carrier.texts).toEqual([]);
  });

  it('with a timer set: the next one fires it in time, or at once when it is late', async () => {
    const { carrier } = world.current;
    const { storage, left } = place();
    const dying = await world.current.start({ storage, bots: [pair] });
    await world.current.text(dying, 'hi');
    await world.current.rest();
    const [early, late] = [left(), left()];
    await dying.stop();
    await world.current.advance(30_000);
    const second = await world.current.start({ storage: early, bots: [pair] });
    await world.current.advance(29_999);
    expect(carrier.texts).toEqual(['a', 'b']);
    await world.current.advance(1);
    expect(carrier.texts).toEqual(['a', 'b', 'a minute']);
    await second.stop();
    await world.current.advance(3_600_000);
    await world.current.start({ storage: late, bots: [pair] });
    expect(carrier.texts).toEqual(['a', 'b', 'a minute', 'a minute']);
  });
});

describe('two processes on one storage', () => {
  it('answer twenty texts that come to both, each once', async () => {
    const storage = shared(memoryStorage());
    const engines = [await world.current.start({ storage }), await world.current.start({ storage })] as const;
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => world.current.text(engines[index % 2] as (typeof engines)[0], 'hi')),
    );
    await world.current.advance(10 * 60_000);
    const { carrier } = world.current;
    expect([...carrier.texts].map((text) => Number.parseInt(text, 10)).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    expect(carrier.attempts).toHaveLength(20);
  });

  it('leave one another alone as long as a lease holds, and take over when it has run out', async () => {
    const { carrier } = world.current;
    const storage = shared(memoryStorage());
    const living = await world.current.start({ storage, bots: [pair] });
    await world.current.text(living, 'hi');
    await world.current.rest();
    // Another one says that it is at work, and is never heard of again.
    const until = world.current.clock.now() + 30_000;
    await storage.conversations.turn(KEY, (document) => ({
      result: undefined,
      commit: {
        document: {
          ...document!,
          outbox: [
            {
              id: 'left-behind' as never,
              turn: document!.turns,
              text: 'left behind',
              media: [],
              category: 'conversational',
              origin: { kind: 'app', why: 'otherwise' },
              createdAt: 0,
              attempts: 0,
            },
          ],
          dispatch: { owner: 'the dead', until },
          dueAt: until,
        },
        messages: [],
        statuses: [],
        activity: [],
      },
    }));
    await world.current.text(living, 'hi');
    await world.current.advance(29_000);
    expect(carrier.texts).toEqual(['a', 'b']);
    await world.current.advance(10_000);
    expect(carrier.texts).toEqual(['a', 'b', 'left behind', 'a', 'b']);
    expect(carrier.finds).toBeGreaterThan(0);
  });
});
