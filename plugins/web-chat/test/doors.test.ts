import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEngine, defineApp, defineOrganization, silentLog, type Transport } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { type WebChatOptions, webChat } from '@parley/plugin-web-chat';
import { createRuntime } from '@parley/server';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Page } from './page.ts';
import { startWorld, type World } from './world.ts';

const open: World[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((world) => world.close()));
});

async function start(chat: WebChatOptions = {}): Promise<World> {
  const world = await startWorld({ chat });
  open.push(world);
  return world;
}

/** The status that a connection is refused with; 101 when it is not. */
async function statusOf(url: string, origin: string | undefined): Promise<number> {
  const socket = new WebSocket(url, origin === undefined ? {} : { origin });
  socket.on('error', () => {});
  const [status] = await Promise.race([
    once(socket, 'unexpected-response').then(([, response]) => [response.statusCode as number]),
    once(socket, 'open').then(() => [101]),
  ]);
  socket.terminate();
  return status as number;
}

describe('who may connect', () => {
  it('is a page of this server, under any name of this computer', async () => {
    const { socketUrl, url } = await start();
    expect(await statusOf(socketUrl, url)).toBe(101);
    expect(await statusOf(socketUrl, url.replace('127.0.0.1', 'localhost'))).toBe(101);
  });

  it('is no page of anybody else, and nobody who does not say from where', async () => {
    const { socketUrl, url } = await start();
    for (const origin of ['https://evil.example', 'null', url.replace(/:\d+$/, ':1'), undefined]) {
      expect(await statusOf(socketUrl, origin)).toBe(403);
    }
  });

  it('is a page of a site that is named, or any where all may', async () => {
    const named = await start({ origins: ['https://www.example.com'] });
    expect(await statusOf(named.socketUrl, 'https://www.example.com')).toBe(101);
    expect(await statusOf(named.socketUrl, 'https://www.example.com.evil.example')).toBe(403);
    const all = await start({ origins: ['*'] });
    expect(await statusOf(all.socketUrl, 'https://anything.example')).toBe(101);
  });

  it('is not asked for at other paths', async () => {
    const { socketUrl, url } = await start();
    expect(await statusOf(`${socketUrl}s`, url)).toBe(404);
    expect(await statusOf(url.replace('http', 'ws'), url)).toBe(404);
  });

  it('is no computer that has enough connections', async () => {
    const { socketUrl, url } = await start({ connectionsPerComputer: 2 });
    const pages = [new Page(socketUrl), new Page(socketUrl)];
    await Promise.all(pages.map(({ socket }) => once(socket, 'open')));
    expect(await statusOf(socketUrl, url)).toBe(429);
    const [first] = pages;
    first?.close();
    await expect.poll(() => statusOf(socketUrl, url)).toBe(101);
    for (const page of pages) page.close();
  });

  it('is no crowd of new visitors from one computer; those who have been here may come', async () => {
    const { visit, socketUrl } = await start({ newVisitorsPerMinute: 2 });
    const { welcome } = await visit();
    await visit();
    const third = new Page(socketUrl);
    await once(third.socket, 'open');
    third.say({ type: 'hello', app: 'support' });
    expect(await third.closes()).toBe(4429);
    expect((await visit(welcome.token)).welcome.resumed).toBe(true);
  });
});

describe('a token', () => {
  it('that is forged, or of another chat, is none: a new visitor', async () => {
    const { visit } = await start();
    const { page, welcome } = await visit();
    await page.text('hello');
    const [chat, name, signature] = welcome.token.split('.') as [string, string, string];
    const other = (await visit()).welcome.token.split('.');
    const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const forged = [`${chat}.${name}.${flipped}`, `${chat}.${name}.${other[2]}`, `sales.${name}.${signature}`, 'x', ''];
    for (const token of forged) {
      const { welcome: again } = await visit(token);
      expect(again).toMatchObject({ resumed: false, messages: [] });
      expect(again.token).not.toContain(name);
    }
    expect((await visit(welcome.token, 'sales')).welcome.resumed).toBe(false);
  });

  it('counts as long as one of the secrets is the one that it was signed with', async () => {
    const [first, second] = ['a'.repeat(32), 'b'.repeat(32)];
    const old = await start({ secret: first });
    const { token } = (await old.visit()).welcome;
    const changing = await start({ secret: [second, first] });
    expect((await changing.visit(token)).welcome.resumed).toBe(true);
    const { token: next } = (await changing.visit()).welcome;
    const changed = await start({ secret: second });
    expect((await changed.visit(token)).welcome.resumed).toBe(false);
    expect((await changed.visit(next)).welcome.resumed).toBe(true);
  });
});

describe('what a page says', () => {
  it('ends the connection when it is no frame', async () => {
    const { visit } = await start();
    for (const nonsense of [
      '',
      '{',
      '[]',
      '{"type":"shout"}',
      '{"type":"text","id":"x","text":"hi"}',
      '{"type":"ping","x":1}',
    ]) {
      const { page } = await visit();
      page.socket.send(nonsense);
      expect(await page.closes()).toBe(4400);
    }
    const { page: binary } = await visit();
    binary.socket.send(Buffer.from('{"type":"ping"}'));
    expect(await binary.closes()).toBe(4400);
    const { page: twice } = await visit();
    twice.say({ type: 'hello', app: 'support' });
    expect(await twice.closes()).toBe(4400);
    const { page: large } = await visit();
    large.say({ type: 'text', id: 'much-too-long', text: 'x'.repeat(40_000) });
    expect(await large.closes()).toBe(1009);
  });

  it('begins with hello, to a chat that there is', async () => {
    const { socketUrl } = await start();
    const first = new Page(socketUrl);
    await once(first.socket, 'open');
    first.say({ type: 'ping' });
    expect(await first.closes()).toBe(4400);
    const second = new Page(socketUrl);
    await once(second.socket, 'open');
    second.say({ type: 'hello', app: 'accounting' });
    expect(await second.closes()).toBe(4404);
  });

  it('is refused for good when it is too long or empty', async () => {
    const { visit } = await start({ longestText: 10 });
    const { page } = await visit();
    for (const text of ['x'.repeat(11), '   ', '']) {
      page.say({ type: 'text', id: 'not-to-be-taken', text });
      const refused = await page.hears('refused');
      expect(refused).toEqual({ type: 'refused', id: 'not-to-be-taken', code: 'error.platform.webhook.malformed' });
    }
    await page.text('x'.repeat(10));
  });

  it('is taken later when it is too much at once, and counted by visitor', async () => {
    const { visit } = await start({ pace: { burst: 2, perMinute: 60 } });
    const { page, welcome } = await visit();
    await page.text('one');
    await page.text('two');
    const { page: window } = await visit(welcome.token);
    window.say({ type: 'text', id: 'one-too-many', text: 'three' });
    const { code, retryAfter } = await window.hears('refused');
    expect(code).toBe('error.platform.web-chat.too-fast');
    expect(retryAfter).toBe(1_000);
    const { page: other } = await visit();
    await other.text('one');
    await sleep(retryAfter);
    await window.text('three', 'one-too-many');
  });

  it('can not be about messages of others', async () => {
    const { visit, engine } = await start();
    const { page } = await visit();
    await page.text('hello');
    const { id } = await page.hearsAnswer();
    const { page: stranger } = await visit();
    stranger.say({ type: 'seen', ids: [id] });
    await stranger.settles();
    expect(await engine.organization.storage.messages.get(id as never)).toMatchObject({ status: 'sent' });
  });

  it('ends when it is more than any page has to say', async () => {
    const { visit } = await start();
    const { page } = await visit();
    for (let times = 0; times < 201; times++) page.say({ type: 'ping' });
    expect(await page.closes()).toBe(4429);
  });

  it('has to be something now and then', async () => {
    const { visit } = await start({ silence: 1_000 });
    const { page } = await visit();
    expect(await page.closes()).toBe(1006);
  });
});

describe('the webhooks', () => {
  it('take what pages say over HTTP, from who shows a token', async () => {
    const { url, visit } = await start();
    const { page, welcome } = await visit();
    const post = (path: string, body: object, headers: Record<string, string>, method = 'POST') =>
      fetch(`${url}/webhooks/web${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
      });
    const bearer = { authorization: `Bearer ${welcome.token}` };
    const text = { id: 'over-http', text: 'hello' };
    expect((await post('/inbound', text, {})).status).toBe(403);
    expect((await post('/inbound', text, { authorization: 'Bearer x' })).status).toBe(403);
    expect((await post('/inbound', { text: 'hello' }, bearer)).status).toBe(400);
    expect((await post('/inbound', text, bearer, 'GET')).status).toBe(405);
    expect((await post('/elsewhere', text, bearer)).status).toBe(404);
    expect((await post('/inbound', text, bearer)).status).toBe(204);
    const { id } = await page.hearsAnswer();
    expect((await post('/seen', { ids: ['nobody-knows'] }, bearer)).status).toBe(400);
    expect((await post('/seen', { ids: [id] }, bearer)).status).toBe(204);
  });
});

describe('an organization', () => {
  const engineOf = (numbers: readonly string[], transports: Readonly<Record<string, Transport>>) => {
    const apps = numbers.map((number, index) =>
      defineApp({ id: `app-${index}`, number, transport: Object.keys(transports)[index] ?? 'web' }),
    );
    const organization = defineOrganization({ name: 'Doors', apps, transports, storage: memoryStorage() });
    return createEngine(organization, createRuntime({ log: silentLog }));
  };

  it('may have several, of different names', async () => {
    const numbers = ['web:one', 'web:two'];
    expect(() => engineOf(numbers, { one: webChat(), two: webChat() })).toThrow('error.platform.plugin.duplicate');
    const engine = engineOf(numbers, { one: webChat(), two: webChat({ name: 'second' }) });
    await engine.start({ localUrl: 'http://127.0.0.1:3000' });
    await engine.stop();
  });

  it('gives it names and no numbers', async () => {
    const engine = engineOf(['+14155550100'], { web: webChat() });
    await expect(engine.start({ localUrl: 'http://127.0.0.1:3000' })).rejects.toThrow('a number such as web:support');
  });
});

describe('options', () => {
  it.each([
    [{ secret: 'short' }, 'a secret has 32 characters'],
    [{ origins: ['https://example.com/'] }, 'an origin is https://'],
    [{ origin: [] }, 'did you mean origins'],
    [{ pages: { support: { accent: 'red' } } }, 'an accent is a colour'],
    [{ longestText: 5_000 }, 'longestText'],
  ])('%j are refused', (options, problem) => {
    expect(() => webChat(options as WebChatOptions)).toThrow(problem);
  });
});
