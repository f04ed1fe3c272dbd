import Router from '@koa/router';
import { createEngine, defineApp, defineOrganization, nextLoop, silentLog } from '@parley/core';
import { postgres } from '@parley/plugin-postgres';
import { SimulatedCarrier, VirtualClock } from '@parley/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dropSchema, findServer, newSchema } from '../../../test/postgres/support/server.ts';
import { suiteNeeding } from '../../../test/support/needs.ts';
import { defineNotification } from '../src/definition/notification.ts';
import { notifications } from '../src/notifications.ts';

const { need, url } = await findServer();

const START = Date.parse('2026-11-24T17:00:00Z');
const PEOPLE = 250;
const news = defineNotification({ name: 'news', text: 'News' });
const person = (index: number) => `+1415${String(5_550_000 + index)}`;

suiteNeeding(need, 'several processes', () => {
  let schema: string;
  const stops: (() => Promise<void>)[] = [];
  beforeEach(() => {
    schema = newSchema();
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    await dropSchema(url, schema);
  });

  /** A process with a clock of its own: while that stands still, nothing of it goes on that waits for time. */
  async function start(name: string, carrier: SimulatedCarrier) {
    const texts = notifications({ notifications: [news] });
    const clock = new VirtualClock({ start: START });
    let ids = 0;
    const engine = createEngine(
      defineOrganization({
        name: 'Test',
        apps: [defineApp({ id: 'app', number: '+14155550100' })],
        transports: { sms: carrier },
        storage: postgres({ url, schema }),
        plugins: [texts],
      }),
      {
        ...{ clock, log: silentLog, random: () => 0.5, afterAnswer: nextLoop },
        newId: () => `${name}${String(++ids).padStart(8, '0')}`,
        createRouter: () => new Router(),
      },
    );
    await engine.start({ localUrl: 'http://127.0.0.1:3000' });
    stops.push(async () => {
      let isStopped = false;
      const stopped = engine.stop({ grace: 0 }).finally(() => {
        isStopped = true;
      });
      while (!isStopped) await clock.advance(1_000);
      await stopped;
    });
    await clock.advance(0);
    return { texts, clock };
  }

  it('a broadcast of a process that has died goes on in another, and texts everybody once', async () => {
    const accepted: string[] = [];
    const carrier = new SimulatedCarrier();
    const send = carrier.send.bind(carrier);
    let dies = true;
    // The first process stops dead with some of the second hundred at the provider.
    carrier.send = async (message, options) => {
      if (dies && accepted.length >= 130) return new Promise(() => {});
      accepted.push(message.to);
      return send(message, options);
    };
    const first = await start('a', carrier);
    const { id } = await first.texts.broadcast(
      'news',
      Array.from({ length: PEOPLE }, (_, index) => person(index)),
    );
    await vi.waitFor(() => expect(accepted).toHaveLength(130), { timeout: 20_000 });
    const second = await start('b', carrier);
    expect(await second.texts.progress(id)).toMatchObject({ state: 'running', done: 100 });
    await second.clock.advance(20_000);
    expect(await second.texts.progress(id)).toMatchObject({ done: 100 });
    dies = false;
    await vi.waitFor(
      async () => {
        await second.clock.advance(5_000);
        expect(await second.texts.progress(id)).toMatchObject({ state: 'done' });
      },
      { timeout: 30_000, interval: 20 },
    );
    expect(await second.texts.progress(id)).toMatchObject({ done: PEOPLE, outcomes: { sent: PEOPLE } });
    expect(new Set(accepted).size).toBe(PEOPLE);
    expect(accepted).toHaveLength(PEOPLE);
  });

  it('a broadcast that is cancelled in another process takes back what is scheduled', async () => {
    const carrier = new SimulatedCarrier();
    const first = await start('a', carrier);
    const second = await start('b', carrier);
    const at = START + 120_000;
    const { id } = await first.texts.broadcast('news', [person(1)], { at });
    await vi.waitFor(async () => expect(await first.texts.progress(id)).toMatchObject({ state: 'done' }));
    await second.texts.cancelBroadcast(id);
    for (let passed = 0; passed < 180; passed += 5) {
      await first.clock.advance(5_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(carrier.accepted).toEqual([]);
  });
});
