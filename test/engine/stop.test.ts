import { anyText, defineBot, type Plugin, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { afterEach, describe, expect, it } from 'vitest';
import { fromPromise } from 'xstate';
import { documentOf, never, shared, World } from './world.ts';

const world = { current: new World() };
afterEach(async () => {
  await world.current.close();
  world.current = new World();
});

const chatty = defineBot({
  id: 'chatty',
  triggers: [anyText()],
  machine: setupBot({}).createMachine({
    entry: [say('one'), say('two'), say('three')],
    on: { 'message.received': { actions: say('again') } },
  }),
});

/** A promise that a test settles. */
function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

describe('stopping an engine', () => {
  it('finishes the send that is under way, and leaves the rest to the next engine at once', async () => {
    const { carrier } = world.current;
    const storage = shared(memoryStorage());
    const first = await world.current.start({ storage, bots: [chatty] });
    const { passed, open } = gate();
    carrier.script.push(async (message) => {
      await passed;
      return carrier.accept(message);
    });
    await world.current.text(first, 'hi');
    await world.current.rest();
    const stopping = first.stop();
    open();
    await stopping;
    expect(carrier.texts).toEqual(['one']);
    const left = await documentOf(storage);
    expect(left.dispatch).toBeUndefined();
    expect(left.outbox.map(({ text, inDoubt }) => [text, inDoubt])).toEqual([
      ['two', undefined],
      ['three', undefined],
    ]);
    await world.current.start({ storage, bots: [chatty] });
    expect(carrier.texts).toEqual(['one', 'two', 'three']);
    expect(carrier.finds).toBe(0);
  });

  it('gives back a send that does not end as one that may have gone through', async () => {
    const { carrier } = world.current;
    const storage = shared(memoryStorage());
    const first = await world.current.start({ storage, bots: [chatty] });
    carrier.script.push((message) => {
      carrier.accept(message);
      return never();
    });
    await world.current.text(first, 'hi');
    await world.current.rest();
    const stopping = first.stop({ grace: 100 });
    await world.current.advance(10_000);
    await stopping;
    await world.current.start({ storage, bots: [chatty] });
    await world.current.advance(10_000);
    expect(carrier.texts).toEqual(['one', 'two', 'three']);
    expect(carrier.finds).toBeGreaterThan(0);
  });

  it('hands a task that does not end in time to the next engine, under the same idempotency key', async () => {
    const seen: string[] = [];
    const machine = setupBot({
      actors: {
        work: fromPromise((context) => {
          const { attempt, idempotencyKey, signal } = context as never as {
            attempt: number;
            idempotencyKey: string;
            signal: AbortSignal;
          };
          seen.push(`${attempt} ${idempotencyKey}`);
          if (attempt > 1) return Promise.resolve();
          return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        }),
      },
    }).createMachine({
      initial: 'working',
      states: {
        working: { invoke: { src: 'work', onDone: 'done', onError: 'failed' } },
        done: { entry: say('done'), on: { 'message.received': {} } },
        failed: { entry: say('failed') },
      },
    });
    const bots = [defineBot({ id: 'worker', machine, triggers: [anyText()] })];
    const storage = shared(memoryStorage());
    const first = await world.current.start({ storage, bots });
    await world.current.text(first, 'hi');
    await world.current.rest();
    const stopping = first.stop({ grace: 100 });
    await world.current.advance(10_000);
    await stopping;
    await world.current.start({ storage, bots });
    expect(world.current.carrier.texts).toEqual(['done']);
    expect(seen.map((line) => line.split(' ')[0])).toEqual(['1', '2']);
    expect(new Set(seen.map((line) => line.split(' ')[1])).size).toBe(1);
  });

  it('commits a text that came before, and begins nothing that it asks for', async () => {
    const storage = shared(memoryStorage());
    const { passed, open } = gate();
    const slow: Plugin = {
      name: 'slow',
      async interceptInbound() {
        await passed;
        return undefined;
      },
    };
    const first = await world.current.start({ storage, bots: [chatty], plugins: [slow] });
    const answered = world.current.text(first, 'hi');
    await world.current.rest();
    const stopping = first.stop();
    open();
    await answered;
    await stopping;
    expect(world.current.carrier.attempts).toEqual([]);
    expect((await documentOf(storage)).dispatch).toBeUndefined();
    await world.current.start({ storage, bots: [chatty] });
    expect(world.current.carrier.texts).toEqual(['one', 'two', 'three']);
  });

  it('takes nothing in afterwards, with 503', async () => {
    const engine = await world.current.start({ storage: memoryStorage() });
    await engine.stop();
    const stopped = { code: 'error.platform.engine.stopped', status: 503 };
    await expect(world.current.text(engine, 'hi')).rejects.toMatchObject(stopped);
    await expect(engine.notify({ app: 'app', to: '+14155550123', name: 'n', text: 'x' })).rejects.toMatchObject(
      stopped,
    );
    expect(await engine.ready()).toBe(false);
  });
});
