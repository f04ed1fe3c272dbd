import { anyText, type Bot, defineBot, fromTask, type Migrate, say, setupBot } from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assign } from 'xstate';
import { ANN, documentOf, KEY, never, World } from './world.ts';

let world: World;
let store: Map<string, unknown>;

beforeEach(() => {
  world = new World();
  store = new Map();
});
afterEach(() => world.close());

/** Asks for a day in one state, `asking` in version 1 and `askingDay` from version 2 on, with a reminder. */
function booking(version: string, options: { state?: string; migrate?: Migrate; reminder?: number } = {}): Bot {
  const { state = 'asking', migrate, reminder = 60_000 } = options;
  const machine = setupBot({
    types: { context: {} as { heard: number } },
    // Version 1 never comes to its end.
    actors: { book: fromTask(async () => (version === '1' ? never() : `booked by ${version}`)) },
  }).createMachine({
    context: { heard: 0 },
    initial: state,
    states: {
      [state]: {
        entry: say(`${version}: which day?`),
        after: { [reminder]: { actions: say(`${version}: still there?`) } },
        on: {
          'message.received': [
            { guard: ({ event }) => event.text === 'book', target: 'booking' },
            {
              actions: [
                assign({ heard: ({ context }) => context.heard + 1 }),
                say(({ context, event }) => `${version}: ${event.text} ${context.heard}`),
              ],
            },
          ],
        },
      },
      booking: { invoke: { src: 'book', onDone: { target: state, actions: say(({ event }) => event.output) } } },
    },
  });
  return defineBot({ id: 'booking', version, machine, triggers: [anyText()], ...(migrate && { migrate }) });
}

const rename: Migrate = (snapshot, from) => ({
  ...snapshot,
  value: snapshot.value === 'asking' ? 'askingDay' : snapshot.value,
  context: { ...(snapshot.context as object), from },
});

async function deploy(...bots: readonly Bot[]) {
  const engine = await world.start({ storage: keyvStorage({ store }), bots, app: { fallback: 'Sorry.' } });
  const { storage } = engine.organization;
  const text = async (body: string) => {
    await world.text(engine, body);
    await world.advance(0);
  };
  return { engine, storage, text };
}

describe('a journey after a deploy', () => {
  it('stays on its version while that is registered', async () => {
    const before = await deploy(booking('1'));
    await before.text('hi');
    await before.engine.stop();
    const { text } = await deploy(booking('2', { state: 'askingDay', migrate: rename }), booking('1'));
    await text('one');
    expect(world.carrier.texts).toEqual(['1: which day?', '1: one 1']);
  });

  it('is migrated when it is not, and keeps its context and what it was asked', async () => {
    const before = await deploy(booking('1'));
    await before.text('hi');
    await before.text('one');
    await before.engine.stop();
    const { storage, text } = await deploy(booking('2', { state: 'askingDay', migrate: rename }));
    await text('two');
    expect(world.carrier.texts).toEqual(['1: which day?', '1: one 1', '2: two 2']);
    const { journey } = await documentOf(storage);
    expect(journey).toMatchObject({ version: '2', machine: { snapshot: { value: 'askingDay' } } });
    expect(journey?.machine.snapshot.context).toMatchObject({ from: '1' });
    const { activity } = await storage.activity.list({ conversation: KEY, limit: 10 });
    expect(activity).toContainEqual(expect.objectContaining({ kind: 'journey.migrated', name: '1 → 2' }));
  });

  it('is migrated when a timer of it is due, and its new state has its own time', async () => {
    const before = await deploy(booking('1'));
    await before.text('hi');
    await before.engine.stop();
    await deploy(booking('2', { state: 'askingDay', migrate: rename, reminder: 90_000 }));
    await world.advance(60_000);
    expect(world.carrier.texts).toEqual(['1: which day?']);
    await world.advance(90_000);
    expect(world.carrier.texts).toEqual(['1: which day?', '2: still there?']);
  });

  it('stands still where there is no migration, and goes on when one is deployed', async () => {
    const before = await deploy(booking('1'));
    await before.text('hi');
    await before.engine.stop();
    const without = await deploy(booking('2', { state: 'askingDay' }));
    await without.text('one');
    await world.advance(3_600_000);
    const { halted, parked, journey } = await documentOf(without.storage);
    expect(halted?.code).toBe('error.platform.bot.unknown-version');
    expect(parked).toHaveLength(1);
    expect(journey?.machine.timers).toHaveLength(1);
    expect(await without.engine.parked()).toMatchObject([{ conversation: KEY, halted: { code: halted?.code } }]);
    await without.engine.stop();
    const { engine, storage } = await deploy(booking('3', { state: 'askingDay', migrate: rename }));
    expect(await engine.retryParked(KEY)).toEqual({ left: 0 });
    await world.advance(0);
    expect(world.carrier.texts).toEqual(['1: which day?', 'Sorry.', '3: one 1']);
    expect(await documentOf(storage)).not.toHaveProperty('halted');
  });

  it('takes in what came since it stood still, also behind a text that its machine had thrown at', async () => {
    let broken = true;
    const fragile = (version: string, migrate?: Migrate): Bot =>
      defineBot({
        id: 'booking',
        version,
        triggers: [anyText()],
        firstText: 'event',
        machine: setupBot({}).createMachine({
          on: {
            'message.received': [
              {
                guard: ({ event }) => event.text === 'boom',
                actions: () => {
                  if (broken) throw new Error('boom');
                },
              },
              { actions: say(({ event }) => `${version}: ${event.text}`) },
            ],
          },
        }),
        ...(migrate && { migrate }),
      });
    const before = await deploy(fragile('1'));
    await before.text('a');
    await before.text('boom');
    await before.engine.stop();
    const without = await deploy(fragile('2'));
    await without.text('b');
    await without.text('c');
    await without.engine.stop();
    const { engine, text, storage } = await deploy(fragile('3', (snapshot) => snapshot));
    await text('d');
    expect(world.carrier.texts).toEqual(['1: a', 'Sorry.', '3: b', '3: c', '3: d']);
    expect((await documentOf(storage)).parked).toHaveLength(1);
    broken = false;
    expect(await engine.retryParked(KEY)).toEqual({ left: 0 });
  });

  it('that can not be migrated is as it was, with the error', async () => {
    const before = await deploy(booking('1'));
    await before.text('hi');
    const { journey } = await documentOf(before.storage);
    await before.engine.stop();
    const fails: Migrate = () => {
      throw new TypeError('no such field');
    };
    const { storage, text } = await deploy(booking('2', { migrate: fails }));
    await text('one');
    const document = await documentOf(storage);
    expect(document.halted?.code).toBe('error.platform.bot.migration-failed');
    expect(document.halted?.reason).toMatch(/no such field/);
    expect(document.journey).toEqual(journey);
    await text('two');
    expect((await documentOf(storage)).parked).toHaveLength(2);
    expect(world.carrier.texts).toEqual(['1: which day?', 'Sorry.']);
  });

  it('whose migration gives what a document can not hold is as it was, and the path is told', async () => {
    const before = await deploy(booking('1'));
    await before.text('hi');
    await before.engine.stop();
    const migrate: Migrate = (snapshot) => ({ ...snapshot, context: { heard: 0, ask: () => 'which day?' } });
    const { storage, text } = await deploy(booking('2', { migrate }));
    await text('one');
    const { halted, journey } = await documentOf(storage);
    expect(halted?.code).toBe('error.platform.bot.migration-failed');
    expect(halted?.reason).toMatch(/a function at snapshot\.context\.ask/);
    expect(journey?.version).toBe('1');
  });

  it('whose stored state its own version does not have any more stands still', async () => {
    const before = await deploy(booking('1'));
    await before.text('hi');
    await before.engine.stop();
    const { storage, text } = await deploy(booking('1', { state: 'askingDay' }));
    await text('one');
    expect((await documentOf(storage)).halted?.code).toBe('error.platform.bot.not-restorable');
  });

  it('keeps a task that is under way, whose result the new version takes', async () => {
    const before = await deploy(booking('1'));
    await before.text('hi');
    await world.text(before.engine, 'book');
    await world.advance(0);
    const stopped = before.engine.stop({ grace: 0 });
    await world.advance(1000);
    await stopped;
    await deploy(booking('2', { state: 'askingDay', migrate: rename }));
    await world.advance(0);
    expect(world.carrier.texts).toEqual(['1: which day?', 'booked by 2', '2: which day?']);
  });

  it('ends by API even where nobody can go on with it', async () => {
    const before = await deploy(booking('1'));
    await before.text('hi');
    await before.engine.stop();
    const { engine, text } = await deploy(booking('2', { state: 'askingDay' }));
    await text('one');
    await engine.endJourney(KEY);
    await text('two');
    expect(world.carrier.texts).toEqual(['1: which day?', 'Sorry.', '2: which day?']);
    expect(await engine.startJourney({ app: 'app', to: ANN, bot: 'booking' })).toMatchObject({ started: false });
  });
});
