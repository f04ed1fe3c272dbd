import { diagnose, explore } from '@parley/analysis';
import { anyText, type BotOptions, defineBot, say, setupBot } from '@parley/core';
import { describe, expect, it } from 'vitest';
import {
  anything,
  ask,
  capture,
  checklist,
  choose,
  collectMedia,
  confirm,
  dateAndTime,
  email,
  form,
  matching,
  menu,
  otp,
  withExamples,
} from '../src/index.ts';

const commands = { back: ['back'], leave: ['never mind'], explain: { matches: ['?'], words: 'Just answer.' } };

const dialogs: Readonly<Record<string, BotOptions['machine']>> = {
  capture: capture({ prompt: 'Which address?', parse: email() }),
  'capture in parts': capture({ prompt: 'And when?', parse: dateAndTime({ future: true }), commands }),
  'capture of what is known by examples': capture({
    prompt: 'Seat?',
    parse: withExamples(['12A'], matching(/^\d+[A-F]$/)),
  }),
  menu: menu({ prompt: 'Tea?', options: { green: ['sencha'], black: ['assam'] }, list: 'none', commands }),
  confirm: confirm({ prompt: 'Sure?' }),
  checklist: checklist({ prompt: 'Which?', options: ['ham', 'olives'], list: 'none' }),
  'checklist of two at least': checklist({ prompt: 'Which?', options: ['ham', 'olives', 'corn'], min: 2 }),
  collectMedia: collectMedia({ prompt: 'Pictures, please.', max: 2 }),
  'collectMedia of documents': collectMedia({ prompt: 'Papers, please.', accept: ['application/pdf'], min: 2 }),
  otp: otp({ resends: 1, attempts: 2 }),
  'otp sent elsewhere': otp({
    send: async () => {},
    prompt: 'Which code?',
    resends: 1,
    attempts: 2,
    digits: 4,
    secret: 's',
  }),
  'form without a review': form({
    fields: {
      email: capture({ prompt: 'E-mail?', parse: email() }),
      name: capture({ prompt: 'Name?', parse: anything() }),
    },
    review: false,
  }),
};

const order = form({
  fields: {
    size: menu({ prompt: 'Which size?', options: ['small', 'large'], attempts: 2 }),
    delivery: confirm({ prompt: 'Shall we bring it?', attempts: 2 }),
    address: capture({ prompt: 'Where to?', parse: anything(), attempts: 2 }),
  },
  when: { address: ({ answers }) => answers.delivery === 'yes' },
  changes: 2,
  attempts: 2,
});

const bot = (machine: BotOptions['machine']) => defineBot({ id: 'bot', machine, triggers: [anyText()] });

describe('a walk without samples', () => {
  it.each(Object.entries(dialogs))('gets everywhere in a dialog, and finds nothing wrong: %s', (_, machine) => {
    const { findings, states, unsampledTasks } = explore(bot(machine));
    expect(states.filter(({ path }) => path === undefined)).toEqual([]);
    expect(unsampledTasks).toEqual([]);
    expect(findings).toEqual([]);
  });

  it('gets everywhere in a form, through its review and corrections', () => {
    const { findings, states, said } = explore(bot(order), { contexts: 8 });
    expect(states.filter(({ path }) => path === undefined)).toEqual([]);
    expect(findings).toEqual([]);
    expect(said.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Size: small\nDelivery: yes\nAddress: A few words\nIs that right\?/),
        expect.stringMatching(/^Size: large\nDelivery: no\nIs that right\?/),
        expect.stringMatching(/^What shall I change\?/),
      ]),
    );
  });

  it('waits for no more pictures where one is enough', () => {
    expect(explore(bot(collectMedia({ prompt: 'A picture, please.', max: 1 }))).findings).toEqual([]);
  });

  it('gets through all exits of a bot that runs dialogs', () => {
    const tea = menu({ prompt: 'Tea?', options: { green: [], black: [] }, list: 'none' });
    const machine = setupBot({}).createMachine({
      id: 'm',
      initial: 'choosing',
      states: {
        choosing: choose(tea, { chosen: { green: 'address', black: 'seat' }, noAnswer: 'over', gaveUp: 'over' }),
        address: ask(capture({ prompt: 'Which address?', parse: email() }), {
          answered: 'proof',
          noAnswer: 'over',
          gaveUp: 'over',
        }),
        seat: ask(capture({ prompt: 'Which seat?', parse: withExamples(['12A'], matching(/^\d+[A-F]$/)) }), {
          answered: 'thanks',
          noAnswer: 'over',
          gaveUp: 'over',
        }),
        proof: ask(otp({ attempts: 2, resends: 0 }), { answered: 'thanks', noAnswer: 'over', gaveUp: 'refused' }),
        thanks: { type: 'final', entry: say('Thank you!') },
        refused: { type: 'final', entry: say('Sorry.') },
        over: { type: 'final' },
      },
    });
    expect(diagnose(bot(machine))).toMatchObject([{ findings: [], unknownStates: [] }]);
  });
});
