import { anyText, defineBot, SendError, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, describe, expect, it } from 'vitest';
import { type Attempt, documentOf, messagesOf, never, shared, World } from './world.ts';

const HOUR = 3_600_000;
const world = { current: new World() };
afterEach(async () => {
  await world.current.close();
  world.current = new World();
});

const echo = defineBot({
  id: 'echo',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: { 'message.received': { actions: say(({ event }) => event.text) } },
  }),
});

async function start() {
  const storage = memoryStorage();
  const engine = await world.current.start({ storage, bots: [echo] });
  const { carrier } = world.current;
  async function text(body: string): Promise<void> {
    await world.current.text(engine, body);
    await world.current.rest();
  }
  return { storage, engine, carrier, text };
}

const fails = (failure: 'refused' | 'retry' | 'unknown', code: string, retryAfter?: number): Attempt => {
  return async () => {
    throw new SendError(failure, code, 'no', retryAfter === undefined ? {} : { retryAfter });
  };
};

describe('a send that fails', () => {
  it('for good: fails the message with the code of the provider, and is not tried again', async () => {
    const { carrier, storage, text } = await start();
    carrier.script.push(fails('refused', '21610'));
    await text('one');
    await world.current.advance(HOUR);
    expect(carrier.attempts).toHaveLength(1);
    expect((await messagesOf(storage))[1]).toMatchObject({ status: 'failed', error: { code: '21610' } });
    expect((await documentOf(storage)).outbox).toEqual([]);
  });

  it('before it began, as its transport refuses it: fails, and the provider is not asked', async () => {
    const { carrier, storage, text } = await start();
    const refusal = { code: 'error.platform.media.unsupported-type', reason: 'not this' };
    carrier.refuses = (message) => (message.text === 'one' ? refusal : undefined);
    await text('one');
    await text('two');
    expect(carrier.texts).toEqual(['two']);
    expect(carrier.attempts).toHaveLength(1);
    expect((await messagesOf(storage))[1]).toMatchObject({ status: 'failed', error: refusal });
  });

  it('before it is refused by its transport, and in doubt: is looked for first', async () => {
    const { carrier, storage, text } = await start();
    carrier.script.push(async (message, options) => {
      carrier.accept(message);
      carrier.refuses = () => ({ code: 'error.platform.media.unsupported-type', reason: 'not this' });
      return fails('unknown', 'ECONNRESET')(message, options);
    });
    await text('one');
    await world.current.advance(HOUR);
    expect((await messagesOf(storage))[1]).toMatchObject({ status: 'pending', providerStatus: 'queued' });
  });

  it('for now: tries again, later every time, under the same idempotency key', async () => {
    const { carrier, text } = await start();
    const at: number[] = [];
    for (let index = 0; index < 4; index++) {
      carrier.script.push(async (...args) => {
        at.push(world.current.clock.now());
        return fails('retry', '20429')(...args);
      });
    }
    await text('one');
    await world.current.advance(HOUR);
    expect(carrier.texts).toEqual(['one']);
    expect(carrier.finds).toBe(0);
    expect(new Set(carrier.attempts.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    const waits = at.slice(1).map((moment, index) => moment - (at[index] as number));
    expect([...waits].sort((one, other) => one - other)).toEqual(waits);
  });

  it('for now: waits as long as the provider has asked', async () => {
    const { carrier, text } = await start();
    carrier.script.push(fails('retry', '20429', 120_000));
    await text('one');
    await world.current.advance(119_999);
    expect(carrier.texts).toEqual([]);
    await world.current.advance(1);
    expect(carrier.texts).toEqual(['one']);
  });

  it('for ten hours: gives the message up', async () => {
    const { carrier, storage, text } = await start();
    for (let index = 0; index < 500; index++) carrier.script.push(fails('retry', 'ECONNREFUSED'));
    await text('one');
    await world.current.advance(11 * HOUR);
    const { error } = (await messagesOf(storage))[1] ?? {};
    expect(error?.code).toBe('error.platform.send.expired');
    const { length } = carrier.attempts;
    await world.current.advance(11 * HOUR);
    expect(carrier.attempts).toHaveLength(length);
  });

  it('for ten hours without an answer: gives the message up once it is known not to have been taken', async () => {
    const { carrier, storage, text } = await start();
    for (let index = 0; index < 500; index++) carrier.script.push(fails('unknown', 'ETIMEDOUT'));
    await text('one');
    await world.current.advance(11 * HOUR);
    expect((await messagesOf(storage))[1]?.error?.code).toBe('error.platform.send.expired');
    expect((await documentOf(storage)).outbox).toEqual([]);
  });

  it('after the message was taken: finds it, and does not send it again', async () => {
    const { carrier, storage, text } = await start();
    carrier.script.push(async (message, options) => {
      carrier.accept(message);
      return fails('unknown', 'ECONNRESET')(message, options);
    });
    await text('one');
    await world.current.advance(HOUR);
    expect(carrier.attempts).toHaveLength(1);
    expect(carrier.finds).toBe(1);
    expect((await messagesOf(storage))[1]?.providerId).toBe(`SM-${carrier.accepted[0]?.id}-1`);
  });

  it('before the message was taken: asks first, and sends it again', async () => {
    const { carrier, text } = await start();
    carrier.script.push(fails('unknown', 'ECONNRESET'));
    await text('one');
    await world.current.advance(HOUR);
    expect(carrier.texts).toEqual(['one']);
    expect(carrier.finds).toBe(1);
  });

  it('without an answer in time: is in doubt, even when the transport does not look at its signal', async () => {
    const { carrier, text } = await start();
    carrier.script.push((message) => {
      carrier.accept(message);
      return never();
    });
    await text('one');
    await text('two');
    await world.current.advance(60_000);
    expect(carrier.texts).toEqual(['one', 'two']);
  });

  it('does not ask the provider when a callback has told meanwhile', async () => {
    const { carrier, engine, storage, text } = await start();
    carrier.script.push(async (message, options) => {
      carrier.accept(message);
      await world.current.status(engine, message.id, { status: 'delivered', providerStatus: 'delivered' });
      return fails('unknown', 'ECONNRESET')(message, options);
    });
    await text('one');
    await world.current.advance(HOUR);
    expect(carrier.finds).toBe(0);
    expect(carrier.texts).toEqual(['one']);
    expect((await messagesOf(storage))[1]?.status).toBe('delivered');
  });

  it('keeps what a callback said before the send was answered', async () => {
    const { carrier, engine, storage, text } = await start();
    carrier.script.push(async (message) => {
      const receipt = carrier.accept(message);
      await world.current.status(engine, message.id, { status: 'delivered', providerStatus: 'delivered' });
      return receipt;
    });
    await text('one');
    expect((await messagesOf(storage))[1]).toMatchObject({ status: 'delivered', providerStatus: 'delivered' });
    expect((await documentOf(storage)).outbox).toEqual([]);
  });
});

describe('a slow provider and two processes', () => {
  it('sends once, though asking and sending together take longer than a lease', async () => {
    const { carrier, clock } = world.current;
    const wait = (delay: number) => new Promise<void>((resolve) => clock.setTimeout(resolve, delay));
    carrier.beforeFind = () => wait(19_000);
    carrier.script.push(fails('unknown', 'ECONNRESET'), async (message) => {
      await wait(19_000);
      return carrier.accept(message);
    });
    const storage = shared(memoryStorage());
    const first = await world.current.start({ storage, bots: [echo] });
    await world.current.start({ storage, bots: [echo] });
    await world.current.text(first, 'one');
    await world.current.advance(10 * 60_000);
    expect(carrier.texts).toEqual(['one']);
  });

  it('sends once, though a policy takes longer than a lease', async () => {
    const { clock, carrier } = world.current;
    const storage = shared(memoryStorage());
    let slow = true;
    const plugin = {
      name: 'slow',
      async checkOutbound() {
        if (slow) await new Promise<void>((resolve) => clock.setTimeout(resolve, 5 * 60_000));
        slow = false;
        return undefined;
      },
    };
    carrier.script.push(async (message) => {
      await new Promise<void>((resolve) => clock.setTimeout(resolve, 15_000));
      return carrier.accept(message);
    });
    const first = await world.current.start({ storage, bots: [echo], plugins: [plugin] });
    await world.current.start({ storage, bots: [echo] });
    await world.current.text(first, 'one');
    await world.current.advance(10 * 60_000);
    expect(carrier.texts).toEqual(['one']);
  });
});

describe('patience', () => {
  it('longer than a lease makes the lease longer', async () => {
    const engine = { sendTimeout: 120_000 };
    const running = await world.current.start({ storage: memoryStorage(), bots: [echo], engine });
    await world.current.text(running, 'one');
    await world.current.rest();
    expect(world.current.carrier.texts).toEqual(['one']);
  });
});
