import {
  type App,
  anyText,
  type Bot,
  defineApp,
  defineBot,
  defineOrganization,
  keyword,
  pattern,
  say,
  setupBot,
} from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier } from '@parley/testing';
import { describe, expect, it } from 'vitest';
import { and, not } from 'xstate';
import { optOut } from '../src/index.ts';
import { CLINIC } from './support.ts';

function warningsOf(...bots: readonly Bot[]) {
  const { apps } = defineOrganization({
    name: 'Test',
    apps: [defineApp({ id: 'app', number: CLINIC, bots })],
    transports: { sms: new SimulatedCarrier() },
    storage: memoryStorage(),
  });
  return optOut().lint?.(apps[0] as App) ?? [];
}

const nothing = setupBot({}).createMachine({});

describe('parley check', () => {
  it('warns of triggers that opt out or ask for help', () => {
    const bot = defineBot({
      id: 'menu',
      machine: nothing,
      triggers: [keyword('BOOK', 'Cancel'), keyword('help', 'start')],
    });
    expect(warningsOf(bot)).toEqual([
      {
        rule: 'keyword-taken',
        bot: { id: 'menu', version: '1' },
        message: 'CANCEL does not start the bot: it opts people out. Trigger it with another word.',
      },
      expect.objectContaining({ message: expect.stringContaining('HELP does not start the bot: it is answered') }),
    ]);
  });

  it('warns of patterns for such words, not of those for anything', () => {
    const bot = (expression: RegExp) => defineBot({ id: 'bot', machine: nothing, triggers: [pattern(expression)] });
    expect(warningsOf(bot(/^(end|finish)$/i))).toMatchObject([{ message: expect.stringContaining('END') }]);
    expect(warningsOf(bot(/^QUIT/))).toMatchObject([{ message: expect.stringContaining('QUIT') }]);
    for (const expression of [/\w+/, /^book/i, /./]) expect(warningsOf(bot(expression))).toEqual([]);
  });

  it('says which state waits for such words, wherever its guard is written', () => {
    const machine = setupBot({
      guards: {
        isQuit: ({ event }) => /^quit\b/i.test((event as { text?: string }).text ?? ''),
        isOneOf: (_, { words }: { words: readonly string[] }) => words.length > 0,
        isYes: ({ event }) => (event as { text?: string }).text === 'yes',
      },
    }).createMachine({
      id: 'appointment',
      initial: 'asking',
      states: {
        asking: {
          entry: say('Reply YES to confirm or CANCEL to cancel your visit.'),
          on: {
            'message.received': [
              { guard: ({ event }) => event.text.toLowerCase() === 'cancel', target: 'done' },
              { guard: 'isQuit', target: 'done' },
              { guard: 'isYes', target: 'sure' },
            ],
          },
        },
        sure: {
          entry: say('Reply STOP to unsubscribe, END to end these messages.'),
          on: {
            'message.received': [
              { guard: and([not('isYes'), ({ event }) => ['end', 'over'].includes(event.text)]), target: 'done' },
              { guard: { type: 'isOneOf', params: { words: ['remove', 'delete'] } }, target: 'done' },
            ],
          },
        },
        done: { type: 'final' },
      },
    });
    const warnings = warningsOf(defineBot({ id: 'appointment', machine, triggers: [anyText()] }));
    expect(warnings.map(({ state, message }) => `${state}: ${message.split(',')[0]}`)).toEqual([
      'appointment.asking: A guard waits for CANCEL',
      'appointment.asking: A guard waits for QUIT',
      'appointment.asking: People are asked to reply CANCEL',
      'appointment.sure: A guard waits for END',
      'appointment.sure: A guard waits for REMOVE',
    ]);
    expect(warnings.every(({ rule }) => rule === 'keyword-taken')).toBe(true);
  });

  it('has nothing to say of a bot that leaves them alone', () => {
    const machine = setupBot({}).createMachine({
      on: { 'message.received': [{ guard: ({ event }) => /^(yes|no)$/i.test(event.text), actions: say('Fine.') }] },
    });
    expect(warningsOf(defineBot({ id: 'bot', machine, triggers: [keyword('BOOK', 'START')] }))).toEqual([]);
  });
});
