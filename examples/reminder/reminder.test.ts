import { type SimulatedActor, type Simulation, simulate } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import organization from './parley.config.ts';

/** A Monday, noon in New York. */
const MONDAY = '2026-01-05T17:00:00Z';

describe('reminders of appointments', () => {
  let practice: Simulation;
  let ann: SimulatedActor;
  beforeEach(async () => {
    practice = await simulate(organization, { start: MONDAY });
    ann = practice.actor('+12125550123');
    expect(await ann.text('hi')).toEqual([expect.stringContaining('When is your appointment?')]);
  });
  afterEach(() => practice.close());

  const toldSince = async (span: Parameters<Simulation['advance']>[0]) => {
    const before = ann.received.length;
    await practice.advance(span);
    return ann.received.slice(before).map(({ text }) => text);
  };

  it('come a day before and two hours before', async () => {
    expect(await ann.text('friday at 3pm')).toEqual([
      'Noted: Friday, January 9 at 3:00 PM. I will remind you. Text me to change it.',
    ]);
    expect(await toldSince({ days: 3, hours: 2 })).toEqual([]);
    expect(await toldSince({ hours: 1 })).toEqual([
      expect.stringContaining('You have an appointment Friday, January 9 at 3:00 PM. Will you be there?'),
    ]);
    expect(await ann.text('ok')).toEqual(['Good.']);
    expect(await toldSince({ hours: 22 })).toEqual(['See you at 3:00 PM!']);
    await practice.advance({ hours: 2 });
    expect(await ann.state()).toBeUndefined();
    expect((await ann.activity()).some(({ name }) => name === 'confirmed')).toBe(true);
  });

  it('come although nobody has answered the first', async () => {
    await ann.text('friday at 3pm');
    expect(await toldSince({ days: 4, hours: 1 })).toEqual([
      expect.stringContaining('Will you be there?'),
      'See you at 3:00 PM!',
    ]);
  });

  it('stop once it is cancelled', async () => {
    await ann.text('friday at 3pm');
    expect(await ann.text('something came up')).toEqual([expect.stringContaining('Will you be there?')]);
    expect(await ann.text('2')).toEqual(['It is cancelled. Take care!']);
    expect(await toldSince({ days: 7 })).toEqual([]);
  });

  it('follow it to another time', async () => {
    await ann.text('friday at 3pm');
    await ann.text('hello?');
    expect(await ann.text('move it')).toEqual([expect.stringContaining('When is your appointment?')]);
    await ann.text('tomorrow 10:30 am');
    expect(await toldSince({ hours: 20 })).toEqual([]);
    expect(await toldSince({ hours: 1 })).toEqual(['See you at 10:30 AM!']);
    expect(await toldSince({ days: 7 })).toEqual([]);
  });

  it('wait for as long as it takes', async () => {
    await ann.text('march 20 at noon');
    expect(await toldSince({ days: 73 })).toEqual([expect.stringContaining('Friday, March 20 at 12:00 PM')]);
  });

  it('end with STOP, which is left to the provider to answer', async () => {
    await ann.text('friday at 3pm');
    expect(await ann.text('STOP')).toEqual([]);
    expect(await toldSince({ days: 7 })).toEqual([]);
  });
});
