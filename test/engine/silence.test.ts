import type { Claim, Engine, MessageRecord, Plugin, Storage } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANN, KEY, OTHER, OURS, shared, World } from './world.ts';

const HOUR = 3_600_000;
const WHY = { code: 'no.more', reason: 'they want none' };

let world: World;
let storage: Storage;
/** Who has said STOP, as a policy keeps it. */
let stopped: boolean;

beforeEach(() => {
  world = new World();
  storage = memoryStorage();
  stopped = false;
});

afterEach(() => world.close());

/** Hears STOP, and lets nothing out from then on but its own answer. */
function stopper(claim: Partial<Claim> = {}): Plugin {
  return {
    name: 'stopper',
    enforce: 'opt-out',
    interceptInbound({ message }) {
      if (message.text !== 'STOP') return undefined;
      stopped = true;
      return { reply: 'No more texts.', endJourney: true, cancel: WHY, ...claim };
    },
    checkOutbound: ({ record: { origin } }) =>
      stopped && origin.kind !== 'plugin' ? { kind: 'deny', ...WHY } : undefined,
  };
}

const start = (plugin = stopper(), parts = {}) => world.start({ storage, plugins: [plugin], ...parts });

function notify(engine: Engine, text: string, at?: number): Promise<unknown> {
  return engine.notify({ app: 'app', to: ANN, name: 'news', text, ...(at === undefined ? {} : { at }) });
}

async function messages(): Promise<readonly MessageRecord[]> {
  return (await storage.messages.list({ limit: 5_000, direction: 'outbound' })).messages;
}

describe('a claim that cancels', () => {
  it('takes back what is scheduled, ends the journey, and answers', async () => {
    const engine = await start();
    await world.text(engine, 'hi');
    await world.advance(0);
    await notify(engine, 'tomorrow', world.clock.now() + 24 * HOUR);
    await world.text(engine, 'STOP');
    await world.advance(48 * HOUR);
    expect(world.carrier.texts).toEqual(['1: hi', 'No more texts.']);
    const scheduled = (await messages()).find(({ text }) => text === 'tomorrow');
    expect(scheduled).toMatchObject({ status: 'failed', error: WHY });
    expect((await storage.conversations.get(KEY))?.journey).toBeUndefined();
    const answer = (await messages()).find(({ text }) => text === 'No more texts.');
    expect(answer?.origin).toEqual({ kind: 'plugin', name: 'stopper' });
  });

  it('is acknowledged when what was leaving has left, and lets nothing out afterwards', async () => {
    const engine = await start();
    let arrive = (): void => {};
    world.carrier.script.push(async (message) => {
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
      return world.carrier.accept(message);
    });
    for (let count = 0; count < 1_000; count++) {
      await notify(engine, `news ${count}`, count % 2 === 0 ? undefined : world.clock.now() + count * 1_000);
    }
    await world.rest();
    expect(world.carrier.attempts).toHaveLength(1);
    let acknowledged = false;
    const stop = world.text(engine, 'STOP').then(() => {
      acknowledged = true;
    });
    await world.rest();
    expect(acknowledged).toBe(false);
    arrive();
    await stop;
    expect(acknowledged).toBe(true);
    await world.advance(24 * HOUR);
    expect(world.carrier.texts).toEqual(['news 0', 'No more texts.']);
    const failed = (await messages()).filter(({ status }) => status === 'failed');
    expect(failed).toHaveLength(999);
    expect(failed.every(({ error }) => error?.code === WHY.code)).toBe(true);
  });

  it('waits also for what another process is sending', async () => {
    storage = shared(memoryStorage());
    const engine = await start();
    const other = await start();
    let arrive = (): void => {};
    world.carrier.script.push(async (message) => {
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
      return world.carrier.accept(message);
    });
    await notify(other, 'one');
    await notify(other, 'two');
    await world.rest();
    let acknowledged = false;
    const stop = world.text(engine, 'STOP').then(() => {
      acknowledged = true;
    });
    await world.advance(200);
    expect(acknowledged).toBe(false);
    arrive();
    await world.advance(200);
    expect(acknowledged).toBe(true);
    await stop;
    await world.advance(HOUR);
    expect(world.carrier.texts).toEqual(['one', 'No more texts.']);
  });

  it('is acknowledged after 5 seconds in any case, when another process does not get on', async () => {
    storage = shared(memoryStorage());
    const engine = await start();
    const other = await start();
    world.carrier.script.push(() => new Promise(() => {}));
    await notify(other, 'one');
    await world.rest();
    const stop = world.text(engine, 'STOP');
    await world.advance(6_000);
    await stop;
    expect(world.carrier.texts).toEqual([]);
  });

  it('gives its answer up when it comes too late', async () => {
    const engine = await start(stopper({ replyWithin: 300_000 }));
    world.carrier.script.push(...Array.from({ length: 20 }, () => () => Promise.reject(new Error('away'))));
    await world.text(engine, 'STOP');
    await world.advance(24 * HOUR);
    expect(world.carrier.texts).toEqual([]);
    expect(await messages()).toMatchObject([{ status: 'failed', error: { code: 'error.platform.send.expired' } }]);
  });
});

describe('silence', () => {
  it('reaches the conversations of a person in all apps, or in those that are named', async () => {
    const engine = await start({ name: 'nothing' }, { apps: [{ id: 'shop', number: OTHER, mode: 'preview' }] });
    const tomorrow = world.clock.now() + 24 * HOUR;
    await notify(engine, 'clinic', tomorrow);
    await engine.notify({ app: 'shop', to: ANN, name: 'news', text: 'shop', at: tomorrow });
    await engine.silence({ to: ANN, apps: ['shop'], ...WHY });
    expect(await messages()).toMatchObject([
      { text: 'shop', status: 'failed', error: WHY },
      { text: 'clinic', status: 'pending' },
    ]);
    await engine.silence({ to: ANN, ...WHY });
    await world.advance(48 * HOUR);
    expect(world.carrier.texts).toEqual([]);
  });

  it('does nothing for somebody who was never texted', async () => {
    const engine = await start({ name: 'nothing' });
    await engine.silence({ to: ANN, ...WHY });
    expect(await storage.conversations.get(KEY)).toBeUndefined();
    await expect(engine.silence({ to: ANN, apps: ['none'], ...WHY })).rejects.toMatchObject({
      code: 'error.platform.app.unknown',
    });
  });
});

describe('verdicts', () => {
  it('are kept with the message: why it waited, and what let it go', async () => {
    const until = world.clock.now() + 8 * HOUR;
    const night = { kind: 'defer', until, code: 'night', rule: 'TCPA-CA', data: '2026-11' } as const;
    const day = { kind: 'allow', rule: 'TCPA-CA', data: '2026-11' } as const;
    const engine = await start({ name: 'hours', checkOutbound: ({ now }) => (now < until ? night : day) });
    await notify(engine, 'morning');
    await world.advance(9 * HOUR);
    const [message] = await messages();
    expect(message?.status).toBe('pending');
    expect(message?.error).toBeUndefined();
    expect(message?.history.map(({ source, verdicts }) => [source, verdicts])).toEqual([
      ['engine', undefined],
      ['policy', [{ policy: 'hours', ...night }]],
      ['send', [{ policy: 'hours', ...day }]],
    ]);
  });

  it('are written down as often as they change, and not without end', async () => {
    let asked = 0;
    const engine = await start({
      name: 'undecided',
      checkOutbound: ({ now }) => ({ kind: 'defer', until: now + HOUR, code: `reason ${Math.floor(asked++ / 2)}` }),
    });
    await notify(engine, 'never');
    await world.advance(HOUR);
    expect((await messages())[0]?.history).toHaveLength(3);
    await world.advance(100 * HOUR);
    const [message] = await messages();
    expect(asked).toBeGreaterThan(100);
    expect(message?.history).toHaveLength(21);
  });
});

describe('notify with an id', () => {
  it('is one message, however often it is asked for', async () => {
    const engine = await start();
    const request = { app: 'app', to: OURS.replace('0100', '0123'), name: 'news', text: 'once', id: 'given' as never };
    expect(await engine.notify(request)).toEqual({ message: 'given' });
    expect(await engine.notify(request)).toEqual({ message: 'given' });
    await world.advance(0);
    expect(world.carrier.texts).toEqual(['once']);
    expect((await messages()).map(({ id }) => id)).toEqual(['given']);
  });
});
