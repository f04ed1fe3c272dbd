import {
  anyText,
  defineApp,
  defineBot,
  defineOrganization,
  keyword,
  remember,
  say,
  setupBot,
  track,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { describe, expect, it } from 'vitest';
import { assign, fromPromise } from 'xstate';
import { SimulatedCarrier, simulate } from './index.ts';

const counter = defineBot({
  id: 'counter',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({ types: { context: {} as { count: number } } }).createMachine({
    context: { count: 0 },
    on: {
      'message.received': {
        actions: [
          assign({ count: ({ context }) => context.count + 1 }),
          say(({ context }) => `That was ${context.count}.`),
        ],
      },
    },
    after: { 3600000: { actions: say('Are you still there?') } },
  }),
});

const booking = defineBot({
  id: 'booking',
  triggers: [keyword('BOOK')],
  machine: setupBot({
    types: { context: {} as { day: string } },
    actors: {
      lookUp: fromPromise(async ({ input }: { input: string }) => {
        if (input === 'never') throw new Error('no slots');
        return `${input} at nine`;
      }),
    },
  }).createMachine({
    context: { day: '' },
    initial: 'asking',
    states: {
      asking: {
        entry: say('Which day?'),
        on: { 'message.received': { target: 'looking', actions: assign({ day: ({ event }) => event.text }) } },
      },
      looking: {
        invoke: {
          src: 'lookUp',
          input: ({ context }) => context.day,
          onDone: {
            target: 'booked',
            actions: [
              say(({ event }) => `Booked: ${event.output}`),
              remember({ attributes: { booked: true } }),
              track('booked'),
            ],
          },
          onError: { target: 'asking', actions: say('No slots then.') },
        },
      },
      booked: { type: 'final' },
    },
  }),
});

function organization(bots = [counter]) {
  return defineOrganization({
    name: 'Test',
    apps: [defineApp({ id: 'app', number: '+14155550100', bots, fallback: 'Sorry, something went wrong.' })],
    transports: { sms: new SimulatedCarrier() },
    storage: memoryStorage(),
  });
}

describe('simulate', () => {
  it('answers texts, and lets time pass', async () => {
    const sim = await simulate(organization());
    const ann = sim.actor('+14155550123');
    expect(await ann.text('hi')).toEqual(['That was 1.']);
    expect(await ann.text('hi')).toEqual(['That was 2.']);
    await sim.advance({ hours: 2 });
    expect(ann.lastText).toBe('Are you still there?');
    expect((await sim.messages()).map(({ status }) => status)).toEqual([
      'delivered',
      'delivered',
      'received',
      'delivered',
      'received',
    ]);
    await sim.close();
  });

  it('runs tasks, remembers, tracks, and ends journeys', async () => {
    const sim = await simulate(organization([booking]));
    const ann = sim.actor('+14155550123');
    expect(await ann.text('book!')).toEqual(['Which day?']);
    expect(await ann.text('never')).toEqual(['No slots then.', 'Which day?']);
    expect(await ann.text('Monday')).toEqual(['Booked: Monday at nine']);
    const document = await ann.conversation();
    expect(document).not.toHaveProperty('journey');
    expect(document).not.toHaveProperty('dueAt');
    expect(document).toMatchObject({ outbox: [], actor: { attributes: { booked: true } } });
    const happened = (await ann.activity()).map(({ kind }) => kind).filter((kind) => kind !== 'step');
    expect(happened).toEqual(['journey.ended', 'track', 'task.failed', 'journey.started']);
    await sim.close();
  });

  it('expires a journey after thirty days', async () => {
    const sim = await simulate(organization([booking]));
    const ann = sim.actor('+14155550123');
    await ann.text('book');
    await sim.advance({ days: 31 });
    expect(await ann.state()).toBeUndefined();
    expect((await ann.activity())[0]).toMatchObject({ kind: 'journey.expired' });
    await sim.close();
  });

  it('lets a task that never ends run into its time-out', async () => {
    const stuck = defineBot({
      id: 'stuck',
      triggers: [anyText()],
      machine: setupBot({ actors: { wait: fromPromise(() => new Promise(() => {})) } }).createMachine({
        initial: 'waiting',
        states: {
          waiting: { invoke: { src: 'wait', onError: { actions: say('That took too long.') } } },
        },
      }),
    });
    const sim = await simulate(organization([stuck]), { patience: 5 });
    const ann = sim.actor('+14155550123');
    expect(await ann.text('hi')).toEqual([]);
    await sim.advance({ minutes: 2 });
    expect(ann.lastText).toBe('That took too long.');
    await sim.close();
  });
});

describe('a simulation that was saved', () => {
  const organization = defineOrganization({
    name: 'Test',
    apps: [defineApp({ id: 'app', number: '+14155550100', bots: [counter] })],
    transports: { sms: new SimulatedCarrier() },
    storage: memoryStorage(),
  });

  it('goes on from that moment, as often as one likes', async () => {
    const first = await simulate(organization);
    await first.actor('+14155550123').text('a');
    await first.advance({ minutes: 30 });
    const saved = first.save();
    await first.advance({ hours: 1 });
    expect(await first.actor('+14155550123').text('b')).toEqual(['That was 2.']);
    await first.close();
    for (let round = 0; round < 2; round++) {
      const again = await simulate(organization, { from: saved });
      const ann = again.actor('+14155550123');
      expect(again.clock.now()).toBe(Date.parse('2026-01-05T17:30:00Z'));
      expect(ann.received.map(({ text }) => text)).toEqual(['That was 1.']);
      await again.advance({ minutes: 30 });
      expect(ann.lastText).toBe('Are you still there?');
      expect(await ann.text('b')).toEqual(['That was 2.']);
      expect((await again.messages()).map(({ text }) => text)).toHaveLength(5);
      await again.close();
    }
  });
});

describe('a carrier', () => {
  it('can fail with the next text only', async () => {
    const sim = await simulate(
      defineOrganization({
        name: 'Test',
        apps: [defineApp({ id: 'app', number: '+14155550100', bots: [counter] })],
        transports: { sms: new SimulatedCarrier() },
        storage: memoryStorage(),
      }),
    );
    const ann = sim.actor('+14155550123');
    ann.carrier({ kind: 'lose', code: '30003' }, { once: true });
    expect(await ann.text('a')).toEqual([]);
    expect(await ann.text('b')).toEqual(['That was 2.']);
    await sim.close();
  });
});
