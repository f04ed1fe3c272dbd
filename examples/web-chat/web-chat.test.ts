import { conversationKey } from '@parley/core';
import { type Simulation, simulate } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import organization from './parley.config.ts';

let simulation: Simulation;
beforeEach(async () => {
  simulation = await simulate(organization);
});
afterEach(() => simulation.close());

// The same bot, whether somebody texts from a phone or writes in the page.
describe.each([
  ['phone', '+14155550123'],
  ['website', 'web:v7k2m4q8'],
])('the workshop, by %s', (app, person) => {
  it('says when it is open and how a repair is getting on', async () => {
    const ann = simulation.actor(person, app);
    expect(await ann.text('hi')).toEqual([expect.stringContaining('Hello from the Corner Workshop!')]);
    expect(await ann.text('Are you open on Sundays?')).toEqual(['We are here Tuesday to Saturday, 9 to 6.']);
    expect(await ann.text('how is r1042?')).toEqual([expect.stringContaining('the new chain is on')]);
    expect(await ann.text('R-9999')).toEqual(['There is no repair R-9999 here. Is the number right?']);
    expect(await ann.text('bananas')).toEqual([expect.stringContaining('I did not get that.')]);
  });

  it('answers what somebody begins with', async () => {
    expect(await simulation.actor(person, app).text('R-1042')).toEqual([
      expect.stringContaining('Hello from the Corner Workshop!'),
      expect.stringContaining('the new chain is on'),
    ]);
  });

  it('fetches a person, who answers, and gives the conversation back', async () => {
    const ann = simulation.actor(person, app);
    await ann.text('hi');
    expect(await ann.text('PERSON please')).toEqual(['One moment, somebody of the workshop is coming.']);
    const key = conversationKey((await ann.conversation())!.ours, ann.number);
    expect(await ann.text('Do you repair prams?')).toEqual([]);
    await simulation.engine.reply(key, { name: 'Joe', text: 'We do, bring it along.' });
    await simulation.engine.resume(key);
    await simulation.advance({ seconds: 1 });
    expect(ann.received.slice(-2).map(({ text }) => text)).toEqual([
      'We do, bring it along.',
      expect.stringContaining('I am back, the bot.'),
    ]);
    expect(await ann.text('hours')).toEqual(['We are here Tuesday to Saturday, 9 to 6.']);
  });

  it('rests after a day without a word', async () => {
    const ann = simulation.actor(person, app);
    await ann.text('hi');
    await simulation.advance({ days: 1 });
    expect(await ann.state()).toBeUndefined();
    expect(await ann.text('hi')).toEqual([expect.stringContaining('Hello from the Corner Workshop!')]);
  });
});
