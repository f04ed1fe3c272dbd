import { address, conversationKey, type Plugin, type Storage } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { sqlite } from '@parley/plugin-sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANN, documentOf, KEY, messagesOf, OTHER, World } from './world.ts';

const DAY = 86_400_000;
const BEN = address('+14155550124');

let world: World;

beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

describe.each([
  ['in memory', () => memoryStorage()],
  ['in SQLite', () => sqlite({ file: ':memory:' })],
])('a person who is erased, %s', (_, create) => {
  it('is gone with texts, activity and profile; others stay', async () => {
    const storage = create();
    const asked: string[] = [];
    const plugin: Plugin = { name: 'ledger', eraseActor: (person) => void asked.push(person) };
    const apps = [{ id: 'second', number: OTHER }];
    const engine = await world.start({ storage, plugins: [plugin], apps });
    await engine.updateActor(ANN, { firstName: 'Ann' });
    await world.text(engine, 'hi');
    await world.text(engine, 'hello', { to: OTHER });
    await world.text(engine, 'hey', { from: BEN });
    await world.advance(0);
    const erased = await engine.eraseActor(ANN);
    expect(erased).toEqual({ conversations: 2, messages: 3 });
    expect(asked).toEqual([ANN]);
    expect(await storage.conversations.get(KEY)).toBeUndefined();
    expect((await messagesOf(storage)).map(({ theirs }) => theirs)).toEqual([BEN, BEN]);
    expect(await storage.activity.list({ conversation: KEY, limit: 10 })).toEqual({ activity: [] });
    expect(await documentOf(storage, conversationKey(address('+14155550100'), BEN))).toBeDefined();
    await world.text(engine, 'anew');
    await world.advance(0);
    expect((await documentOf(storage)).actor).toEqual({ address: ANN });
    expect((await documentOf(storage)).journey?.machine.snapshot.context).toEqual({ count: 1 });
  });
});

/** What the person has written; what was written to them has not reached anybody here, and is kept. */
async function inbound(storage: Storage): Promise<readonly string[]> {
  const messages = await messagesOf(storage);
  return messages.filter(({ direction }) => direction === 'inbound').map(({ text }) => text);
}

describe('retention', () => {
  it('redacts old texts and deletes old activity, and leaves what is newer', async () => {
    const storage = memoryStorage();
    const retention = { messages: { after: 7 * DAY, mode: 'redact' as const }, activity: { after: DAY } };
    const engine = await world.start({ storage, retention });
    for (let count = 0; count < 3; count++) await world.text(engine, `old ${count}`);
    await world.advance(3 * DAY);
    expect(await storage.activity.list({ conversation: KEY, limit: 10 })).toEqual({ activity: [] });
    await world.text(engine, 'new');
    await world.advance(5 * DAY);
    expect(await inbound(storage)).toEqual(['', '', '', 'new']);
    expect(await storage.messages.totals()).toEqual(
      expect.arrayContaining([expect.objectContaining({ direction: 'inbound', status: 'received', count: 4 })]),
    );
  });

  it('deletes more than one batch, and is done by one process at a time', async () => {
    const storage = memoryStorage();
    const engine = await world.start({
      storage,
      app: { loopGuard: false },
      retention: { messages: { after: DAY } },
    });
    for (let count = 0; count < 600; count++) await world.text(engine, `${count}`);
    await world.advance(2 * DAY);
    expect(await inbound(storage)).toEqual([]);
  });
});
