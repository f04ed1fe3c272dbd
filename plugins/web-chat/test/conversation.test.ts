import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationKey, MessageRecord, Plugin } from '@parley/core';
import { postgres } from '@parley/plugin-postgres';
import { sqlite } from '@parley/plugin-sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { dropSchema, findServer, newSchema } from '../../../test/postgres/support/server.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';
import { startWorld, type World, type WorldOptions } from './world.ts';

const open: World[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((world) => world.close()));
});

async function start(options: WorldOptions = {}): Promise<World> {
  const world = await startWorld(options);
  open.push(world);
  return world;
}

async function log({ engine }: World): Promise<readonly MessageRecord[]> {
  const { messages } = await engine.organization.storage.messages.list({ limit: 100 });
  return messages.toReversed();
}

/** The conversation of whoever has written last. */
async function lastConversation(world: World): Promise<ConversationKey> {
  return (await log(world)).at(-1)?.conversation as ConversationKey;
}

describe('a conversation in a page', () => {
  it('has a text taken in once it is on disk, and shows the answer', async () => {
    const world = await start();
    const { page, welcome } = await world.visit();
    expect(welcome).toMatchObject({ resumed: false, messages: [], longest: 2_000 });
    page.say({ type: 'text', id: 'text-one', text: 'hello' });
    expect(await page.hears('accepted')).toEqual({ type: 'accepted', id: 'text-one' });
    expect(await log(world)).toMatchObject([{ direction: 'inbound', text: 'hello', ours: 'web:support' }, {}]);
    expect(await page.hearsAnswer()).toMatchObject({ from: 'bot', text: 'You said hello', unseen: true });
  });

  it('calls a message sent when it has left, and delivered when the page says that it has arrived', async () => {
    const world = await start();
    const { page } = await world.visit();
    await page.text('hello');
    const { id } = await page.hearsAnswer();
    expect(await world.engine.organization.storage.messages.get(id as never)).toMatchObject({ status: 'sent' });
    page.say({ type: 'seen', ids: [id] });
    await page.settles();
    expect(await world.engine.organization.storage.messages.get(id as never)).toMatchObject({ status: 'delivered' });
  });

  it('takes a text that is sent again for the same', async () => {
    const world = await start();
    const { page, welcome } = await world.visit();
    await page.text('hello', 'the-same-text');
    await page.text('hello', 'the-same-text');
    const { page: later } = await world.visit(welcome.token);
    await later.text('hello', 'the-same-text');
    await later.settles();
    expect((await log(world)).map(({ text }) => text)).toEqual(['hello', 'You said hello']);
  });

  it('takes texts in in the order in which they are sent', async () => {
    const world = await start();
    const { page } = await world.visit();
    for (let index = 0; index < 8; index++) page.say({ type: 'text', id: `in-order-${index}`, text: `${index}` });
    for (let index = 0; index < 8; index++) expect((await page.hearsAnswer()).text).toBe(`You said ${index}`);
  });

  it('goes on where it was when the visitor comes back, with what was said meanwhile', async () => {
    const world = await start();
    const { page, welcome } = await world.visit();
    await page.text('hello', 'the-first-text');
    page.say({ type: 'seen', ids: [(await page.hearsAnswer()).id] });
    await page.settles();
    page.close();
    await world.engine.reply(await lastConversation(world), { name: 'Ann', text: 'Are you still there?' });
    const back = await world.visit(welcome.token);
    expect(back.welcome).toMatchObject({ resumed: true, token: welcome.token });
    expect(back.welcome.messages).toMatchObject([
      { id: 'the-first-text', from: 'visitor', text: 'hello' },
      { from: 'bot', text: 'You said hello' },
      { from: 'person', text: 'Are you still there?', unseen: true },
    ]);
    expect(back.welcome.messages[1]).not.toHaveProperty('unseen');
    expect(back.welcome.messages[2]).not.toHaveProperty('name');
  });

  it('gives long histories in pages', async () => {
    const world = await start({ chat: { historyPage: 4 } });
    const { page, welcome } = await world.visit();
    for (const text of ['one', 'two', 'three', 'four', 'five']) {
      await page.text(text);
      await page.hearsAnswer();
    }
    const { page: back, welcome: again } = await world.visit(welcome.token);
    const seen = [...again.messages];
    let { more } = again;
    while (more !== undefined) {
      back.say({ type: 'history', before: more });
      const older = await back.hears('history');
      seen.unshift(...older.messages);
      more = older.more;
    }
    expect(seen.map(({ text }) => text)).toEqual(
      ['one', 'two', 'three', 'four', 'five'].flatMap((text) => [text, `You said ${text}`]),
    );
  });

  it('shows both sides in every window of the visitor, and nothing in those of others', async () => {
    const world = await start();
    const { page, welcome } = await world.visit();
    const { page: second } = await world.visit(welcome.token);
    const { page: stranger } = await world.visit();
    await page.text('hello', 'from-the-first');
    expect(await second.hears('message')).toMatchObject({ message: { id: 'from-the-first', from: 'visitor' } });
    expect(await second.hears('message')).toMatchObject({ message: { from: 'bot' } });
    await stranger.settles();
    expect(stranger.unheard('message')).toEqual([]);
  });

  it('can be handed to people, and back', async () => {
    const world = await start({ chat: { showNames: (name) => name.split(' ')[0] } });
    const { page } = await world.visit();
    await page.text('PERSON');
    expect((await page.hearsAnswer()).text).toBe('One moment.');
    const key = await lastConversation(world);
    await world.engine.reply(key, { name: 'Ann Smith', text: 'Ann here.' });
    expect(await page.hearsAnswer()).toMatchObject({ from: 'person', name: 'Ann', text: 'Ann here.' });
    await page.text('hello Ann');
    await world.engine.resume(key);
    expect(await page.hearsAnswer()).toMatchObject({ from: 'bot', text: 'The bot is back.' });
  });

  it('shows a text as it has left, and none that a policy has held back', async () => {
    const policy: Plugin = {
      name: 'policy',
      rewriteOutbound: (text) => `${text}!`,
      checkOutbound: ({ record }) =>
        record.text.includes('secret') ? { kind: 'deny', code: 'test.secret', reason: 'secret' } : undefined,
    };
    const world = await start({ plugins: [policy] });
    const { page, welcome } = await world.visit();
    await page.text('a secret');
    await page.text('hello');
    expect((await page.hearsAnswer()).text).toBe('You said hello!');
    const { welcome: again } = await world.visit(welcome.token);
    expect(again.messages.map(({ text }) => text)).toEqual(['a secret', 'hello', 'You said hello!']);
  });

  it('shows a message once whose sending was cut short', async () => {
    let cut = 0;
    const cutting: Plugin = {
      name: 'cutting',
      async aroundSend(_message, _options, next) {
        const receipt = await next();
        if (cut++ === 0) throw new Error('the connection broke');
        return receipt;
      },
    };
    const world = await start({ plugins: [cutting] });
    const { page, welcome } = await world.visit();
    await page.text('hello');
    expect((await page.hearsAnswer()).text).toBe('You said hello');
    expect(cut).toBe(2);
    await page.settles();
    expect(page.unheard('message').filter(({ message }) => message.from === 'bot')).toEqual([]);
    expect((await world.visit(welcome.token)).welcome.messages).toHaveLength(2);
  });

  it('takes notifications, and fails those to who has no page', async () => {
    const world = await start();
    const { page, welcome } = await world.visit();
    const to = `web:${welcome.token.split('.')[1]}`;
    await world.engine.notify({ app: 'support', to, name: 'news', text: 'Your bike is ready.' });
    expect(await page.hearsAnswer()).toMatchObject({ from: 'bot', text: 'Your bike is ready.' });
    const { message } = await world.engine.notify({ app: 'support', to: '+14155550123', name: 'news', text: 'Hi' });
    await world.engine.idle();
    expect(await world.engine.organization.storage.messages.get(message)).toMatchObject({
      status: 'failed',
      error: { code: 'error.platform.web-chat.not-a-visitor' },
    });
  });

  it('shows files by their addresses, on both sides', async () => {
    const world = await start();
    const { page, welcome } = await world.visit();
    const media = [{ url: 'https://example.com/bike.jpg', contentType: 'image/jpeg' }];
    page.say({ type: 'text', id: 'with-a-file', text: '', media });
    await page.hears('accepted');
    await world.engine.reply(await lastConversation(world), { name: 'Ann', text: 'Here', media });
    await expect.poll(async () => (await world.visit(welcome.token)).welcome.messages.at(-1)?.media).toEqual(media);
    expect((await world.visit(welcome.token)).welcome.messages[0]?.media).toEqual(media);
  });

  it('is forgotten with the visitor, who then begins anew', async () => {
    const world = await start();
    const { page, welcome } = await world.visit();
    await page.text('hello');
    await page.hearsAnswer();
    const erased = await world.engine.eraseActor(`web:${welcome.token.split('.')[1]}` as never);
    expect(erased).toEqual({ conversations: 1, messages: 2 });
    expect((await world.visit(welcome.token)).welcome).toMatchObject({ resumed: true, messages: [] });
  });

  it('goes on after a restart of the server, whose secret is kept in the storage', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-web-chat-'));
    const storage = () => sqlite({ file: join(folder, 'chat.db') });
    const first = await startWorld({ storage: storage() });
    const { page, welcome } = await first.visit();
    await page.text('hello');
    await page.hearsAnswer();
    const closed = page.closes();
    await first.server.close();
    expect(await closed).toBe(1012);
    const second = await start({ storage: storage() });
    const { welcome: again } = await second.visit(welcome.token);
    expect(again.resumed).toBe(true);
    expect(again.messages.map(({ text }) => text)).toEqual(['hello', 'You said hello']);
    await rm(folder, { recursive: true, force: true });
  });
});

const { need, url } = await findServer();

suiteNeeding(need, 'two processes on PostgreSQL', () => {
  it('show what the other has sent', async () => {
    const schema = newSchema();
    const process = () => start({ storage: postgres({ url, schema, pool: 3 }), chat: { lookForOthers: 100 } });
    try {
      const [one, other] = [await process(), await process()];
      const { page, welcome } = await one.visit();
      await page.text('hello');
      await page.hearsAnswer();
      await other.engine.reply(await lastConversation(one), { name: 'Ann', text: 'From elsewhere' });
      expect(await page.hearsAnswer()).toMatchObject({ from: 'person', text: 'From elsewhere' });
      const { page: second } = await other.visit(welcome.token);
      await page.text('hello again');
      expect(await second.hearsAnswer()).toMatchObject({ text: 'You said hello again' });
      await page.settles();
      expect(page.unheard('message').map(({ message }) => message.text)).not.toContain('From elsewhere');
    } finally {
      await Promise.all(open.splice(0).map((world) => world.close()));
      await dropSchema(url, schema);
    }
  });
});
