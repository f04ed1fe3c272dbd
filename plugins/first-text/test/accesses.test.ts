import {
  address,
  conversationKey,
  defineApp,
  defineOrganization,
  type MessageId,
  type MessageRecord,
  type OutboundView,
  type OutgoingMessage,
  type Plugin,
  type PluginContext,
  type Storage,
  silentLog,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, VirtualClock } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstText } from '../src/index.ts';

const OURS = address('+14155550100');
const ANN = address('+14155550123');
const clock = new VirtualClock();

let storage: Storage;
/** What the plugin has asked of the storage. */
let accesses: string[];

beforeEach(async () => {
  accesses = [];
  storage = memoryStorage();
  await storage.open({ clock, log: silentLog });
});

afterEach(() => storage.close());

/** The plugin in a process that has just started. */
function startProcess(): Plugin {
  const plugin = firstText({ brand: 'Clinic' });
  const keyv = storage.keyv('plugin:first-text');
  const noted = <Result>(what: string, result: Result): Result => {
    accesses.push(what);
    return result;
  };
  void plugin.setup?.({
    organization,
    keyv: {
      get: (key: string) => noted('get', keyv.get(key)),
      set: (key: string, value: unknown) => noted('set', keyv.set(key, value)),
      delete: (key: string) => keyv.delete(key),
    },
    claim: (key: string, owner: string, ttl: number) => noted('claim', storage.claim(key, owner, ttl)),
    release: (key: string, owner: string) => noted('release', storage.release(key, owner)),
    messages: { get: (id: MessageId) => noted('message', storage.messages.get(id)) },
    log: silentLog,
  } as unknown as PluginContext);
  return plugin;
}

const organization = defineOrganization({
  name: 'Test',
  apps: [defineApp({ id: 'one', number: OURS })],
  transports: { sms: new SimulatedCarrier() },
  storage: memoryStorage(),
});

function message(id: string): OutgoingMessage {
  return { id: id as MessageId, from: OURS, to: ANN, text: 'Hello', media: [], createdAt: clock.now() };
}

async function rewrite(plugin: Plugin, id: string): Promise<string> {
  const [app] = organization.apps;
  const view = {
    app,
    actor: { address: ANN },
    message: message(id),
    record: {
      id,
      category: 'conversational',
      text: 'Hello',
      at: clock.now(),
      origin: { kind: 'notification', name: 'test' },
    },
    now: clock.now(),
  } as unknown as OutboundView;
  return (await plugin.rewriteOutbound?.('Hello', view)) ?? '';
}

/** Hands a message to a provider that takes it, or that breaks off. */
function send(plugin: Plugin, id: string, fails = false) {
  const options = { idempotencyKey: id, signal: new AbortController().signal };
  const next = () => (fails ? Promise.reject(new Error('broken off')) : Promise.resolve({ providerId: `SM${id}` }));
  return plugin.aroundSend?.(message(id), options, next as never);
}

/** Has a message in the log, as the engine stores it before it sends it. */
async function store(id: string, more: Partial<MessageRecord> = {}): Promise<void> {
  const conversation = conversationKey(OURS, ANN);
  const record = {
    ...{ id, conversation, app: 'one', direction: 'outbound', ours: OURS, theirs: ANN, text: 'Hello', media: [] },
    ...{
      origin: { kind: 'notification', name: 'test' },
      category: 'informational',
      at: clock.now(),
      status: 'pending',
    },
    ...{ history: [], ...more },
  } as unknown as MessageRecord;
  const document = {
    format: 1,
    key: conversation,
    app: 'one',
    ours: OURS,
    theirs: ANN,
    createdAt: 0,
    turns: 1,
    outbox: [],
  };
  const commit = { document: document as never, messages: [record], statuses: [], activity: [] };
  await storage.conversations.turn(conversation, () => ({ result: undefined, commit }));
}

describe('a person who has had their first text', () => {
  it('costs a process one look, and nothing from then on', async () => {
    const first = startProcess();
    await rewrite(first, '1');
    await send(first, '1');
    const second = startProcess();
    accesses = [];
    expect(await rewrite(second, '2')).toBe('Hello');
    expect(accesses).toEqual(['get']);
    for (const id of ['3', '4']) expect(await rewrite(second, id)).toBe('Hello');
    expect(await rewrite(first, '5')).toBe('Hello');
    expect(accesses).toEqual(['get']);
  });

  it('is known by the message log when the process died before it wrote that down', async () => {
    await rewrite(startProcess(), '1');
    await store('1', { providerId: 'SM1' });
    const next = startProcess();
    expect(await rewrite(next, '2')).toBe('Hello');
    accesses = [];
    expect(await rewrite(startProcess(), '3')).toBe('Hello');
    expect(accesses).toEqual(['get']);
  });
});

describe('a text that may have left', () => {
  it('has the same words however often it is asked for, in whatever process', async () => {
    const first = startProcess();
    await store('1');
    const text = await rewrite(first, '1');
    expect(text).toContain('From Clinic.');
    await expect(send(first, '1', true)).rejects.toThrow('broken off');
    expect(await rewrite(startProcess(), '2')).toBe('Hello');
    expect(await rewrite(first, '1')).toBe(text);
    await send(first, '1');
    expect(await rewrite(first, '1')).toBe(text);
    expect(await rewrite(startProcess(), '1')).toBe(text);
  });

  it('stays sent when the storage fails right after it', async () => {
    const plugin = startProcess();
    await rewrite(plugin, '1');
    await storage.close();
    expect(await send(plugin, '1')).toEqual({ providerId: 'SM1' });
  });
});
