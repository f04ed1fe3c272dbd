import { type AppOptions, defineApp, defineOrganization, type Log, type Plugin } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier, type Simulation, simulate } from '@parley/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { defineNotification } from '../src/definition/notification.ts';
import { notifications } from '../src/notifications.ts';

const ANN = '+14155550123';
const BEN = '+14155550124';
const START = '2026-11-24T17:00:00Z';

const reminder = defineNotification({
  name: 'reminder',
  text: 'Hi {{ actor.first_name }}, see you {{ time | date: "cccc, h:mm a" }}.',
  data: { time: 'date' },
});
const link = defineNotification({ name: 'link', text: 'Book here: https://a.example/b', linkAlone: true });
const code = defineNotification({ name: 'code', text: 'Code {{ 999999 | random }}', validFor: 60_000 });
const note = defineNotification({ name: 'note', text: '{{ text }}', data: { text: 'text' } });
const TIME = { time: '2026-12-01T09:00:00' };

let simulation: Simulation;
afterEach(() => simulation.close());

async function start(options: { plugins?: readonly Plugin[]; app?: Partial<AppOptions>; log?: Log } = {}) {
  const texts = notifications({ notifications: [reminder, link, code, note], timeZone: 'America/New_York' });
  const organization = defineOrganization({
    name: 'Test',
    apps: [defineApp({ id: 'app', number: '+14155550100', ...options.app })],
    transports: { sms: new SimulatedCarrier() },
    storage: memoryStorage(),
    plugins: [...(options.plugins ?? []), texts],
    actors: [{ address: ANN, firstName: 'Ann', timeZone: 'America/Los_Angeles' }],
  });
  simulation = await simulate(organization, { start: START, ...(options.log ? { log: options.log } : {}) });
  return texts;
}

/** A policy that puts everything off, or refuses it. */
const policy = (verdict: ReturnType<NonNullable<Plugin['checkOutbound']>>): Plugin => ({
  name: 'policy',
  checkOutbound: () => verdict,
});

describe('notify', () => {
  it('sends the text and says so', async () => {
    const texts = await start();
    const result = await texts.notify('reminder', ANN, TIME);
    expect(result).toMatchObject({ outcome: 'sent', segments: 1, further: [] });
    await simulation.advance({});
    expect(simulation.actor(ANN).lastText).toBe('Hi Ann, see you Tuesday, 9:00 AM.');
    expect((await simulation.messages())[0]).toMatchObject({
      id: result.message,
      status: 'delivered',
      category: 'informational',
      origin: { kind: 'notification', name: 'reminder' },
    });
  });

  it('says until when and why it was deferred, by the policy that defers it longest', async () => {
    const until = Date.parse(START) + 3_600_000;
    const texts = await start({
      plugins: [
        policy({ kind: 'defer', until: until - 1000, code: 'one' }),
        { ...policy({ kind: 'defer', until, code: 'quiet', reason: 'It is night.' }), name: 'other' },
      ],
    });
    expect(await texts.notify('reminder', ANN, TIME)).toMatchObject({
      ...{ outcome: 'deferred', until, code: 'quiet', reason: 'It is night.' },
    });
  });

  it('says with which code it was refused: by a policy, or by the provider', async () => {
    const texts = await start({ plugins: [policy({ kind: 'deny', code: 'opted-out', reason: 'No.' })] });
    expect(await texts.notify('reminder', ANN, TIME)).toMatchObject({
      ...{ outcome: 'refused', code: 'opted-out', reason: 'No.' },
    });
    await simulation.close();
    const others = await start();
    simulation.actor(BEN).carrier({ kind: 'refuse', code: '21610' });
    expect(await others.notify('reminder', BEN, TIME)).toMatchObject({ outcome: 'refused', code: '21610' });
  });

  it('does not wait longer than it is told for a provider that is out', async () => {
    const texts = await start();
    simulation.actor(ANN).carrier({ kind: 'unreachable' });
    expect(await texts.notify('reminder', ANN, TIME, { wait: 0 })).toMatchObject({ outcome: 'pending' });
    const waiting = texts.notify('reminder', ANN, TIME, { wait: 1_000 });
    await simulation.advance({ seconds: 1 });
    expect(await waiting).toMatchObject({ outcome: 'pending' });
  });

  it('sends once what is asked for twice with one key, and answers the same', async () => {
    const texts = await start();
    const [one, other] = await Promise.all([
      texts.notify('code', ANN, {}, { idempotencyKey: 'k' }),
      texts.notify('code', ANN, {}, { idempotencyKey: 'k' }),
    ]);
    const third = await texts.notify('code', ANN, {}, { idempotencyKey: 'k' });
    expect(other).toEqual(one);
    expect(third).toEqual(one);
    await simulation.advance({});
    expect(simulation.actor(ANN).received).toHaveLength(1);
  });

  it('refuses a key for another request, and gives a key back that a wrong request had', async () => {
    const texts = await start();
    await texts.notify('reminder', ANN, TIME, { idempotencyKey: 'k' });
    await expect(texts.notify('reminder', ANN, { time: '2026-12-02' }, { idempotencyKey: 'k' })).rejects.toMatchObject({
      code: 'error.platform.notification.key-reused',
      status: 409,
    });
    await expect(texts.notify('reminder', ANN, { time: 'never' }, { idempotencyKey: 'other' })).rejects.toMatchObject({
      code: 'error.platform.notification.data-malformed',
    });
    expect(await texts.notify('reminder', ANN, TIME, { idempotencyKey: 'other' })).toMatchObject({ outcome: 'sent' });
  });

  it('remembers a key for a day, unless told otherwise', async () => {
    const texts = await start();
    await texts.notify('code', ANN, {}, { idempotencyKey: 'k' });
    await simulation.advance({ hours: 24, seconds: 1 });
    await texts.notify('code', ANN, {}, { idempotencyKey: 'k' });
    await simulation.advance({});
    expect(simulation.actor(ANN).received).toHaveLength(2);
  });

  it('sends at a moment', async () => {
    const texts = await start();
    const until = Date.parse('2026-12-01T10:00:00Z');
    expect(await texts.notify('reminder', ANN, TIME, { at: '2026-12-01T05:00:00-05:00' })).toMatchObject({
      ...{ outcome: 'scheduled', until },
    });
    await simulation.advance({ days: 6 });
    expect(simulation.actor(ANN).received).toEqual([]);
    await simulation.advance({ days: 1 });
    expect(simulation.actor(ANN).received).toMatchObject([{ at: until }]);
  });

  it("sends at a time of the person's own day, or by the fallback where their zone is not known", async () => {
    const texts = await start();
    const at = { date: '2026-12-01', time: '09:00', timeZone: 'America/Chicago' };
    expect(await texts.notify('reminder', ANN, TIME, { at })).toMatchObject({
      until: Date.parse('2026-12-01T09:00:00-08:00'),
    });
    expect(await texts.notify('reminder', BEN, TIME, { at })).toMatchObject({
      until: Date.parse('2026-12-01T09:00:00-06:00'),
    });
    await expect(
      texts.notify('reminder', BEN, TIME, { at: { date: '2026-12-01', time: '09:00' } }),
    ).rejects.toMatchObject({ code: 'error.platform.notification.time-zone-unknown' });
  });

  it('sends a time that daylight saving leaves out an hour later, and one that comes twice at its first', async () => {
    const texts = await start();
    const moment = async (date: string, time: string) => {
      const result = await texts.notify('reminder', ANN, TIME, { at: { date, time } });
      return 'until' in result ? new Date(result.until).toISOString() : undefined;
    };
    expect(await moment('2027-03-14', '02:30')).toBe('2027-03-14T10:30:00.000Z');
    expect(await moment('2027-11-07', '01:30')).toBe('2027-11-07T08:30:00.000Z');
  });

  it('drops what is of no use any more', async () => {
    const texts = await start();
    simulation.actor(ANN).carrier({ kind: 'unreachable' });
    const { message } = await texts.notify('code', ANN, {}, { wait: 0 });
    await simulation.advance({ minutes: 5 });
    expect((await simulation.messages()).find(({ id }) => id === message)).toMatchObject({ status: 'failed' });
  });

  it('sends links as texts of their own, right after the text', async () => {
    const texts = await start();
    const result = await texts.notify('link', ANN, {});
    await simulation.advance({});
    expect(simulation.actor(ANN).received.map(({ text }) => text)).toEqual(['Book here:', 'https://a.example/b']);
    expect((await simulation.messages()).map(({ id }) => id).sort()).toEqual([result.message, ...result.further]);
  });

  it('keeps a link behind its text when the text has to wait', async () => {
    let isOut = true;
    const once: Plugin = {
      name: 'once',
      checkOutbound: ({ now, message }) =>
        isOut && !message.text.startsWith('https') ? { kind: 'defer', until: now + 60_000, code: 'later' } : undefined,
    };
    const texts = await start({ plugins: [once] });
    await texts.notify('link', ANN, {});
    isOut = false;
    expect(simulation.actor(ANN).received).toEqual([]);
    await simulation.advance({ minutes: 2 });
    expect(simulation.actor(ANN).received.map(({ text }) => text)).toEqual(['Book here:', 'https://a.example/b']);
  });

  it.each([
    [{ at: 'tomorrow' }, /2026-12-01T09/],
    [{ at: { date: '2026-02-30', time: '09:00' } }, /no such date/],
    [{ at: { date: '2026-12-01', time: '9' } }, /09:00/],
    [{ wait: -1 }, /wait/],
    [{ key: 'k' }, /key/],
  ])('refuses options that make no sense: %j', async (options, problem) => {
    const texts = await start();
    const asked = texts.notify('reminder', ANN, TIME, options as never);
    await expect(asked).rejects.toMatchObject({ code: 'error.platform.notification.request-malformed' });
    await expect(asked).rejects.toThrow(problem);
  });

  it('refuses names, addresses, apps and texts that are none', async () => {
    const texts = await start();
    const refused = (asked: Promise<unknown>) => asked.catch((error) => error.code);
    expect(await refused(texts.notify('remindr' as never, ANN, TIME as never))).toBe(
      'error.platform.notification.unknown',
    );
    expect(await refused(texts.notify('reminder', '55', TIME))).toBe('error.platform.address.malformed');
    expect(await refused(texts.notify('reminder', ANN, TIME, { app: 'none' }))).toBe('error.platform.app.unknown');
    expect(await refused(texts.notify('note', ANN, { text: ' ' }))).toBe('error.platform.message.empty');
    expect(await refused(texts.notify('note', ANN, { text: 'a'.repeat(1601) }))).toBe(
      'error.platform.notification.data-malformed',
    );
    expect(await simulation.messages()).toEqual([]);
  });

  it('is typed by the notifications that there are', async () => {
    const texts = await start();
    // @ts-expect-error there is no such notification
    await texts.notify('none', ANN, {}).catch(() => {});
    // @ts-expect-error it has no such data
    await texts.notify('reminder', ANN, { tme: 1 }).catch(() => {});
    // @ts-expect-error a date is no boolean
    await texts.notify('reminder', ANN, { time: true }).catch(() => {});
    expect(await texts.notify('reminder', ANN, { time: new Date(0) })).toMatchObject({ outcome: 'sent' });
  });

  it('does not work before the engine runs and after it has stopped', async () => {
    const texts = notifications({ notifications: [reminder] });
    await expect(texts.notify('reminder', ANN, TIME)).rejects.toMatchObject({ code: 'error.platform.engine.stopped' });
    const running = await start();
    await simulation.close();
    await expect(running.notify('reminder', ANN, TIME)).rejects.toMatchObject({
      code: 'error.platform.engine.stopped',
    });
  });
});

describe('what is registered', () => {
  it('is sent by its own app, or by the one that a request names where it has none', async () => {
    const owned = defineNotification({ name: 'owned', text: 'Owned', app: 'app' });
    const open = defineNotification({ name: 'open', text: 'Open' });
    const texts = notifications({ notifications: [owned, open] });
    const organization = defineOrganization({
      name: 'Test',
      apps: [defineApp({ id: 'app', number: '+14155550100' }), defineApp({ id: 'other', number: '+14155550101' })],
      transports: { sms: new SimulatedCarrier() },
      storage: memoryStorage(),
      plugins: [texts],
    });
    simulation = await simulate(organization);
    const refused = (asked: Promise<unknown>) => asked.catch((error) => error.code);
    await texts.notify('owned', ANN, {});
    await texts.notify('open', ANN, {}, { app: 'other' });
    expect((await simulation.messages()).map(({ app }) => app).sort()).toEqual(['app', 'other']);
    expect(await refused(texts.notify('open', ANN, {}))).toBe('error.platform.notification.app-missing');
    expect(await refused(texts.notify('owned', ANN, {}, { app: 'other' }))).toBe(
      'error.platform.notification.request-malformed',
    );
  });

  it('is told of in the log and by lint', async () => {
    const lines: { notification?: unknown; rule?: unknown }[] = [];
    const add = (fields: object) => void lines.push(fields);
    const long = defineNotification({ name: 'long', text: 'a'.repeat(200), app: 'app' });
    const texts = notifications({ notifications: [long] });
    const organization = defineOrganization({
      name: 'Test',
      apps: [defineApp({ id: 'app', number: '+14155550100' }), defineApp({ id: 'other', number: '+14155550101' })],
      transports: { sms: new SimulatedCarrier() },
      storage: memoryStorage(),
      plugins: [texts],
    });
    simulation = await simulate(organization, { log: { debug: add, info: add, warn: add, error: add } });
    expect(lines).toContainEqual({ notification: 'long', rule: 'long-notification' });
    const [app, other] = organization.apps;
    expect(texts.lint?.(app!)).toMatchObject([{ rule: 'long-notification' }]);
    expect(texts.lint?.(other!)).toEqual([]);
  });
});
