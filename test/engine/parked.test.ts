import { anyText, defineBot, type Engine, handoff, keyword, type Storage, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromPromise } from 'xstate';
import { ANN, documentOf, KEY, OURS, World } from './world.ts';

let world: World;
/** Whether the bot has its mistake still. */
let broken: boolean;

beforeEach(() => {
  world = new World();
  broken = true;
});
afterEach(() => world.close());

function mayFail(): void {
  if (broken) throw new RangeError('a mistake of the bot');
}

const bot = defineBot({
  id: 'bot',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({ actors: { work: fromPromise(async () => 'result') } }).createMachine({
    initial: 'on',
    states: {
      on: {
        on: {
          'message.received': [
            { guard: ({ event }) => event.text === 'timer', target: 'waiting' },
            { guard: ({ event }) => event.text === 'task', target: 'working' },
            { guard: ({ event }) => event.text === 'desk', actions: handoff('desk') },
            { guard: ({ event }) => event.text.startsWith('!'), actions: [say(({ event }) => event.text), mayFail] },
            { actions: say(({ event }) => event.text) },
          ],
        },
      },
      waiting: {
        after: { 1000: { target: 'on', actions: [say('time is up'), mayFail] } },
        on: { 'message.received': { actions: say('waiting') } },
      },
      working: {
        invoke: { src: 'work', onDone: { target: 'on', actions: [say(({ event }) => event.output), mayFail] } },
        on: { 'message.received': { actions: say('working') } },
      },
    },
  }),
});

const stillborn = defineBot({
  id: 'stillborn',
  triggers: [keyword('stillborn')],
  machine: setupBot({}).createMachine({
    entry: [say(({ context: _, event }) => `born of ${event.type}`), mayFail],
  }),
});

async function start(): Promise<{ engine: Engine; storage: Storage; text: (body: string) => Promise<void> }> {
  const storage = memoryStorage();
  const engine = await world.start({ storage, bots: [stillborn, bot], app: { fallback: 'Sorry.' } });
  const text = async (body: string) => {
    await world.text(engine, body);
    await world.advance(0);
  };
  return { engine, storage, text };
}

const texts = () => world.carrier.texts;

describe('what was parked', () => {
  it('is listed with its error, its bot and what it was', async () => {
    const { engine, text } = await start();
    await text('!one');
    expect(await engine.parked()).toMatchObject([
      {
        conversation: KEY,
        app: 'app',
        events: [
          {
            bot: 'bot',
            code: 'error.platform.journey.failed',
            reason: 'RangeError: a mistake of the bot',
            what: { kind: 'text', text: { text: '!one' } },
          },
        ],
      },
    ]);
    expect(await engine.parked({ app: 'other' })).toEqual([]);
  });

  it('is taken in again in its order, once the bot is mended', async () => {
    const { engine, storage, text } = await start();
    await text('!one');
    await text('between');
    await text('!two');
    broken = false;
    expect(await engine.retryParked(KEY)).toEqual({ left: 0 });
    await world.advance(0);
    expect(texts()).toEqual(['Sorry.', 'between', '!one', '!two']);
    expect(await documentOf(storage)).not.toHaveProperty('parked');
    expect(await engine.parked()).toEqual([]);
  });

  it('stays with all behind it when it fails again, and the person is not told twice', async () => {
    const { engine, storage, text } = await start();
    await text('!one');
    await text('!two');
    const before = await documentOf(storage);
    await world.advance(1000);
    expect(await engine.retryParked(KEY)).toEqual({ left: 2 });
    await world.advance(0);
    const after = await documentOf(storage);
    expect(after.parked?.map(({ id }) => id)).toEqual(before.parked?.map(({ id }) => id));
    expect(after.parked?.[0]?.at).toBe((before.parked?.[0]?.at ?? 0) + 1000);
    expect(texts()).toEqual(['Sorry.']);
  });

  it('can be taken in again one by one', async () => {
    const { engine, storage, text } = await start();
    await text('!one');
    await text('!two');
    broken = false;
    const { parked = [] } = await documentOf(storage);
    expect(await engine.retryParked(KEY, { event: parked[1]?.id ?? '' })).toEqual({ left: 1 });
    await world.advance(0);
    expect(texts()).toEqual(['Sorry.', '!two']);
    await expect(engine.retryParked(KEY, { event: 'none' })).rejects.toMatchObject({
      code: 'error.platform.parked.unknown',
    });
  });

  it('as a timer fires again, unless its state was left meanwhile', async () => {
    const { engine, storage, text } = await start();
    await text('timer');
    await world.advance(3_600_000);
    expect((await documentOf(storage)).journey?.machine.snapshot.value).toBe('waiting');
    broken = false;
    await engine.retryParked(KEY);
    await world.advance(0);
    expect(texts()).toEqual(['time is up']);
    expect((await documentOf(storage)).journey?.machine.snapshot.value).toBe('on');
  });

  it('as a result of a task is given again without working again', async () => {
    const { engine, text } = await start();
    await text('task');
    await text('hello');
    broken = false;
    await engine.retryParked(KEY);
    await world.advance(0);
    expect(texts()).toEqual(['working', 'result']);
  });

  it('as a bot that could not begin begins, unless another runs', async () => {
    const { engine, text } = await start();
    await text('stillborn');
    broken = false;
    await text('hi');
    expect(await engine.retryParked(KEY)).toEqual({ left: 1 });
    await engine.startJourney({ app: 'app', to: ANN, bot: 'bot', conflict: 'replace' });
    await engine.endJourney(KEY);
    await world.advance(0);
    expect(texts()).toEqual(['Sorry.', 'hi']);
  });

  it('is dropped by skip: the machine is never told of it', async () => {
    const { engine, storage, text } = await start();
    await text('timer');
    await world.advance(3_600_000);
    broken = false;
    expect(await engine.skipParked(KEY)).toEqual({ left: 0 });
    await world.advance(3_600_000);
    await text('hello');
    expect(texts()).toEqual(['waiting']);
    expect(await documentOf(storage)).not.toHaveProperty('parked');
  });

  it('goes with the journey that an operator ends; the next text starts anew', async () => {
    const { engine, storage, text } = await start();
    await text('!one');
    await engine.endJourney(KEY);
    const document = await documentOf(storage);
    expect(document).not.toHaveProperty('parked');
    expect(document).not.toHaveProperty('journey');
    await text('anew');
    expect(texts()).toEqual(['Sorry.', 'anew']);
    await engine.endJourney(KEY);
    await expect(engine.endJourney(KEY)).rejects.toMatchObject({ code: 'error.platform.journey.none' });
  });

  it('is left alone while people have the conversation', async () => {
    const { engine, text } = await start();
    await text('!one');
    await text('desk');
    await expect(engine.retryParked(KEY)).rejects.toMatchObject({ code: 'error.platform.conversation.handed-over' });
  });

  it('has a fallback text once in a journey, and once again in the next', async () => {
    const { engine, text } = await start();
    await text('!one');
    await text('fine');
    await text('!two');
    await engine.endJourney(KEY);
    await text('!three');
    expect(texts()).toEqual(['Sorry.', 'fine', 'Sorry.']);
  });

  it('cannot be asked of a conversation that there is not', async () => {
    const { engine } = await start();
    await expect(engine.retryParked(`${OURS}/+14155550199` as typeof KEY)).rejects.toMatchObject({
      code: 'error.platform.conversation.unknown',
    });
  });
});
