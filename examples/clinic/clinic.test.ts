import { address } from '@parley/core';
import { type SimulatedActor, type Simulation, simulate } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import organization from './parley.config.ts';

// Monday, January 5th 2026, nine in the morning where the clinic is.
let clinic: Simulation;
let ann: SimulatedActor;
/** Nobody knows him yet. */
let bob: SimulatedActor;

beforeEach(async () => {
  clinic = await simulate(organization, { start: '2026-01-05T17:00:00Z' });
  ann = clinic.actor('+14155550123', 'appointments');
  bob = clinic.actor('+14155550188', 'appointments');
});
afterEach(() => clinic.close());

/** Texts one after the other and gives what came back to the last. */
async function say(person: SimulatedActor, ...texts: string[]): Promise<readonly string[]> {
  let answers: readonly string[] = [];
  for (const text of texts) answers = await person.text(text);
  return answers;
}

describe('the menu', () => {
  it('greets people by name as far as it knows it', async () => {
    expect(await ann.text('hello')).toEqual([expect.stringMatching(/^Hello Ann! This is Riverside Clinic. Reply\n1 /)]);
    expect(await bob.text('is this the clinic?')).toEqual([expect.stringMatching(/^Hello! This is Riverside Clinic/)]);
  });

  it('takes a choice by number or in words', async () => {
    for (const choice of ['2', '2.', 'Two', 'my appointment!']) {
      const carol = clinic.actor(`+1415555015${choice.length}`, 'appointments');
      expect(await say(carol, 'hi', choice)).toEqual(['You have no appointment yet. Text MENU to book one.']);
    }
  });

  it('asks again in other words, then leaves it', async () => {
    await ann.text('hi');
    expect(await ann.text('maybe')).toEqual([expect.stringMatching(/^Sorry, I only know three things/)]);
    expect(await ann.text('4')).toEqual([expect.stringMatching(/single digit/)]);
    expect(await ann.text('no')).toEqual([expect.stringMatching(/^I will leave it at that for now/)]);
    expect(await ann.state()).toBeUndefined();
    expect(await ann.text('menu')).toEqual([expect.stringMatching(/^Hello Ann!/)]);
  });

  it('still takes the right answer at the last try', async () => {
    expect(await say(ann, 'hi', 'what?', 'hm', '2')).toEqual([expect.stringMatching(/^You have no appointment/)]);
  });
});

describe('silence', () => {
  it('is met by a reminder after ten minutes, and given up after ten more', async () => {
    await ann.text('hi');
    await clinic.advance({ minutes: 9, seconds: 59 });
    expect(ann.received).toHaveLength(1);
    await clinic.advance({ seconds: 1 });
    expect(ann.lastText).toMatch(/^Are you still there\?.* 1 books/);
    await clinic.advance({ minutes: 10 });
    expect(ann.lastText).toMatch(/^I will leave it at that/);
    await clinic.advance({ days: 2 });
    expect(ann.received).toHaveLength(3);
  });

  it('ends when they answer the reminder', async () => {
    await ann.text('hi');
    await clinic.advance({ minutes: 12 });
    expect(await ann.text('1')).toEqual(['Gladly! Which day suits you, Monday to Friday?']);
    await clinic.advance({ minutes: 9 });
    expect(ann.lastText).toMatch(/^Gladly!/);
  });

  it.each([
    ['the name', ['hi', '1'], /I only need your first name/],
    ['the day', ['hi', '1', 'Bob'], /Which day should it be/],
    ['the time', ['hi', '1', 'Bob', 'tuesday'], /I am holding these times for you:\n1 for 9:00 AM/],
  ])('at %s is met by a reminder of its own', async (_, texts, reminder) => {
    await say(bob, ...texts);
    await clinic.advance({ minutes: 10 });
    expect(bob.lastText).toMatch(reminder);
    await clinic.advance({ minutes: 10 });
    expect(bob.lastText).toMatch(/^I will leave it at that/);
    expect(await bob.state()).toBeUndefined();
  });
});

describe('booking', () => {
  it('asks for a name it does not know, and remembers it', async () => {
    expect(await say(bob, 'hi', '1')).toEqual(['Gladly! What is your first name?']);
    expect(await bob.text('4711')).toEqual(['Just your first name, please, in letters.']);
    expect(await bob.text("I'm bob")).toEqual(['Nice to meet you, Bob. Which day suits you, Monday to Friday?']);
    await clinic.advance({ days: 1 });
    expect(await bob.text('hi')).toEqual([expect.stringMatching(/^Hello Bob!/)]);
  });

  it('leaves it after a second name that is none', async () => {
    expect(await say(bob, 'hi', '1', '?', '4711')).toEqual([expect.stringMatching(/^I will leave it/)]);
  });

  it('offers the free times of the day', async () => {
    expect(await say(ann, 'hi', '1', 'Tues')).toEqual([expect.stringMatching(/I need a day of the week/)]);
    expect(await ann.text('tue')).toEqual([
      'On Tuesday we have\n1 for 9:00 AM\n2 for 11:30 AM\n3 for 3:15 PM\nWhich one?',
    ]);
    expect(await ann.text('noon')).toEqual([expect.stringMatching(/^Please answer with the number/)]);
    expect(await ann.text('7')).toEqual(['One more try. 1, 2, 3?']);
    expect(await ann.text('8')).toEqual([expect.stringMatching(/^I will leave it/)]);
  });

  it('confirms with a map', async () => {
    expect(await say(ann, 'hi', '1', 'tuesday', '2')).toEqual([
      'Done, Ann! We see you Tuesday, Jan 6 at 11:30 AM. The map shows the way.',
    ]);
    expect(ann.received.at(-1)?.media).toEqual([
      { url: 'http://simulated.invalid/plugins/clinic-map/map.png', contentType: 'image/png' },
    ]);
    expect((await ann.activity()).find(({ kind }) => kind === 'track')).toMatchObject({
      name: 'booked',
      data: { at: Date.parse('2026-01-06T19:30:00Z') },
    });
    expect(await ann.state()).toBeUndefined();
  });

  it('knows of the appointment later on', async () => {
    await say(ann, 'hi', '1', 'monday', '9:00 AM');
    await clinic.advance({ days: 1 });
    expect(await say(ann, 'hi', '2')).toEqual([expect.stringMatching(/^You are booked Monday, Jan 12 at 9:00 AM/)]);
    await clinic.advance({ days: 7 });
    expect(await say(ann, 'hi', '2')).toEqual([expect.stringMatching(/^You have no appointment yet/)]);
  });

  it('says sorry when the calendar can not be reached, and offers another day', async () => {
    expect(await say(ann, 'hi', '1', 'wednesday')).toEqual([
      'Sorry, I can not see the calendar of Wednesday right now. Which day suits you, Monday to Friday?',
    ]);
    expect(await ann.activity()).toContainEqual(
      expect.objectContaining({ kind: 'task.failed', name: 'calendar.unreachable' }),
    );
    expect(await ann.text('thu')).toEqual([expect.stringMatching(/^On Thursday we have/)]);
  });

  it('offers another day when one is booked out', async () => {
    expect(await say(ann, 'hi', '1', 'friday')).toEqual([
      'Friday is booked out, sorry. Which day suits you, Monday to Friday?',
    ]);
  });
});

describe('the desk', () => {
  it('takes over until it gives the conversation back', async () => {
    expect(await say(ann, 'hi', '3')).toEqual(['I have told the desk. Somebody will text you here.']);
    expect((await ann.conversation())?.handoff).toMatchObject({ to: 'desk' });
    expect(await ann.text('1')).toEqual([]);
    await clinic.advance({ hours: 3 });
    expect(ann.received).toHaveLength(2);
    await clinic.engine.resume((await ann.conversation())!.key);
    await clinic.advance({ seconds: 1 });
    expect(ann.lastText).toMatch(/^That was the desk; the bot is back/);
    expect(await ann.text('menu')).toEqual([expect.stringMatching(/^Hello Ann!/)]);
  });
});

describe('reminders', () => {
  const phone = () => clinic.actor(ann.number, 'reminders');

  it('come from their own number: at once, and a day ahead', async () => {
    await say(ann, 'hi', '1', 'thursday', '1');
    await clinic.advance({ seconds: 1 });
    expect(phone().received.map(({ text }) => text)).toEqual([
      'Riverside Clinic: your appointment Thursday, Jan 8 at 9:00 AM is booked. Reminders come from this number.',
    ]);
    await clinic.advance({ days: 1, hours: 23 });
    expect(phone().received).toHaveLength(1);
    await clinic.advance({ hours: 1 });
    expect(phone().lastText).toBe('Riverside Clinic: we see you Thursday, Jan 8 at 9:00 AM.');
    await clinic.advance({ days: 10 });
    expect(phone().received).toHaveLength(2);
    expect((await clinic.messages()).filter(({ origin }) => origin.kind === 'notification')).toMatchObject([
      { app: 'reminders', origin: { name: 'reminder' }, category: 'informational' },
      { app: 'reminders', origin: { name: 'booked' } },
    ]);
  });

  it('are not sent twice for an appointment within a day', async () => {
    await say(ann, 'hi', '1', 'tuesday', '1');
    await clinic.advance({ days: 3 });
    expect(phone().received).toHaveLength(1);
  });

  it('follow the appointment when it is booked anew', async () => {
    await say(ann, 'hi', '1', 'thursday', '1');
    await say(ann, 'hi', '1', 'monday', '3');
    await clinic.advance({ days: 9 });
    expect(
      phone()
        .received.map(({ text }) => text.slice(18))
        .slice(2),
    ).toEqual(['we see you Monday, Jan 12 at 3:15 PM.']);
  });

  it('tell whoever answers them that nobody reads it', async () => {
    expect(await phone().text('thanks!')).toEqual([expect.stringMatching(/^This number only sends reminders/)]);
    expect(ann.received).toEqual([]);
  });
});

it('keeps people apart', async () => {
  await Promise.all([say(ann, 'hi', '1', 'tuesday'), say(bob, 'hi', '1', 'Bob', 'monday')]);
  expect(ann.lastText).toMatch(/^On Tuesday/);
  expect(bob.lastText).toMatch(/^On Monday/);
  expect(address(bob.number)).not.toBe(ann.number);
});
