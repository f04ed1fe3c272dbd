import {
  anyText,
  type BotOptions,
  defineBot,
  extendJourney,
  keyword,
  remember,
  say,
  setupBot,
  startBot,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANN, documentOf, KEY, World } from './world.ts';

const DAY = 86_400_000;

let world: World;

beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

function bot(options: Partial<BotOptions> = {}) {
  return defineBot({
    id: 'bot',
    triggers: [anyText()],
    machine: setupBot({}).createMachine({
      entry: [say('hello'), remember({ firstName: 'Ann' })],
      initial: 'on',
      states: {
        on: {
          on: {
            'message.received': [
              { guard: ({ event }) => event.text === 'bye', target: 'over' },
              { guard: ({ event }) => event.text === 'longer', actions: extendJourney(60 * DAY) },
              { guard: ({ event }) => event.text === 'next', target: 'over', actions: startBot('menu') },
              { actions: say(({ event }) => event.text) },
            ],
          },
        },
        over: { type: 'final' },
      },
      output: { served: 1 },
    }),
    ...options,
  });
}

const menu = defineBot({
  id: 'menu',
  triggers: [keyword('MENU')],
  conflict: 'replace',
  machine: setupBot({}).createMachine({
    entry: say('the menu'),
    on: { 'message.received': { actions: say('chosen') } },
  }),
});

async function start(options: Partial<BotOptions> = {}) {
  const storage = memoryStorage();
  const engine = await world.start({ storage, bots: [bot(options), menu], app: { journal: false } });
  const text = async (body: string) => {
    await world.text(engine, body);
    await world.advance(0);
  };
  const activity = async () =>
    (await storage.activity.list({ conversation: KEY, limit: 50 })).activity.map(({ kind, name }) =>
      `${kind} ${name ?? ''}`.trim(),
    );
  return { engine, storage, text, activity };
}

describe('the hooks of a journey', () => {
  it('speak ahead of its machine and after its end, with what the machine gave out', async () => {
    const ends: unknown[] = [];
    const { storage, text, activity } = await start({
      onStart: ({ say: tell, actor }) => tell(`Welcome, ${actor.firstName ?? 'stranger'}.`),
      onEnd({ why, output, say: tell, track, remember: learn }) {
        ends.push({ why, output });
        tell('Goodbye.');
        track('ended', { why });
        learn({ lastName: 'Lee' });
      },
    });
    await text('hi');
    await text('bye');
    expect(world.carrier.texts).toEqual(['Welcome, stranger.', 'hello', 'Goodbye.']);
    expect(ends).toEqual([{ why: 'done', output: { served: 1 } }]);
    expect((await documentOf(storage)).actor).toMatchObject({ firstName: 'Ann', lastName: 'Lee' });
    expect(await activity()).toEqual(['journey.ended done', 'track ended', 'journey.started text']);
  });

  it.each([
    ['expired', (_: unknown) => world.advance(30 * DAY)],
    ['ended', ({ engine }: Awaited<ReturnType<typeof start>>) => engine.endJourney(KEY)],
    ['replaced', ({ text }: Awaited<ReturnType<typeof start>>) => text('menu')],
  ] as const)('know that it was %s', async (why, end) => {
    const ends: string[] = [];
    const started = await start({ onEnd: (ending) => void ends.push(ending.why) });
    await started.text('hi');
    await end(started);
    expect(ends).toEqual([why]);
  });

  it('that throw at the end do not keep it from its end, and leave nothing half done', async () => {
    const { storage, text, activity } = await start({
      onEnd({ say: tell }) {
        tell('half');
        throw new Error('no');
      },
    });
    await text('hi');
    await text('bye');
    expect(world.carrier.texts).toEqual(['hello']);
    expect(await documentOf(storage)).not.toHaveProperty('journey');
    expect(await activity()).toContain('hook.failed error.platform.journey.hook-failed');
  });

  it('that throw at the start keep it from beginning', async () => {
    const { storage, text } = await start({
      onStart() {
        throw new Error('no');
      },
    });
    await text('hi');
    const document = await documentOf(storage);
    expect(document).not.toHaveProperty('journey');
    expect(document.parked?.[0]?.what.kind).toBe('start');
  });

  it('speak before the bot that follows', async () => {
    const { text } = await start({ onEnd: ({ say: tell }) => tell('Goodbye.') });
    await text('hi');
    await text('next');
    expect(world.carrier.texts).toEqual(['hello', 'Goodbye.', 'the menu']);
  });
});

describe('the time of a journey', () => {
  it('is extended by API, up to 90 days from its start', async () => {
    const { engine, text, storage } = await start();
    await text('hi');
    const { journey } = await documentOf(storage);
    await world.advance(20 * DAY);
    const { expiresAt } = await engine.extendJourney(KEY, 40 * DAY);
    expect(expiresAt - (journey?.startedAt ?? 0)).toBe(60 * DAY);
    await world.advance(39 * DAY);
    await text('still here');
    expect(world.carrier.texts).toEqual(['hello', 'still here']);
    await expect(engine.extendJourney(KEY, 80 * DAY)).rejects.toMatchObject({
      code: 'error.platform.journey.too-long',
    });
    await world.advance(2 * DAY);
    await expect(engine.extendJourney(KEY, DAY)).rejects.toMatchObject({ code: 'error.platform.journey.none' });
  });

  it('is never shortened by an extension', async () => {
    const { engine, text, storage } = await start();
    await text('hi');
    const before = (await documentOf(storage)).journey?.expiresAt;
    expect(await engine.extendJourney(KEY, DAY)).toEqual({ expiresAt: before });
  });

  it('is extended by the machine, as far as it goes', async () => {
    const { text, storage } = await start();
    await text('hi');
    const { startedAt = 0 } = (await documentOf(storage)).journey ?? {};
    await text('longer');
    expect((await documentOf(storage)).journey?.expiresAt).toBe(startedAt + 60 * DAY);
    await world.advance(50 * DAY);
    await text('longer');
    expect((await documentOf(storage)).journey?.expiresAt).toBe(startedAt + 90 * DAY);
  });
});

describe('a word of another bot', () => {
  it('goes to the journey that is running, unless that bot takes its place', async () => {
    const { text } = await start();
    await text('hi');
    await text('menu, please');
    await text('Menu!');
    await text('one');
    expect(world.carrier.texts).toEqual(['hello', 'menu, please', 'the menu', 'chosen']);
  });

  it('is not the first contact after a notification, and the first text is', async () => {
    const { engine, storage } = await start();
    await engine.notify({ app: 'app', to: ANN, name: 'news', text: 'News.' });
    expect(await documentOf(storage)).not.toHaveProperty('heardAt');
  });
});
