import {
  anyText,
  type Bot,
  defineBot,
  firstContact,
  handoff,
  keyword,
  type Plugin,
  remember,
  say,
  setupBot,
  startBot,
} from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { afterEach, describe, expect, it } from 'vitest';
import { assign, fromPromise } from 'xstate';
import { ANN, documentOf, KEY, messagesOf, World } from './world.ts';

const HOUR = 3_600_000;
const world = { current: new World() };
afterEach(async () => {
  await world.current.close();
  world.current = new World();
});

const desk: Bot = defineBot({
  id: 'desk',
  triggers: [keyword('desk')],
  machine: setupBot({ actors: { work: fromPromise(async () => 'found') } }).createMachine({
    initial: 'waiting',
    entry: handoff('front desk', 'please call'),
    on: {
      'message.received': { actions: say('the bot heard') },
      'conversation.resumed': { actions: say('back again') },
    },
    states: {
      waiting: {
        after: { [HOUR]: { actions: say('an hour') } },
        invoke: { src: 'work', onDone: { actions: say(({ event }) => event.output) } },
      },
    },
  }),
});

const chain = (id: string, next: string): Bot =>
  defineBot({
    id,
    triggers: [keyword(id)],
    machine: setupBot({ types: { context: {} as { from: string } } }).createMachine({
      context: ({ input }) => ({ from: String((input.data as { day?: Date } | undefined)?.day?.getTime() ?? '') }),
      entry: [say(({ context }) => `${id} ${context.from}`.trim()), startBot(next, { day: new Date(0) })],
      initial: 'over',
      states: { over: { type: 'final' } },
    }),
  });

const echo = (version: string): Bot =>
  defineBot({
    id: 'echo',
    version,
    triggers: [keyword('echo')],
    machine: setupBot({}).createMachine({
      entry: say(`hello of ${version}`),
      on: { 'message.received': { actions: say(({ event }) => `${version}: ${event.text}`) } },
    }),
  });

async function start(
  bots: readonly Bot[],
  parts: { store?: Map<string, unknown>; plugins?: Plugin[]; app?: object } = {},
) {
  const storage = keyvStorage({ store: parts.store ?? new Map() });
  const { plugins = [], app = {} } = parts;
  const engine = await world.current.start({ storage, bots, plugins, app });
  const { carrier } = world.current;
  async function text(body: string): Promise<void> {
    await world.current.text(engine, body);
    await world.current.advance(0);
  }
  return { storage, engine, carrier, text };
}

describe('a handoff', () => {
  it('silences the bot, its timers and its tasks, until somebody resumes it', async () => {
    const { engine, storage, carrier, text } = await start([desk]);
    await text('desk');
    await text('are you there?');
    await world.current.advance(5 * HOUR);
    expect(carrier.texts).toEqual([]);
    expect((await messagesOf(storage)).map((message) => message.text)).toEqual(['desk', 'are you there?']);
    await engine.resume(KEY);
    await world.current.advance(0);
    expect(carrier.texts).toEqual(['back again', 'found']);
    await world.current.advance(HOUR - 1);
    expect(carrier.texts).toHaveLength(2);
    await world.current.advance(1);
    expect(carrier.texts.at(-1)).toBe('an hour');
  });

  it('keeps a result that arrives meanwhile, also over a restart', async () => {
    const store = new Map<string, unknown>();
    let finish = (_: string): void => {};
    const busy = defineBot({
      id: 'busy',
      triggers: [anyText()],
      machine: setupBot({
        actors: {
          work: fromPromise(
            () =>
              new Promise<string>((resolve) => {
                finish = resolve;
              }),
          ),
        },
      }).createMachine({
        invoke: { src: 'work', onDone: { actions: say(({ event }) => event.output) } },
        on: { 'message.received': { actions: handoff('desk') } },
      }),
    });
    const first = await start([busy], { store });
    await first.text('one');
    await first.text('help');
    finish('the result');
    await world.current.rest();
    expect(first.carrier.texts).toEqual([]);
    await first.engine.stop();
    const second = await start([busy], { store });
    await second.engine.resume(KEY);
    await world.current.advance(0);
    expect(second.carrier.texts).toEqual(['the result']);
  });
});

describe('bots that start one another', () => {
  it('follow in one turn, with what the one before handed on', async () => {
    const { carrier, text, storage } = await start([chain('one', 'two'), chain('two', 'echo'), echo('1')]);
    await text('one');
    expect(carrier.texts).toEqual(['one', 'two 0', 'hello of 1']);
    expect((await documentOf(storage)).journey?.bot).toBe('echo');
  });

  it('in a circle come to an end, and are parked', async () => {
    const { carrier, text, storage } = await start([chain('one', 'two'), chain('two', 'one')]);
    await text('one');
    await world.current.advance(HOUR);
    expect(carrier.texts.length).toBeLessThan(20);
    const document = await documentOf(storage);
    expect(document.parked).toHaveLength(1);
    expect(document.journey).toBeUndefined();
    expect(document.dueAt).toBeUndefined();
  });

  it('that name nobody are parked', async () => {
    const { text, storage } = await start([chain('one', 'nobody')]);
    await text('one');
    expect((await documentOf(storage)).parked?.[0]?.code).toBe('error.platform.bot.unknown');
  });
});

describe('a journey', () => {
  it('is started by API: while another runs that one is used, unless it shall be replaced or refused', async () => {
    const { engine, carrier, storage, text } = await start([echo('1')]);
    const request = { app: 'app', to: ANN, bot: 'echo' };
    const { journey, started } = await engine.startJourney(request);
    expect(started).toBe(true);
    expect(await engine.startJourney(request)).toEqual({ journey, started: false });
    await expect(engine.startJourney({ ...request, conflict: 'refuse' })).rejects.toMatchObject({
      code: 'error.platform.journey.running',
      status: 409,
    });
    expect((await documentOf(storage)).journey?.id).toBe(journey);
    const second = await engine.startJourney({ ...request, conflict: 'replace' });
    expect((await documentOf(storage)).journey?.id).toBe(second.journey);
    await text('hi');
    expect(carrier.texts).toEqual(['hello of 1', 'hello of 1', '1: hi']);
  });

  it('of an unknown bot or app is refused, and nothing is kept', async () => {
    const { engine, storage } = await start([echo('1')]);
    const refused = (app: string, bot: string) => engine.startJourney({ app, to: ANN, bot });
    await expect(refused('app', 'none')).rejects.toMatchObject({ code: 'error.platform.bot.unknown' });
    await expect(refused('none', 'echo')).rejects.toMatchObject({ code: 'error.platform.app.unknown' });
    expect(await storage.conversations.get(KEY)).toBeUndefined();
  });

  it('expires, and the next text starts anew', async () => {
    const { carrier, storage, text } = await start([echo('1')]);
    await text('echo');
    await text('echo');
    await world.current.advance(30 * 24 * HOUR);
    const { activity } = await storage.activity.list({ conversation: KEY, limit: 10 });
    expect(activity[0]?.kind).toBe('journey.expired');
    await text('echo');
    expect(carrier.texts).toEqual(['hello of 1', '1: echo', 'hello of 1']);
  });

  it('goes on with the version that it began with; new ones use the first that is listed', async () => {
    const store = new Map<string, unknown>();
    const before = await start([echo('1')], { store });
    await before.text('echo');
    await before.engine.stop();
    const { carrier, engine, text } = await start([echo('2'), echo('1')], { store });
    await text('hi');
    await engine.startJourney({ app: 'app', to: ANN, bot: 'echo', conflict: 'replace' });
    await world.current.rest();
    expect(carrier.texts).toEqual(['hello of 1', '1: hi', 'hello of 2']);
  });

  it('on a version that is gone parks what comes, and takes all of it in when it is back', async () => {
    const store = new Map<string, unknown>();
    const before = await start([echo('1')], { store });
    await before.text('echo');
    await before.engine.stop();
    const without = await start([echo('2')], { store, app: { fallback: 'Sorry.' } });
    await without.text('one');
    await without.text('two');
    const { parked, halted } = await documentOf(without.storage);
    expect(halted?.code).toBe('error.platform.bot.unknown-version');
    expect(parked?.map(({ code }) => code)).toEqual(Array(2).fill('error.platform.bot.unknown-version'));
    await without.engine.stop();
    const again = await start([echo('2'), echo('1')], { store });
    await again.text('three');
    expect(again.carrier.texts).toEqual(['hello of 1', 'Sorry.', '1: one', '1: two', '1: three']);
    expect(await documentOf(again.storage)).not.toHaveProperty('halted');
    expect(await documentOf(again.storage)).not.toHaveProperty('parked');
  });
});

describe('what starts a bot', () => {
  const named = (id: string, firstText: 'input' | 'event', trigger = anyText()): Bot =>
    defineBot({
      id,
      firstText,
      triggers: [trigger],
      machine: setupBot({ types: { context: {} as { first: string } } }).createMachine({
        context: ({ input }) => ({ first: input.message?.text ?? 'nothing' }),
        entry: say(({ context }) => `${id} began with ${context.first}`),
        on: { 'message.received': { actions: say(({ event }) => `${id} got ${event.text}`) } },
      }),
    });

  it('is in the input only, or is its first event as well', async () => {
    const { carrier, text } = await start([named('a', 'input', keyword('a')), named('b', 'event', keyword('b'))]);
    await text('a');
    expect(carrier.texts).toEqual(['a began with a']);
  });

  it('is its first event as well when the bot asks for that', async () => {
    const { carrier, text } = await start([named('b', 'event', keyword('b'))]);
    await text('b');
    expect(carrier.texts).toEqual(['b began with b', 'b got b']);
  });

  it('may be the first contact, else the app answers for itself', async () => {
    const short = defineBot({
      id: 'welcome',
      triggers: [firstContact()],
      machine: setupBot({}).createMachine({
        entry: say('welcome'),
        initial: 'over',
        states: { over: { type: 'final' } },
      }),
    });
    const { carrier, text } = await start([short], { app: { otherwise: 'Text HELP.' } });
    await text('hi');
    await text('hi');
    expect(carrier.texts).toEqual(['welcome', 'Text HELP.']);
  });
});

describe('a plugin that claims a text', () => {
  const claims = (name: string, enforce?: 'opt-out'): Plugin => ({
    name,
    ...(enforce === undefined ? {} : { enforce }),
    interceptInbound: ({ message }) =>
      message.text === 'stop' ? { reply: `by ${name}`, endJourney: true } : undefined,
  });

  it('keeps it from the bot, and the opt-out phase goes before all others', async () => {
    const plugins = [claims('other'), claims('opt-out', 'opt-out')];
    const { carrier, storage, text } = await start([echo('1')], { plugins });
    await text('echo');
    await text('stop');
    expect(carrier.texts).toEqual(['hello of 1', 'by opt-out']);
    expect((await documentOf(storage)).journey).toBeUndefined();
    expect((await messagesOf(storage)).some((message) => message.text === 'stop')).toBe(true);
  });
});

describe('what a bot remembers', () => {
  const asks = defineBot({
    id: 'asks',
    triggers: [anyText()],
    firstText: 'event',
    machine: setupBot({ types: { context: {} as { name: string } } }).createMachine({
      context: ({ input }) => ({ name: input.actor.firstName ?? 'stranger' }),
      entry: say(({ context }) => `Hello ${context.name}`),
      on: {
        'message.received': [
          { guard: ({ event }) => event.text === 'forget', actions: remember({ firstName: undefined }) },
          { actions: [remember(({ event }) => ({ firstName: event.text })), assign({ name: 'x' })] },
        ],
      },
    }),
  });

  it('is shared by all apps, and can be changed from outside', async () => {
    const storage = keyvStorage();
    const other = { id: 'other', number: '+14155550199', bots: [asks] };
    const engine = await world.current.start({ storage, bots: [asks], apps: [other] });
    await world.current.text(engine, 'Ann');
    await world.current.rest();
    await world.current.text(engine, 'x', { to: '+14155550199' });
    await world.current.rest();
    expect(world.current.carrier.texts).toEqual(['Hello stranger', 'Hello Ann']);
    await engine.updateActor(ANN, { locale: 'es-MX' });
    expect((await documentOf(storage)).actor.locale).toBe('es-MX');
  });

  it.each(['Ann', 'forget'])('survives a crash between its commit and the shared profile (%s)', async (body) => {
    const store = new Map<string, unknown>();
    const storage = keyvStorage({ store });
    const lost = {
      ...storage,
      keyv: () => ({ get: async () => undefined, set: () => new Promise(() => {}) }) as never,
    };
    const seed = await world.current.start({ storage: keyvStorage({ store }), bots: [asks] });
    await seed.updateActor(ANN, { firstName: 'Bob' });
    await seed.stop();
    const dying = await world.current.start({ storage: lost, bots: [asks] });
    await world.current.text(dying, body);
    await world.current.rest();
    const after = keyvStorage({ store });
    const engine = await world.current.start({ storage: after, bots: [asks] });
    expect((await engine.updateActor(ANN, {})).firstName).toBe(body === 'Ann' ? 'Ann' : undefined);
    expect((await documentOf(after)).remember).toBeUndefined();
  });
});
