import { anyText, defineBot, type Plugin, SendError, say, setupBot, type Verdict } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, describe, expect, it } from 'vitest';
import { ANN, documentOf, messagesOf, never, World } from './world.ts';

const HOUR = 3_600_000;
const world = { current: new World() };
afterEach(async () => {
  await world.current.close();
  world.current = new World();
});

/** Says two things to every text, and what became of a message. */
const pair = defineBot({
  id: 'pair',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: {
      'message.received': { actions: [say(({ event }) => `${event.text} a`), say(({ event }) => `${event.text} b`)] },
      'message.failed': { actions: say(({ event }) => `failed: ${event.code}`) },
    },
  }),
});

/** One thing to every text, deaf to what becomes of it. */
const echo = defineBot({
  id: 'echo',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({}).createMachine({
    on: { 'message.received': { actions: say(({ event }) => event.text) } },
  }),
});

function policy(check: (text: string) => Verdict | undefined, name = 'policy'): Plugin {
  return { name, checkOutbound: ({ message }) => check(message.text) };
}

async function start(plugins: readonly Plugin[] = [], bot = echo) {
  const storage = memoryStorage();
  const engine = await world.current.start({ storage, bots: [bot], plugins });
  const { carrier } = world.current;
  async function text(body: string): Promise<void> {
    await world.current.text(engine, body);
    await world.current.rest();
  }
  return { storage, engine, carrier, text };
}

describe('order', () => {
  it('keeps the texts of a turn in order, and does not let a deferred one hold back later turns', async () => {
    const { clock } = world.current;
    const later = clock.now() + HOUR;
    const isQuiet = (body: string) => body === 'one a' && clock.now() < later;
    const { carrier, storage, text } = await start(
      [policy((body) => (isQuiet(body) ? { kind: 'defer', until: later, code: 'quiet' } : undefined))],
      pair,
    );
    await text('one');
    await text('two');
    expect(carrier.texts).toEqual(['two a', 'two b']);
    expect((await documentOf(storage)).dueAt).toBe(later);
    await world.current.advance(HOUR);
    expect(carrier.texts).toEqual(['two a', 'two b', 'one a', 'one b']);
  });

  it('does not let a refused text hold back the rest of its turn', async () => {
    const { carrier, text } = await start([], pair);
    carrier.script.push(async () => {
      throw new SendError('refused', '21211', 'not a number');
    });
    await text('one');
    expect(carrier.texts).toEqual(['one b', 'failed: 21211']);
  });
});

describe('verdicts', () => {
  it('fails a denied message with the code of the policy, and tells a bot that wants to know', async () => {
    const { carrier, storage, text } = await start(
      [policy((body) => (body === 'one a' ? { kind: 'deny', code: 'no.consent', reason: 'never asked' } : undefined))],
      pair,
    );
    await text('one');
    expect(carrier.texts).toEqual(['one b', 'failed: no.consent']);
    expect((await messagesOf(storage))[1]).toMatchObject({
      status: 'failed',
      error: { code: 'no.consent', reason: 'never asked' },
    });
  });

  it('lets the first denial win, else the latest deferral', async () => {
    const now = world.current.clock.now();
    const asked: string[] = [];
    const plugins: Plugin[] = [1, 3, 2].map((hours) => ({
      name: `defer-${hours}`,
      checkOutbound({ message, now: at }) {
        asked.push(`${hours} ${message.text}`);
        if (message.text === 'deny') return { kind: 'deny', code: `denied.by.${hours}`, reason: 'no' };
        return at < now + hours * HOUR ? { kind: 'defer', until: now + hours * HOUR, code: 'later' } : undefined;
      },
    }));
    const { carrier, storage, text } = await start(plugins);
    await text('deny');
    expect((await messagesOf(storage))[1]?.error?.code).toBe('denied.by.1');
    expect(asked).toEqual(['1 deny']);
    await text('defer');
    expect((await documentOf(storage)).dueAt).toBe(now + 3 * HOUR);
    await world.current.advance(3 * HOUR - 1);
    expect(carrier.texts).toEqual([]);
    await world.current.advance(1);
    expect(carrier.texts).toEqual(['defer']);
  });

  it('asks again at every wake-up, and applies rewrites once to what is sent', async () => {
    const now = world.current.clock.now();
    let consent = true;
    const plugins: Plugin[] = [
      { name: 'footer', rewriteOutbound: (body) => `${body} Reply STOP to end.` },
      { name: 'shout', rewriteOutbound: (body) => body.toUpperCase() },
      {
        name: 'consent',
        checkOutbound({ message, record, now: at }) {
          expect(message.text).toBe(`${record.text} Reply STOP to end.`.toUpperCase());
          if (!consent) return { kind: 'deny', code: 'opted.out', reason: 'meanwhile' };
          return at < now + HOUR ? { kind: 'defer', until: now + HOUR, code: 'quiet' } : undefined;
        },
      },
    ];
    const { carrier, storage, text } = await start(plugins);
    await text('one');
    await world.current.advance(HOUR);
    expect(carrier.texts).toEqual(['ONE REPLY STOP TO END.']);
    expect((await messagesOf(storage))[1]?.text).toBe('one');
    consent = false;
    await text('two');
    expect(carrier.texts).toHaveLength(1);
    expect((await messagesOf(storage))[3]).toMatchObject({ status: 'failed', error: { code: 'opted.out' } });
  });

  it('lets a message wait while a policy throws', async () => {
    let broken = true;
    const { carrier, text } = await start([
      policy(() => {
        if (broken) throw new Error('the list of consents is away');
        return undefined;
      }),
    ]);
    await text('one');
    expect(carrier.attempts).toEqual([]);
    expect(world.current.lines.some(({ code }) => code === 'error.platform.policy.failed')).toBe(true);
    broken = false;
    await world.current.advance(60_000);
    expect(carrier.texts).toEqual(['one']);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('lets no message go that is deferred until %s', async (until) => {
    const { carrier, text } = await start([policy(() => ({ kind: 'defer', until, code: 'odd' }))]);
    await text('one');
    await world.current.advance(HOUR);
    expect(carrier.attempts).toEqual([]);
  });

  it('comes to rest when a policy defers to a moment that has passed', async () => {
    let asked = 0;
    const { carrier, text } = await start([
      policy(() => {
        asked += 1;
        return asked < 4 ? { kind: 'defer', until: 0, code: 'odd' } : undefined;
      }),
    ]);
    await text('one');
    expect(asked).toBe(1);
    await world.current.advance(10_000);
    expect(carrier.texts).toEqual(['one']);
  });
});

describe('around a send', () => {
  it('runs as an onion, the first plugin outermost, with the opt-out phase innermost', async () => {
    const order: string[] = [];
    const layer = (name: string, enforce?: 'opt-out'): Plugin => ({
      name,
      ...(enforce === undefined ? {} : { enforce }),
      async aroundSend(_message, _options, next) {
        order.push(`${name} before`);
        const receipt = await next();
        order.push(`${name} after`);
        return receipt;
      },
    });
    const { carrier, text } = await start([layer('stop', 'opt-out'), layer('trace'), layer('count')]);
    await text('one');
    expect(carrier.texts).toEqual(['one']);
    expect(order).toEqual(['trace before', 'count before', 'stop before', 'stop after', 'count after', 'trace after']);
  });

  it('sends once however often a plugin goes on', async () => {
    const { carrier, text } = await start([
      {
        name: 'eager',
        async aroundSend(_message, _options, next) {
          await next();
          return next();
        },
      },
    ]);
    await text('one');
    expect(carrier.texts).toEqual(['one']);
  });

  it('does not hand a message over after the attempt was given up', async () => {
    let late: (() => Promise<unknown>) | undefined;
    const { carrier, text } = await start([
      {
        name: 'slow',
        aroundSend(_message, _options, next) {
          if (late !== undefined) return next();
          late = next;
          return never();
        },
      },
    ]);
    await text('one');
    await world.current.advance(60_000);
    await expect(late?.()).rejects.toMatchObject({ code: 'error.platform.send.timeout' });
    expect(carrier.texts).toEqual(['one']);
  });
});

describe('notifications', () => {
  it('go out without a bot, and start none', async () => {
    const { engine, carrier, storage } = await start();
    const { message } = await engine.notify({ app: 'app', to: ANN, name: 'reminder', text: 'Tomorrow at nine' });
    await world.current.rest();
    expect(carrier.accepted.map(({ id, text }) => [id, text])).toEqual([[message, 'Tomorrow at nine']]);
    expect((await documentOf(storage)).journey).toBeUndefined();
  });
});
