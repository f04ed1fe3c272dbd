import { type AppOptions, anyText, defineBot, fromTask, type JournalStep, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assign } from 'xstate';
import { ANN, documentOf, KEY, messagesOf, World } from './world.ts';

const HOUR = 3_600_000;

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

let failures = 0;
const work = fromTask<string>(
  async () => {
    if (failures-- > 0) throw new Error('not yet');
    return 'found';
  },
  { attempts: 3, backoff: { first: HOUR, longest: HOUR } },
);

const patient = defineBot({
  id: 'patient',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({ types: { context: {} as { heard: string[] } }, actors: { work } }).createMachine({
    context: { heard: [] },
    initial: 'waiting',
    states: {
      waiting: {
        on: {
          'message.received': [
            { guard: ({ event }) => event.text === 'work', target: 'working' },
            { guard: ({ event }) => event.text === 'bye', target: 'over' },
            { actions: assign({ heard: ({ context, event }) => [...context.heard, event.text] }) },
          ],
        },
        after: { [HOUR]: { actions: say('an hour') } },
      },
      working: { invoke: { src: 'work', onDone: { target: 'waiting', actions: say('done') } } },
      over: { type: 'final' },
    },
  }),
});

async function start(app: Partial<AppOptions> = {}) {
  const storage = memoryStorage();
  const engine = await world.start({ storage, bots: [patient], app });
  const text = async (body: string) => {
    await world.text(engine, body);
    await world.advance(0);
  };
  const steps = async () => {
    const { activity: all } = await storage.activity.list({ conversation: KEY, limit: 100 });
    const records = 'activity' in all ? (all as { activity: typeof all }).activity : all;
    return [...records].reverse().filter(({ kind }) => kind === 'step');
  };
  return { engine, storage, text, steps };
}

describe('a timer of a preview app', () => {
  it('fires early, once', async () => {
    const { engine, storage, text } = await start();
    await text('hi');
    const [timer] = (await documentOf(storage)).journey?.machine.timers ?? [];
    await engine.fireTimer(KEY, timer!);
    await world.advance(0);
    expect(world.carrier.texts).toEqual(['an hour']);
    await expect(engine.fireTimer(KEY, timer!)).rejects.toMatchObject({
      code: 'error.platform.journey.no-such-timer',
    });
    await world.advance(2 * HOUR);
    expect(world.carrier.texts).toEqual(['an hour']);
  });

  it('keeps its time in a published one', async () => {
    const { engine, storage, text } = await start({ mode: 'published' });
    await text('hi');
    const [timer] = (await documentOf(storage)).journey?.machine.timers ?? [];
    await expect(engine.fireTimer(KEY, timer!)).rejects.toMatchObject({ code: 'error.platform.app.not-preview' });
  });
});

describe('a task of a preview app', () => {
  it('is tried again before its time', async () => {
    failures = 1;
    const { engine, storage, text } = await start();
    await text('work');
    const [task] = (await documentOf(storage)).journey?.machine.tasks ?? [];
    expect((await documentOf(storage)).journey?.tasks[task!.id]?.notBefore).toBeGreaterThan(world.clock.now());
    await engine.retryTask(KEY, task!.id);
    await world.advance(0);
    expect(world.carrier.texts).toEqual(['done']);
    await expect(engine.retryTask(KEY, task!.id)).rejects.toMatchObject({
      code: 'error.platform.journey.no-such-task',
    });
  });
});

describe('time that passes for one conversation', () => {
  const clockwork = defineBot({
    id: 'clockwork',
    triggers: [anyText()],
    expiresAfter: 24 * HOUR,
    machine: setupBot({}).createMachine({
      initial: 'first',
      states: {
        first: { after: { [HOUR]: { target: 'second', actions: say('one hour') } } },
        second: { after: { [HOUR]: { target: 'third', actions: say('two hours') } } },
        third: {},
      },
    }),
  });

  async function begin(app: Partial<AppOptions> = {}) {
    const storage = memoryStorage();
    const engine = await world.start({ storage, bots: [clockwork], app });
    await world.text(engine, 'hi');
    await world.advance(0);
    return { engine, storage };
  }

  it('fires its timers in order, also those that others have set', async () => {
    const { engine, storage } = await begin();
    await engine.skipAhead(KEY, HOUR / 2);
    await world.advance(0);
    expect(world.carrier.texts).toEqual([]);
    expect((await documentOf(storage)).journey?.machine.timers[0]?.dueAt).toBe(world.clock.now() + HOUR / 2);
    await engine.skipAhead(KEY, 2 * HOUR);
    await world.advance(0);
    expect(world.carrier.texts).toEqual(['one hour', 'two hours']);
  });

  it('brings nearer what is scheduled, and ends a journey whose time is over', async () => {
    const { engine, storage } = await begin();
    await engine.notify({ app: 'app', to: ANN, name: 'news', text: 'tomorrow', at: world.clock.now() + 24 * HOUR });
    await engine.skipAhead(KEY, 23 * HOUR);
    await world.advance(0);
    expect(world.carrier.texts).toEqual(['one hour', 'two hours']);
    await engine.skipAhead(KEY, HOUR);
    await world.advance(0);
    expect(world.carrier.texts).toEqual(['one hour', 'two hours', 'tomorrow']);
    expect((await documentOf(storage)).journey).toBeUndefined();
  });

  it('leaves timers alone while people have the conversation', async () => {
    const { engine } = await begin();
    await engine.handOver(KEY, { to: 'front desk' });
    await engine.skipAhead(KEY, 5 * HOUR);
    await world.advance(0);
    expect(world.carrier.texts).toEqual([]);
    await engine.resume(KEY);
    await world.advance(HOUR);
    expect(world.carrier.texts).toEqual(['one hour']);
  });

  it('is not for published apps', async () => {
    const { engine } = await begin({ mode: 'published' });
    await expect(engine.skipAhead(KEY, HOUR)).rejects.toMatchObject({ code: 'error.platform.app.not-preview' });
    await expect(engine.skipAhead(KEY, 0)).rejects.toMatchObject({ code: 'error.platform.request.malformed' });
  });
});

describe('people', () => {
  it('take a conversation over, answer in it, and give it back', async () => {
    const { engine, storage, text } = await start();
    await text('hi');
    await engine.handOver(KEY, { to: 'front desk', note: 'sounds upset' });
    await engine.handOver(KEY, { to: 'somebody else' });
    expect((await documentOf(storage)).handoff).toMatchObject({ to: 'front desk', note: 'sounds upset' });
    await text('is anybody there?');
    await engine.reply(KEY, { name: 'Bo', text: 'I am.' });
    await world.advance(2 * HOUR);
    expect(world.carrier.texts).toEqual(['I am.']);
    const said = (await messagesOf(storage)).find((message) => message.text === 'I am.');
    expect(said?.origin).toEqual({ kind: 'person', name: 'Bo' });
    await engine.resume(KEY);
    await world.advance(HOUR);
    expect(world.carrier.texts).toEqual(['I am.', 'an hour']);
  });

  it('can not answer where nobody has texted', async () => {
    const { engine } = await start();
    await expect(engine.reply(KEY, { name: 'Bo', text: 'hm' })).rejects.toMatchObject({
      code: 'error.platform.conversation.unknown',
    });
  });
});

describe('the journal', () => {
  it('has every step of a preview app: what the machine was told, and what it was then', async () => {
    const { text, steps } = await start();
    await text('one');
    await world.advance(HOUR);
    await text('bye');
    const all = await steps();
    expect(all.map(({ name, data }) => [name, (data as JournalStep).state])).toEqual([
      ['xstate.init', 'waiting'],
      ['message.received', 'waiting'],
      [expect.stringMatching(/^xstate\.after/), 'waiting'],
      ['message.received', 'over'],
    ]);
    const second = all[1]?.data as JournalStep;
    expect(second.event).toMatchObject({ type: 'message.received', text: 'one' });
    expect(second.machine?.snapshot).toMatchObject({ context: { heard: ['one'] } });
  });

  it('is not kept in a published app, unless it asks for it', async () => {
    const { text, steps } = await start({ mode: 'published' });
    await text('one');
    expect(await steps()).toEqual([]);
    await world.close();
    world = new World();
    const kept = await start({ mode: 'published', journal: true });
    await kept.text('one');
    expect(await kept.steps()).toHaveLength(2);
  });

  it('leaves out what is too large to read', async () => {
    const { text, steps } = await start();
    await text('x'.repeat(70_000));
    const last = (await steps()).at(-1)?.data as JournalStep;
    expect(last).toEqual({ state: 'waiting' });
  });

  it('says in which state a journey has ended', async () => {
    const { engine, storage, text } = await start({ mode: 'published' });
    await text('hi');
    await engine.endJourney(KEY);
    const { activity: all } = await storage.activity.list({ conversation: KEY, limit: 100 });
    const records = 'activity' in all ? (all as { activity: typeof all }).activity : all;
    expect(records.find(({ kind }) => kind === 'journey.ended')).toMatchObject({ name: 'ended', state: 'waiting' });
  });
});
