import { anyText, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { describe, expect, it } from 'vitest';
import { SimulatedCarrier, simulate } from './index.ts';

const echo = setupBot({}).createMachine({
  entry: say('Hello!\nText me anything.'),
  on: { 'message.received': { actions: say(({ event }) => `You said ${event.text}`) } },
  after: { 86400000: { actions: say('Still there?') } },
});
const bots = [defineBot({ id: 'echo', machine: echo, triggers: [anyText()] })];
const organization = defineOrganization({
  name: 'Test',
  apps: [
    defineApp({ id: 'front', number: '+14155550100', bots, transport: 'one' }),
    defineApp({ id: 'back', number: '+14155550101', bots, transport: 'two' }),
  ],
  transports: { one: new SimulatedCarrier(), two: new SimulatedCarrier() },
  storage: memoryStorage(),
});

describe('a transcript', () => {
  it('says who said what when, with the date where a day begins', async () => {
    const sim = await simulate(organization);
    const ann = sim.actor('+14155550123', 'front');
    await ann.text('hi');
    await sim.advance({ minutes: 2 });
    await ann.text('look', { media: [{ url: 'https://example.com/cat.jpg' }] });
    await sim.advance({ days: 2 });
    expect(ann.transcript()).toBe(`Monday 5 January 2026
17:00:00  +14155550123: hi
17:00:00  front: Hello!
          Text me anything.
17:02:00  +14155550123: look [https://example.com/cat.jpg]
17:02:00  front: You said look
Tuesday 6 January 2026
17:00:00  front: Still there?`);
    expect(sim.transcript()).toBe(ann.transcript());
    expect(ann.transcript({ timeZone: 'Europe/Berlin' })).toContain('18:02:00  front: You said look');
    await sim.close();
  });

  it('says why a text never arrived', async () => {
    const sim = await simulate(organization);
    const ann = sim.actor('+14155550123', 'front');
    ann.carrier({ kind: 'refuse', code: '21211' }, { once: true });
    await ann.text('a');
    ann.carrier({ kind: 'lose', code: '30003' }, { once: true });
    await ann.text('b');
    ann.carrier({ kind: 'silent' });
    await ann.text('c');
    expect(ann.transcript().split('\n').slice(1)).toEqual([
      '17:00:00  +14155550123: a',
      '17:00:00  front: Hello!',
      '          Text me anything. [refused: 21211]',
      '17:00:00  +14155550123: b',
      '17:00:00  front: You said b [not delivered: 30003]',
      '17:00:00  +14155550123: c',
      '17:00:00  front: You said c [never heard of again]',
    ]);
    await sim.close();
  });

  it('names both sides where there are several conversations', async () => {
    const sim = await simulate(organization);
    const [ann, bo] = [sim.actor('+14155550123', 'front'), sim.actor('+14155550124', 'back')];
    await ann.text('hi');
    await bo.text('hello');
    await sim.advance({ seconds: 1 });
    await ann.text('well');
    expect(sim.transcript().split('\n').slice(1)).toEqual([
      '17:00:00  +14155550123 → front: hi',
      '17:00:00  front → +14155550123: Hello!',
      '          Text me anything.',
      '17:00:00  +14155550124 → back: hello',
      '17:00:00  back → +14155550124: Hello!',
      '          Text me anything.',
      '17:00:01  +14155550123 → front: well',
      '17:00:01  front → +14155550123: You said well',
    ]);
    expect(ann.transcript()).not.toContain('→');
    await sim.close();
  });

  it('goes on where a simulation was saved', async () => {
    const sim = await simulate(organization);
    await sim.actor('+14155550123', 'front').text('hi');
    const again = await simulate(organization, { from: sim.save() });
    expect(again.transcript()).toBe(sim.transcript());
    await again.close();
    await sim.close();
  });
});

describe('several people', () => {
  it('have conversations of their own, in one time', async () => {
    const sim = await simulate(organization);
    const [ann, bo] = [sim.actor('+14155550123', 'front'), sim.actor('+14155550124', 'front')];
    await ann.text('hi');
    await sim.advance({ hours: 23 });
    expect(await bo.text('hi')).toEqual(['Hello!\nText me anything.']);
    await sim.advance({ hours: 1 });
    expect(ann.lastText).toBe('Still there?');
    expect(bo.lastText).toBe('Hello!\nText me anything.');
    await sim.close();
  });

  it('may be the same person at two apps', async () => {
    const sim = await simulate(organization);
    const [front, back] = [sim.actor('+14155550123', 'front'), sim.actor('+14155550123', 'back')];
    await front.text('hi');
    await back.text('hi');
    expect(await front.text('one')).toEqual(['You said one']);
    expect(back.received).toHaveLength(1);
    expect(back.lastText).toBe('Hello!\nText me anything.');
    await sim.close();
  });
});

describe('advanceTo', () => {
  it('goes to a date, however it is written', async () => {
    const sim = await simulate(organization);
    await sim.actor('+14155550123', 'front').text('hi');
    await sim.advanceTo('2026-01-06T16:59:59Z');
    expect(sim.clock.now()).toBe(Date.UTC(2026, 0, 6, 16, 59, 59));
    expect(sim.actor('+14155550123', 'front').received).toHaveLength(1);
    await sim.advanceTo(new Date('2026-01-06T17:00:00Z'));
    expect(sim.actor('+14155550123', 'front').received).toHaveLength(2);
    await sim.advanceTo(Date.UTC(2026, 0, 7));
    expect(sim.clock.now()).toBe(Date.UTC(2026, 0, 7));
    await sim.close();
  });

  it('goes neither back nor nowhere', async () => {
    const sim = await simulate(organization);
    await expect(sim.advanceTo('2025-12-31T00:00:00Z')).rejects.toThrow(/has passed: it is 2026-01-05T17:00:00/);
    await expect(sim.advanceTo('tomorrow')).rejects.toThrow(/tomorrow is no moment/);
    await sim.close();
  });
});
