import {
  anyText,
  type Bot,
  defineBot,
  type EngineOptions,
  fromTask,
  say,
  setupBot,
  type TaskOptions,
} from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createActor, toPromise } from 'xstate';
import { documentOf, KEY, never, OURS, shared, World } from './world.ts';

let world: World;

beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

type Work = Parameters<typeof fromTask<unknown, unknown>>[0];

/** Works at every text, says what comes of it. */
function worker(work: Work, options: TaskOptions): Bot {
  return defineBot({
    id: 'worker',
    triggers: [anyText()],
    machine: setupBot({ actors: { work: fromTask(work, options) } }).createMachine({
      initial: 'working',
      states: {
        working: {
          invoke: {
            src: 'work',
            onDone: { target: 'idle', actions: say(({ event }) => `done: ${event.output}`) },
            onError: {
              target: 'idle',
              actions: say(({ event }) => {
                const error = event.error as Error & { code?: string };
                return [error.name, error.message, error.code, (error.cause as Error | undefined)?.message].join(' ');
              }),
            },
          },
          on: { 'message.received': 'idle' },
        },
        idle: { on: { 'message.received': 'working' } },
      },
    }),
  });
}

async function start(bot: Bot, engine: EngineOptions = {}, storage = keyvStorage()) {
  const started = await world.start({ storage, bots: [bot], engine });
  const text = async (body: string, from?: string) => {
    await world.text(started, body, from === undefined ? {} : { from });
    await world.advance(0);
  };
  return { engine: started, storage, text };
}

describe('a task that fails', () => {
  it('is tried again with growing waits under one key, and the machine hears of its success only', async () => {
    const seen: { at: number; attempt: number; key: string }[] = [];
    const bot = worker(
      async ({ attempt, idempotencyKey }) => {
        seen.push({ at: world.clock.now(), attempt, key: idempotencyKey });
        if (attempt < 4) throw new Error('not yet');
        return attempt;
      },
      { attempts: 5, backoff: { first: 1000, factor: 10, longest: 20_000 } },
    );
    const { text, storage } = await start(bot);
    await text('go');
    await world.advance(60_000);
    expect(world.carrier.texts).toEqual(['done: 4']);
    expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(1);
    // Chance is a half in this world, which takes a quarter off.
    expect(seen.slice(1).map(({ at }, index) => at - (seen[index]?.at ?? 0))).toEqual([750, 7500, 15_000]);
    const { activity } = await storage.activity.list({ conversation: KEY, limit: 10 });
    expect(activity.filter(({ kind }) => kind === 'task.retry')).toHaveLength(3);
  });

  it('for the last time tells the machine, with class, message, code and cause', async () => {
    class NoSlot extends Error {
      readonly code = 'E_FULL';
    }
    let attempts = 0;
    const bot = worker(
      async () => {
        attempts += 1;
        throw new NoSlot('all taken', { cause: new Error('calendar') });
      },
      { attempts: 3 },
    );
    const { text } = await start(bot);
    await text('go');
    await world.advance(60_000);
    expect(attempts).toBe(3);
    expect(world.carrier.texts).toEqual(['NoSlot all taken E_FULL calendar']);
  });

  it('in a way that another attempt does not help is not tried again', async () => {
    let attempts = 0;
    const bot = worker(
      async () => {
        attempts += 1;
        throw new TypeError('wrong');
      },
      { attempts: 5, retryIf: (error) => !(error instanceof TypeError) },
    );
    const { text } = await start(bot);
    await text('go');
    await world.advance(600_000);
    expect(attempts).toBe(1);
    expect(world.carrier.texts[0]).toMatch(/^TypeError wrong/);
  });

  it('is not tried again when its state was left between two attempts', async () => {
    let attempts = 0;
    const bot = worker(
      async () => {
        attempts += 1;
        throw new Error('no');
      },
      { attempts: 5 },
    );
    const { text, storage } = await start(bot);
    await text('go');
    await text('leave');
    await world.advance(600_000);
    expect(attempts).toBe(1);
    expect((await documentOf(storage)).journey?.tasks).toEqual({});
  });

  it('goes on with its attempts in the next process, and a crash counts for none', async () => {
    const store = new Map<string, unknown>();
    const attempts: number[] = [];
    const bot = worker(
      ({ attempt }) => {
        attempts.push(attempt);
        if (attempt === 2) return never();
        return attempt < 4 ? Promise.reject(new Error('no')) : Promise.resolve('ok');
      },
      { attempts: 3 },
    );
    const { text } = await start(bot, {}, keyvStorage({ store }));
    await text('go');
    await world.advance(5000);
    // The process is gone in its second attempt; another one opens the same data.
    await start(bot, {}, keyvStorage({ store }));
    await world.advance(60_000);
    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(world.carrier.texts).toEqual(['done: ok']);
  });

  it('because of its result says what a document can not hold, while developing', async () => {
    const bot = worker(async () => ({ slots: [{ book: () => 'booked' }] }), {});
    const { text } = await start(bot, { check: true });
    await text('go');
    expect(world.carrier.texts[0]).toMatch(/a function at work\.output\.slots\[0\]\.book/);
    expect(world.carrier.texts[0]).toMatch('error.platform.bot.not-serialisable');
  });

  it('for lack of time has the time of its own', async () => {
    const { text } = await start(worker(never, { timeout: 5000 }));
    await text('go');
    await world.advance(4999);
    expect(world.carrier.texts).toEqual([]);
    await world.advance(1);
    expect(world.carrier.texts[0]).toMatch('error.platform.task.timeout');
  });

  it('stands still while people have the conversation, and waits no longer afterwards than it has to', async () => {
    const { text, engine } = await start(worker(async () => Promise.reject(new Error('no')), { attempts: 2 }));
    await text('go');
    await engine.stop();
    expect(world.carrier.texts).toEqual([]);
  });
});

describe('tasks at once', () => {
  const people = Array.from({ length: 6 }, (_, index) => `+1415555020${index}`);

  async function most(options: TaskOptions, engine: EngineOptions): Promise<number> {
    let running = 0;
    let peak = 0;
    const bot = worker(
      () =>
        new Promise((resolve) => {
          running += 1;
          peak = Math.max(peak, running);
          world.clock.setTimeout(() => {
            running -= 1;
            resolve('ok');
          }, 1000);
        }),
      options,
    );
    const { text } = await start(bot, engine);
    for (const person of people) await text('go', person);
    await world.advance(10_000);
    expect(world.carrier.texts).toHaveLength(people.length);
    return peak;
  }

  it('are as many as there are, unless there is a limit', async () => {
    expect(await most({}, {})).toBe(6);
  });

  it('are no more of one name than it allows', async () => {
    expect(await most({ atOnce: 2 }, {})).toBe(2);
  });

  it('are no more in all than the engine allows', async () => {
    expect(await most({ atOnce: 5 }, { tasksAtOnce: 3 })).toBe(3);
  });

  it('that wait for room longer than their lease run once, wherever there is room first', async () => {
    const runs: string[] = [];
    const bot = worker(
      ({ idempotencyKey }) =>
        new Promise((resolve) => {
          runs.push(idempotencyKey);
          world.clock.setTimeout(() => resolve('ok'), 50_000);
        }),
      { atOnce: 1 },
    );
    const storage = shared(keyvStorage());
    const { text } = await start(bot, {}, storage);
    await start(bot, {}, storage);
    for (const person of people) await text('go', person);
    await world.advance(600_000);
    expect(world.carrier.texts).toHaveLength(people.length);
    expect(new Set(runs).size).toBe(people.length);
    expect(runs).toHaveLength(people.length);
  });
});

describe('fromTask', () => {
  it('refuses options that are none', () => {
    expect(() => fromTask(async () => 1, { attempts: 0 })).toThrow(/config\.malformed/);
    expect(() => fromTask(async () => 1, { retries: 3 } as never)).toThrow(/retries/);
  });

  it('is an ordinary promise outside of Parley', async () => {
    const logic = fromTask(async ({ input, attempt }: { input: number; attempt: number }) => input + attempt);
    const actor = createActor(logic, { input: 41 });
    actor.start();
    expect(await toPromise(actor)).toBe(42);
    expect(OURS).toBeDefined();
  });
});
