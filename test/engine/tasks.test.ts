import { anyText, type Bot, defineBot, say, setupBot } from '@parley/core';
import { keyvStorage } from '@parley/plugin-keyv';
import { afterEach, describe, expect, it } from 'vitest';
import { fromPromise } from 'xstate';
import { documentOf, never, World } from './world.ts';

const world = { current: new World() };
afterEach(async () => {
  await world.current.close();
  world.current = new World();
});

interface Context {
  readonly input: unknown;
  readonly signal: AbortSignal;
  readonly idempotencyKey: string;
  readonly attempt: number;
}

/** Works at every text, says what comes of it; `leave` leaves the state. */
function worker(work: (context: Context) => Promise<unknown>, input: unknown = null): Bot {
  return defineBot({
    id: 'worker',
    triggers: [anyText()],
    machine: setupBot({
      actors: { work: fromPromise((context) => work(context as unknown as Context)) },
    }).createMachine({
      initial: 'working',
      states: {
        working: {
          invoke: {
            src: 'work',
            input: () => input as never,
            onDone: { target: 'idle', actions: say(({ event }) => `done: ${describeValue(event.output)}`) },
            onError: {
              target: 'idle',
              actions: say(({ event }) => `failed: ${(event.error as { code?: string }).code ?? 'no code'}`),
            },
          },
          on: { 'message.received': 'idle' },
        },
        idle: { on: { 'message.received': 'working' } },
      },
    }),
  });
}

function describeValue(value: unknown): string {
  if (value instanceof Date) return `date ${value.getTime()}`;
  if (value instanceof Map) return `map ${[...value].map((pair) => pair.map(describeValue)).join()}`;
  if (value === undefined) return 'undefined';
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, field]) => `${name}=${describeValue(field)}`)
      .join(' ');
  }
  return String(value);
}

async function start(bot: Bot, store = new Map<string, unknown>()) {
  const storage = keyvStorage({ store });
  const engine = await world.current.start({ storage, bots: [bot], app: {} });
  const { carrier } = world.current;
  async function text(body: string): Promise<void> {
    await world.current.text(engine, body);
    await world.current.advance(0);
  }
  return { storage, engine, carrier, text };
}

describe('a task', () => {
  it('is aborted when its state is left, and its late result is dropped', async () => {
    const seen: { signal: AbortSignal; finish: (value: string) => void }[] = [];
    const bot = worker(({ signal }) => new Promise((finish) => seen.push({ signal, finish })));
    const { carrier, storage, text } = await start(bot);
    await text('go');
    await text('leave');
    expect(seen[0]?.signal.aborted).toBe(true);
    seen[0]?.finish('late');
    await world.current.advance(0);
    await text('again');
    seen[1]?.finish('in time');
    await world.current.advance(0);
    expect(carrier.texts).toEqual(['done: in time']);
    expect((await documentOf(storage)).journey?.tasks).toEqual({});
  });

  it('does not begin when its state is left before it could', async () => {
    let begun = 0;
    const bot = worker(async () => {
      begun += 1;
      return never();
    });
    const { engine } = await start(bot);
    await Promise.all([world.current.text(engine, 'go'), world.current.text(engine, 'leave')]);
    await world.current.rest();
    expect(begun).toBeLessThanOrEqual(1);
  });

  it('that takes too long is aborted, and its error has a code', async () => {
    let signal: AbortSignal | undefined;
    const bot = worker((context) => {
      signal = context.signal;
      return never();
    });
    const { carrier, text } = await start(bot);
    await text('go');
    await world.current.advance(59_999);
    expect(carrier.texts).toEqual([]);
    await world.current.advance(1);
    expect(signal?.aborted).toBe(true);
    expect(carrier.texts).toEqual(['failed: error.platform.task.timeout']);
  });

  it.each([
    ['a date', new Date(5), 'date 5'],
    ['a map', new Map([['a', new Date(7)]]), 'map a,date 7'],
    ['undefined', undefined, 'undefined'],
    ['fields that are undefined', { a: undefined, b: 1n }, 'a=undefined b=1'],
  ])('gives %s as it is', async (_, output, said) => {
    const { carrier, text } = await start(worker(async () => output));
    await text('go');
    expect(carrier.texts).toEqual([`done: ${said}`]);
  });

  it('gets its input as it was, also after a restart', async () => {
    const input = { day: new Date(5), tags: new Set(['a']), gap: undefined };
    const seen: unknown[] = [];
    const store = new Map<string, unknown>();
    const bot = worker(async (context) => {
      seen.push(context.input);
      return seen.length === 1 ? never() : 'ok';
    }, input);
    const { text } = await start(bot, store);
    await text('go');
    await start(bot, store);
    expect(seen).toEqual([input, input]);
    expect(world.current.carrier.texts).toEqual(['done: ok']);
  });

  it('that throws gives its error with the code', async () => {
    const bot = worker(async () => {
      throw Object.assign(new Error('no slots'), { code: 'E_FULL' });
    });
    const { carrier, text } = await start(bot);
    await text('go');
    expect(carrier.texts).toEqual(['failed: E_FULL']);
  });

  it('whose output JSON can not write fails instead of being tried for ever', async () => {
    class Response {
      self: unknown = this;
    }
    const { carrier, text } = await start(worker(async () => ({ response: new Response() })));
    await text('go');
    expect(carrier.texts).toEqual(['failed: no code']);
    expect(world.current.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('whose process dies runs again elsewhere, as a second attempt under the same key', async () => {
    const seen: Context[] = [];
    const store = new Map<string, unknown>();
    const bot = worker((context) => {
      seen.push(context);
      return seen.length === 1 ? never() : Promise.resolve('ok');
    });
    const { text } = await start(bot, store);
    await text('go');
    await start(bot, store);
    expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(seen[0]?.idempotencyKey).toBe(seen[1]?.idempotencyKey);
  });

  it('runs beside another', async () => {
    const finish: Record<string, (value: string) => void> = {};
    const later = (name: string) =>
      fromPromise(
        () =>
          new Promise<string>((resolve) => {
            finish[name] = resolve;
          }),
      );
    const machine = setupBot({ actors: { one: later('one'), two: later('two') } }).createMachine({
      invoke: [
        { src: 'one', onDone: { actions: say(({ event }) => `one ${event.output}`) } },
        { src: 'two', onDone: { actions: say(({ event }) => `two ${event.output}`) } },
      ],
    });
    const { carrier, text } = await start(defineBot({ id: 'both', triggers: [anyText()], machine }));
    await text('go');
    finish.two?.('b');
    finish.one?.('a');
    await world.current.advance(0);
    expect([...carrier.texts].sort()).toEqual(['one a', 'two b']);
  });
});
