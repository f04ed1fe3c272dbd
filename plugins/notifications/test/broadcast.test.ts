import {
  type AppOptions,
  defineApp,
  defineOrganization,
  type Organization,
  ParleyError,
  type Plugin,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Recipient } from '../src/broadcast/recipient.ts';
import { defineNotification } from '../src/definition/notification.ts';
import { type NotificationsOptions, notifications } from '../src/notifications.ts';

const START = '2026-11-24T17:00:00Z';
const news = defineNotification({ name: 'news', text: 'News: {{ what }}', data: { what: 'text' } });

let simulation: Simulation;
afterEach(() => simulation.close());

const person = (index: number) => `+1415${String(5_550_000 + index)}`;
const people = (count: number): readonly Recipient[] =>
  Array.from({ length: count }, (_, index) => ({ to: person(index), data: { what: `number ${index}` } }));

interface Parts {
  readonly plugins?: readonly Plugin[];
  readonly app?: Partial<AppOptions>;
  readonly options?: Partial<NotificationsOptions>;
  readonly actors?: Organization['actors'];
}

async function start({ plugins = [], app = {}, options = {}, actors = [] }: Parts = {}) {
  const texts = notifications({ ...options, notifications: [news] });
  const organization = defineOrganization({
    name: 'Test',
    apps: [defineApp({ id: 'app', number: '+14155550100', ...app })],
    transports: { sms: new SimulatedCarrier() },
    storage: memoryStorage(),
    plugins: [...plugins, texts],
    actors,
  });
  // Whoever waits for a sender's pace is at work: virtual time is not to wait for that.
  simulation = await simulate(organization, { start: START, patience: 5 });
  return texts;
}

/** How it stands once nothing more happens. */
async function over(texts: Awaited<ReturnType<typeof start>>, id: string) {
  return vi.waitFor(
    async () => {
      await simulation.advance({});
      const progress = await texts.progress(id);
      expect(progress.state).toMatch(/done|cancelled/);
      return progress;
    },
    { timeout: 20_000 },
  );
}

async function receivers(): Promise<readonly string[]> {
  const messages = await simulation.messages();
  return messages.filter(({ status }) => status === 'delivered').map(({ theirs }) => theirs);
}

describe('a broadcast', () => {
  it('texts everybody on the list once, each with data of their own', async () => {
    const texts = await start();
    const { id, state, recipients } = await texts.broadcast('news', people(250));
    expect({ state, recipients }).toEqual({ state: 'running', recipients: 250 });
    expect(await over(texts, id)).toMatchObject({
      ...{ state: 'done', done: 250, duplicates: 0, malformed: { count: 0, first: [] } },
      outcomes: { sent: 250, refused: 0, deferred: 0, scheduled: 0, pending: 0, erased: 0 },
      finishedAt: Date.parse(START),
    });
    expect(new Set(await receivers()).size).toBe(250);
    expect(await receivers()).toHaveLength(250);
    expect(simulation.actor(person(249)).lastText).toBe('News: number 249');
  });

  it('counts what becomes of each, and why', async () => {
    const quiet: Plugin = {
      name: 'quiet',
      checkOutbound: ({ now, message }) =>
        message.to === person(1) ? { kind: 'defer', until: now + 3_600_000, code: 'quiet-hours' } : undefined,
    };
    const texts = await start({ plugins: [quiet] });
    simulation.actor(person(0)).carrier({ kind: 'refuse', code: '21610' });
    simulation.actor(person(2)).carrier({ kind: 'refuse', code: '21610' });
    const { id } = await texts.broadcast('news', people(5));
    expect(await over(texts, id)).toMatchObject({
      outcomes: { sent: 2, refused: 2, deferred: 1 },
      codes: { '21610': 2, 'quiet-hours': 1 },
    });
  });

  it('passes over lines that make no sense, and says which; duplicates are texted once', async () => {
    const texts = await start();
    const list = [
      { to: person(1), data: { what: 'one' } },
      { to: '415 555', data: { what: 'two' } },
      { to: person(2), data: { what: 3 } },
      { to: person(1), data: { what: 'four' } },
      { to: `whatsapp:${person(1)}`, data: { what: 'five' } },
      { number: person(3) } as never,
      null as never,
    ];
    const { id, malformed } = await texts.broadcast('news', list);
    expect(malformed.count).toBe(4);
    expect(malformed.first).toMatchObject([
      { line: 2, code: 'error.platform.notification.recipient-malformed' },
      { line: 3, code: 'error.platform.notification.data-malformed' },
      { line: 6, code: 'error.platform.notification.recipient-malformed' },
      { line: 7, code: 'error.platform.notification.recipient-malformed' },
    ]);
    expect(JSON.stringify(malformed)).not.toContain('415');
    expect(await over(texts, id)).toMatchObject({ recipients: 1, duplicates: 2, done: 1, outcomes: { sent: 1 } });
    expect(simulation.actor(person(1)).received.map(({ text }) => text)).toEqual(['News: one']);
  });

  it('tells of the first hundred lines that make no sense, and counts all', async () => {
    const texts = await start();
    const { malformed, recipients } = await texts.broadcast('news', Array(1000).fill('nobody'));
    expect([malformed.count, malformed.first.length, recipients]).toEqual([1000, 100, 0]);
  });

  it("leaves at a time of everybody's own day", async () => {
    const zones = ['America/New_York', 'America/Los_Angeles'];
    const actors = zones.map((timeZone, index) => ({ address: person(index) as never, timeZone }));
    const texts = await start({ actors });
    const at = { date: '2026-12-01', time: '09:00', timeZone: 'America/Chicago' };
    const { id } = await texts.broadcast('news', people(3), { at });
    expect(await over(texts, id)).toMatchObject({ outcomes: { scheduled: 3 } });
    await simulation.advance({ days: 8 });
    expect([0, 1, 2].map((index) => simulation.actor(person(index)).received[0]?.at)).toEqual([
      Date.parse('2026-12-01T09:00:00-05:00'),
      Date.parse('2026-12-01T09:00:00-08:00'),
      Date.parse('2026-12-01T09:00:00-06:00'),
    ]);
  });

  it('refuses those whose zone is not known when it is to leave at a local time, and texts the others', async () => {
    const texts = await start({ actors: [{ address: person(0) as never, timeZone: 'America/New_York' }] });
    const { id } = await texts.broadcast('news', people(2), { at: { date: '2026-11-24', time: '09:00' } });
    expect(await over(texts, id)).toMatchObject({
      outcomes: { sent: 1, refused: 1 },
      codes: { 'error.platform.notification.time-zone-unknown': 1 },
    });
  });

  it('that is cancelled takes back what is scheduled', async () => {
    const texts = await start();
    const { id } = await texts.broadcast('news', people(3), { at: Date.parse(START) + 60_000 });
    await over(texts, id);
    expect(await texts.cancelBroadcast(id)).toMatchObject({ state: 'cancelled' });
    await simulation.advance({ hours: 1 });
    expect(await receivers()).toEqual([]);
    expect((await simulation.messages()).map(({ error }) => error?.code)).toEqual(
      Array(3).fill('error.platform.send.cancelled'),
    );
  });

  it('that is cancelled on its way texts nobody else', async () => {
    const texts = await start({ app: { pace: { perSecond: 10 } } });
    const { id } = await texts.broadcast('news', people(500));
    await simulation.advance({ seconds: 5 });
    expect(await texts.cancelBroadcast(id)).toMatchObject({ state: 'cancelled' });
    await simulation.advance({ minutes: 5 });
    const progress = await over(texts, id);
    expect(progress.state).toBe('cancelled');
    expect(progress.done).toBeLessThan(200);
    expect((await receivers()).length).toBeLessThan(80);
    expect((await receivers()).length).toBeGreaterThan(20);
  });

  it('gives the engine no more people at a time than it takes', async () => {
    const texts = await start({ app: { pace: { perSecond: 1 } } });
    await texts.broadcast('news', people(130));
    await simulation.advance({ seconds: 30 });
    expect(await simulation.messages()).toHaveLength(100);
    await simulation.advance({ seconds: 150 });
    expect(await receivers()).toHaveLength(130);
  });

  it('goes on when the storage was away for a while', async () => {
    const texts = await start({ app: { pace: { perSecond: 50 } } });
    const { id } = await texts.broadcast('news', people(250));
    const { storage } = simulation.organization;
    const turns = vi.spyOn(storage.conversations, 'turn');
    await simulation.advance({ seconds: 1 });
    turns.mockRejectedValue(new ParleyError('error.platform.storage.failed'));
    await simulation.advance({ seconds: 10 });
    expect((await texts.progress(id)).done).toBeLessThan(250);
    turns.mockRestore();
    await simulation.advance({ minutes: 3 });
    expect(await over(texts, id)).toMatchObject({ done: 250, outcomes: { sent: 250 } });
    expect(new Set(await receivers()).size).toBe(250);
    expect(await receivers()).toHaveLength(250);
  });

  it('asked for twice with one key is one broadcast', async () => {
    const texts = await start();
    const options = { idempotencyKey: 'monday' };
    const first = await texts.broadcast('news', people(3), options);
    await over(texts, first.id);
    expect(await texts.broadcast('news', people(3), options)).toMatchObject({ id: first.id, state: 'done', done: 3 });
    expect(await receivers()).toHaveLength(3);
    await expect(texts.broadcast('news', people(3), { ...options, at: 0 })).rejects.toMatchObject({
      code: 'error.platform.notification.key-reused',
    });
  });

  it.each([
    ['other people', () => people(4)],
    ['fewer people', () => people(2)],
    ['other data', () => Array.from({ length: 3 }, (_, index) => ({ to: person(index), data: { what: 'else' } }))],
    ['another order', () => [...people(3)].reverse()],
  ])('is refused when its key comes again with a list of %s', async (_, other) => {
    const texts = await start();
    const options = { idempotencyKey: 'monday' };
    const reused = { code: 'error.platform.notification.key-reused', status: 409 };
    const { id } = await texts.broadcast('news', people(3), options);
    await expect(texts.broadcast('news', other(), options)).rejects.toMatchObject(reused);
    await over(texts, id);
    await expect(texts.broadcast('news', other(), options)).rejects.toMatchObject(reused);
    expect(await receivers()).toHaveLength(3);
    const again = await texts.broadcast('news', [...people(3), ...people(1), 'nobody'], options);
    expect(again).toMatchObject({ id, state: 'done', done: 3 });
    expect(again).not.toHaveProperty('list');
  });

  it('whose list breaks off texts nobody, and can be begun anew with the same key', async () => {
    const texts = await start();
    const options = { idempotencyKey: 'monday' };
    async function* broken() {
      yield* people(150);
      throw new Error('the file ended');
    }
    await expect(texts.broadcast('news', broken(), options)).rejects.toThrow('the file ended');
    await simulation.advance({ minutes: 1 });
    expect(await simulation.messages()).toEqual([]);
    const { id } = await texts.broadcast('news', people(160), options);
    expect(await over(texts, id)).toMatchObject({ recipients: 160, outcomes: { sent: 160 } });
    expect(await receivers()).toHaveLength(160);
  });

  it('whose list is being received is not begun by another request meanwhile', async () => {
    const texts = await start();
    const options = { idempotencyKey: 'monday' };
    let goOn = (): void => {};
    async function* slow() {
      yield* people(1);
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    }
    const first = texts.broadcast('news', slow(), options);
    await simulation.advance({});
    await expect(texts.broadcast('news', people(1), options)).rejects.toMatchObject({
      code: 'error.platform.notification.broadcast-receiving',
    });
    goOn();
    expect(await over(texts, (await first).id)).toMatchObject({ outcomes: { sent: 1 } });
  });

  it('of more people than there may be texts nobody', async () => {
    const texts = await start({ options: { mostRecipients: 120 } });
    await expect(texts.broadcast('news', people(121))).rejects.toMatchObject({
      code: 'error.platform.notification.too-many-recipients',
    });
    await simulation.advance({ minutes: 1 });
    expect(await simulation.messages()).toEqual([]);
    const { id } = await texts.broadcast('news', [...people(120), ...people(120)]);
    expect(await over(texts, id)).toMatchObject({ recipients: 120, duplicates: 120 });
  });

  it('leaves people out who were erased before their turn', async () => {
    const texts = await start({ app: { pace: { perSecond: 10 } } });
    const { id } = await texts.broadcast('news', people(250));
    await simulation.advance({ seconds: 1 });
    await simulation.engine.eraseActor(person(201) as never);
    await simulation.engine.eraseActor(person(249) as never);
    await simulation.advance({ minutes: 2 });
    expect(await over(texts, id)).toMatchObject({ done: 250, outcomes: { sent: 248, erased: 2 } });
    expect(simulation.actor(person(201)).received).toEqual([]);
    expect(simulation.actor(person(202)).received).toHaveLength(1);
  });

  it('keeps nothing of its list when it is over, and its progress for 30 days', async () => {
    const texts = await start();
    const { id } = await texts.broadcast('news', people(150));
    await over(texts, id);
    const rest: unknown[] = [];
    const lists = simulation.organization.storage.keyv('plugin:notifications:recipients');
    for await (const entry of lists.iterator?.(undefined) ?? []) rest.push(entry);
    expect(rest).toEqual([]);
    await simulation.advance({ days: 29 });
    expect(await texts.progress(id)).toMatchObject({ state: 'done' });
    await simulation.advance({ days: 2 });
    await expect(texts.progress(id)).rejects.toMatchObject({
      code: 'error.platform.notification.broadcast-unknown',
    });
  });
});
