import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  address,
  type ConversationKey,
  conversationKey,
  type Log,
  type MessageRecord,
  type Plugin,
  type PluginContext,
  silentLog,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { VirtualClock } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { webhooks } from '../src/webhooks.ts';

const OURS = address('+14155550100');
const ANN = conversationKey(OURS, address('+14155550123'));
const BEN = conversationKey(OURS, address('+14155550124'));
const SECRET = 'a secret of some thirty bytes';

let server: Server;
let url: string;
let asked: { readonly id: string; readonly path: string }[];
let listener: RequestListener;
let clock: VirtualClock;
let storage: ReturnType<typeof memoryStorage>;
let running: Plugin[];
let ids = 0;

beforeEach(async () => {
  asked = [];
  running = [];
  clock = new VirtualClock();
  storage = memoryStorage();
  await storage.open({ clock, log: silentLog });
  listener = (_, response) => response.end();
  server = createServer((request, response) => {
    asked.push({ id: String(request.headers['webhook-id']).split(':')[0] ?? '', path: request.url ?? '' });
    request.resume();
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
});
afterEach(async () => {
  server.closeAllConnections();
  await Promise.all(running.map((plugin) => plugin.close?.()));
  server.close();
});

/** A process of its own on the one storage. */
async function start(
  options: { readonly timeout?: number; readonly giveUpAfter?: number } = {},
  log: Log = silentLog,
): Promise<Plugin> {
  const plugin = webhooks({ endpoints: [{ name: 'crm', url, secret: SECRET }], ...options });
  running.push(plugin);
  await plugin.setup?.({
    keyv: storage.keyv('webhooks'),
    ...{ claim: storage.claim, release: storage.release, clock, log, newId: () => `id-${++ids}` },
  } as unknown as PluginContext);
  return plugin;
}

function tell(plugin: Plugin, conversation: ConversationKey, id: string) {
  const record = { id, conversation, app: 'app', status: 'sent', at: clock.now(), text: 'hello', history: [] };
  return plugin.observeMessage?.(record as unknown as MessageRecord);
}

/** Lets time pass until it holds. */
function until(holds: () => void, step = 0): Promise<void> {
  return vi.waitFor(
    async () => {
      await clock.advance(step);
      holds();
    },
    { timeout: 10_000, interval: 5 },
  );
}

const idsOf = () => asked.map(({ id }) => id);

describe('an endpoint', () => {
  it('that is slow is told of nothing twice while more is said', async () => {
    const plugin = await start();
    let answer = (): void => {};
    listener = (_, response) => {
      answer = () => response.end();
    };
    await tell(plugin, ANN, 'm1');
    await until(() => expect(asked).toHaveLength(1));
    await tell(plugin, ANN, 'm2');
    await tell(plugin, ANN, 'm3');
    await clock.advance(1_000);
    listener = (_, response) => response.end();
    answer();
    await until(() => expect(asked.length).toBeGreaterThanOrEqual(3));
    await clock.advance(10_000);
    expect(idsOf()).toEqual(['m1', 'm2', 'm3']);
  });

  it('that hangs is not asked by all who wait at once', async () => {
    const plugin = await start({ timeout: 100 });
    let open = 0;
    let most = 0;
    listener = (_, response) => {
      most = Math.max(most, ++open);
      response.on('close', () => open--);
    };
    const people = Array.from({ length: 40 }, (_, index) => conversationKey(OURS, address(`+1415555${1000 + index}`)));
    for (const [index, one] of people.entries()) await tell(plugin, one, `m${index}`);
    await until(() => expect(new Set(idsOf()).size).toBe(40), 1_000);
    // Ten; the server sees some go only after it has seen others come.
    expect(most).toBeLessThanOrEqual(20);
    listener = (_, response) => response.end();
    asked = [];
    await until(() => expect(new Set(idsOf()).size).toBe(40), 10_000);
  });

  it('is not followed to where it redirects', async () => {
    const plugin = await start();
    listener = (_, response) => response.writeHead(307, { location: '/elsewhere' }).end();
    await tell(plugin, ANN, 'm1');
    await until(() => expect(asked).toHaveLength(1));
    listener = (_, response) => response.end();
    await until(() => expect(asked).toHaveLength(2), 5_000);
    expect(asked.map(({ path }) => path)).toEqual(['/events', '/events']);
  });

  it('that takes an event and then talks without end has taken it', async () => {
    const plugin = await start({ timeout: 200 });
    listener = (_, response) => {
      const talk = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => clearInterval(talk));
    };
    await tell(plugin, ANN, 'm1');
    await tell(plugin, ANN, 'm2');
    await until(() => expect(asked).toHaveLength(2));
    expect(idsOf()).toEqual(['m1', 'm2']);
  });

  it('that is cut off before it answers is told again', async () => {
    const plugin = await start();
    listener = (request) => request.socket.destroy();
    await tell(plugin, ANN, 'm1');
    await until(() => expect(asked).toHaveLength(1));
    listener = (_, response) => response.end();
    await until(() => expect(asked).toHaveLength(2), 5_000);
  });

  it('that stays away is told of no event that is too old, and of those that are not', async () => {
    const plugin = await start({ giveUpAfter: 3_600_000 });
    listener = (_, response) => response.writeHead(500).end();
    for (const id of ['m1', 'm2', 'm3']) await tell(plugin, ANN, id);
    await until(() => expect(idsOf().at(-1)).toBe('m3'), 600_000);
    await tell(plugin, ANN, 'm4');
    listener = (_, response) => response.end();
    asked = [];
    await until(() => expect(idsOf().at(-1)).toBe('m4'), 600_000);
    expect(idsOf()).not.toContain('m1');
  });

  it('is told nothing of a person who was erased', async () => {
    const plugin = await start();
    listener = (_, response) => response.writeHead(500).end();
    await tell(plugin, ANN, 'm1');
    await tell(plugin, BEN, 'm2');
    await until(() => expect(new Set(idsOf()).size).toBe(2));
    await plugin.eraseActor?.('+14155550123');
    listener = (_, response) => response.end();
    asked = [];
    await until(() => expect(idsOf()).toContain('m2'), 5_000);
    await clock.advance(60_000);
    expect(idsOf()).toEqual(['m2']);
    expect(await keysOf()).toEqual([]);
  });

  it('is told of the newest thousand of a conversation, and the log says that some are gone', async () => {
    const dropped: unknown[] = [];
    const plugin = await start({}, { ...silentLog, error: (fields) => dropped.push(fields) });
    listener = (_, response) => response.writeHead(500).end();
    for (let index = 0; index < 1_002; index++) await tell(plugin, ANN, `m${index}`);
    expect(JSON.stringify(dropped)).toBe(
      JSON.stringify(['m0', 'm1'].map((id) => ({ endpoint: 'crm', event: `${id}:sent:0` }))),
    );
    expect(await keysOf()).toHaveLength(1_001);
  });
});

describe('two processes on one storage', () => {
  it('tell of a conversation in order, and of nothing twice', async () => {
    const [one, other] = [await start(), await start()];
    for (let index = 0; index < 40; index += 2) {
      await tell(one, ANN, `m${index}`);
      await tell(other, ANN, `m${index + 1}`);
      if (index % 10 === 0) await clock.advance(0);
    }
    await until(() => expect(asked).toHaveLength(40), 1_000);
    expect(idsOf()).toEqual(Array.from({ length: 40 }, (_, index) => `m${index}`));
  });

  it('both wait while an endpoint is away', async () => {
    const [one, other] = [await start(), await start()];
    listener = (_, response) => response.writeHead(500).end();
    await tell(one, ANN, 'm1');
    await until(() => expect(asked).toHaveLength(1));
    await tell(other, ANN, 'm2');
    await clock.advance(4_000);
    await vi.waitFor(async () => expect(await keysOf()).toHaveLength(3));
    expect(idsOf()).toEqual(['m1']);
  });

  it('do not both tell while the endpoint takes longer than a claim lasts', async () => {
    const [one, other] = [await start({ timeout: 400 }), await start({ timeout: 400 })];
    for (let index = 0; index < 5; index++) await tell(one, ANN, `m${index}`);
    let open = 0;
    let most = 0;
    listener = (_, response) => {
      most = Math.max(most, ++open);
      response.on('close', () => open--);
      setTimeout(() => response.end(), 20);
    };
    await tell(other, ANN, 'm5');
    await until(() => expect(new Set(idsOf()).size).toBe(6), 10_000);
    expect(most).toBe(1);
    expect(idsOf()).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5']);
  });
});

async function keysOf(): Promise<string[]> {
  const keys: string[] = [];
  for await (const [key] of storage.keyv('webhooks').iterator?.(undefined) ?? []) keys.push(key);
  return keys;
}
