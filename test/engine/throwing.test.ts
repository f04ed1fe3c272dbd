import {
  anyText,
  defineApp,
  defineBot,
  defineOrganization,
  keyword,
  type LogFields,
  remember,
  say,
  setupBot,
  silentLog,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { simulate } from '@parley/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { assign, fromPromise } from 'xstate';
import { ANN, documentOf, OURS, World } from './world.ts';

const world = { current: new World() };
afterEach(async () => {
  await world.current.close();
  world.current = new World();
});

function fail(): never {
  throw new RangeError('a mistake of the bot');
}

/** Throws where it is told to, and counts what it took in before. */
const fragile = defineBot({
  id: 'fragile',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({
    types: { context: {} as { count: number } },
    actors: { work: fromPromise(async () => 'result') },
  }).createMachine({
    context: { count: 0 },
    initial: 'listening',
    states: {
      listening: {
        on: {
          'message.received': [
            {
              guard: ({ event }) => event.text === 'throw',
              actions: [assign({ count: 100 }), say('never said'), remember({ firstName: 'Nobody' }), fail],
            },
            {
              guard: ({ event }) => event.text === 'long',
              actions: [say('a'), say('b'), say('x'.repeat(1601)), assign({ count: 100 })],
            },
            { guard: ({ event }) => event.text === 'big', actions: remember({ attributes: { big: 1n } }) },
            { guard: ({ event }) => event.text === 'timer', target: 'waiting' },
            { guard: ({ event }) => event.text === 'task', target: 'working' },
            {
              actions: [
                assign({ count: ({ context }) => context.count + 1 }),
                say(({ context }) => `heard ${context.count}`),
              ],
            },
          ],
        },
      },
      waiting: { after: { 1000: { actions: fail } }, on: { 'message.received': 'listening' } },
      working: { invoke: { src: 'work', onDone: { actions: fail } }, on: { 'message.received': 'listening' } },
    },
  }),
});

const stillborn = defineBot({
  id: 'stillborn',
  triggers: [keyword('stillborn')],
  machine: setupBot({}).createMachine({ entry: [say('never said'), fail] }),
});

async function start() {
  const storage = memoryStorage();
  const app = { fallback: 'Sorry.' };
  const engine = await world.current.start({ storage, bots: [stillborn, fragile], app });
  const { carrier } = world.current;
  async function text(body: string): Promise<void> {
    await world.current.text(engine, body);
    await world.current.advance(0);
  }
  return { storage, engine, carrier, text };
}

describe('a bot that throws', () => {
  it.each(['throw', 'long'])('at a text (%s) stays as it was, and the person is told once', async (body) => {
    const { storage, carrier, text } = await start();
    await text('one');
    const before = await documentOf(storage);
    await text(body);
    await text(body);
    const after = await documentOf(storage);
    expect(after.journey).toEqual(before.journey);
    expect(after.apologised).toBe(true);
    expect(after.actor).toEqual(before.actor);
    expect(after.parked).toHaveLength(2);
    expect(after.parked?.[0]).toMatchObject({
      bot: 'fragile',
      code: body === 'long' ? 'error.platform.message.too-long' : 'error.platform.journey.failed',
      what: { kind: 'text', text: { text: body } },
    });
    await text('two');
    expect(carrier.texts).toEqual(['heard 1', 'Sorry.', 'heard 2']);
  });

  it('at a timer is not told of it again', async () => {
    const { storage, carrier, text } = await start();
    await text('timer');
    await world.current.advance(3_600_000);
    const document = await documentOf(storage);
    expect(document.parked).toHaveLength(1);
    expect(document.parked?.[0]).toMatchObject({
      what: { kind: 'timer' },
      reason: expect.stringMatching('RangeError'),
    });
    expect(document.journey?.heldTimers).toHaveLength(1);
    expect(document.turns).toBe(2);
    await text('back');
    await text('one');
    expect(carrier.texts).toEqual(['heard 1']);
  });

  it('at the result of a task is not told of it again', async () => {
    const { storage, carrier, text } = await start();
    await text('task');
    await world.current.advance(3_600_000);
    const document = await documentOf(storage);
    expect(document.parked).toHaveLength(1);
    expect(document.parked?.[0]?.what.kind).toBe('task');
    expect(Object.values(document.journey?.tasks ?? {})[0]?.outcome?.kind).toBe('done');
    await text('back');
    await text('one');
    expect(carrier.texts).toEqual(['heard 1']);
  });

  it('at its start begins no journey, and later texts still work', async () => {
    const { storage, carrier, text } = await start();
    await text('stillborn');
    expect((await documentOf(storage)).journey).toBeUndefined();
    expect((await documentOf(storage)).parked?.[0]?.bot).toBe('stillborn');
    await text('one');
    expect(carrier.texts).toEqual(['Sorry.', 'heard 1']);
  });

  it('keeps what JSON can not write out of the profile', async () => {
    const { storage, carrier, text } = await start();
    await text('big');
    expect((await documentOf(storage)).parked?.[0]?.reason).toMatch(/TypeError/);
    await text('one');
    expect(carrier.texts).toEqual(['Sorry.', 'heard 1']);
  });

  it('keeps the first fifty parked events only', async () => {
    const { storage, text } = await start();
    for (let index = 0; index < 55; index++) await text('throw');
    expect((await documentOf(storage)).parked).toHaveLength(50);
  });

  it('that was started by API is parked, too', async () => {
    const { engine, storage, carrier } = await start();
    await engine.startJourney({ app: 'app', to: ANN, bot: 'stillborn' });
    await world.current.rest();
    expect((await documentOf(storage)).parked).toHaveLength(1);
    expect(carrier.texts).toEqual([]);
  });
});

describe('the log of a bot that throws', () => {
  it.each([
    [false, undefined],
    [true, 'RangeError: a mistake of the bot'],
  ])('has the code, and while developing (%s) what it threw', async (check, reason) => {
    const lines: LogFields[] = [];
    const sim = await simulate(
      defineOrganization({
        name: 'Test',
        apps: [defineApp({ id: 'app', number: OURS, bots: [fragile] })],
        transports: { sms: world.current.carrier },
        storage: memoryStorage(),
      }),
      { engine: { check }, log: { ...silentLog, error: (fields) => void lines.push(fields) } },
    );
    const ann = sim.actor(ANN);
    await ann.text('hello');
    await ann.text('throw');
    await sim.close();
    expect(lines).toEqual([expect.objectContaining({ bot: 'fragile', code: 'error.platform.journey.failed' })]);
    expect(lines[0]?.reason).toBe(reason);
    expect(JSON.stringify(lines)).not.toContain(ANN);
  });
});

describe('what a document can not hold', () => {
  it('is parked with its path while developing', async () => {
    class Cart {
      items = 1;
    }
    const machine = setupBot({ types: { context: {} as { order: { cart?: Cart } } } }).createMachine({
      context: { order: {} },
      on: { 'message.received': { actions: assign({ order: () => ({ cart: new Cart() }) }) } },
    });
    const bot = defineBot({ id: 'shop', machine, triggers: [anyText()], firstText: 'event' });
    const sim = await simulate(
      defineOrganization({
        name: 'Test',
        apps: [defineApp({ id: 'app', number: OURS, bots: [bot] })],
        transports: { sms: world.current.carrier },
        storage: memoryStorage(),
      }),
    );
    const ann = sim.actor(ANN);
    await ann.text('hello');
    const [parked] = (await ann.conversation())?.parked ?? [];
    expect(parked?.code).toBe('error.platform.bot.not-serialisable');
    expect(parked?.reason).toMatch(/an instance of Cart at context\.order\.cart/);
    await sim.close();
  });
});
