import { anyText, defineApp, defineBot, defineOrganization, handoff, say, setupBot, track } from '@parley/core';
import { consent } from '@parley/plugin-consent';
import { memoryStorage } from '@parley/plugin-keyv';
import { optOut } from '@parley/plugin-opt-out';
import { tcpa } from '@parley/plugin-tcpa';
import { twilio } from '@parley/plugin-twilio';
import { assign } from 'xstate';

/** Takes orders for pizzas, hands over to people, and throws at BOOM: what the pictures of the console show. */
const machine = setupBot({
  types: { context: /** @type {{ size: string, toppings: readonly string[] }} */ ({}) },
}).createMachine({
  id: 'pizza',
  context: { size: '', toppings: [] },
  initial: 'ordering',
  on: {
    'message.received': [
      {
        guard: ({ event }) => /person/i.test(event.text),
        actions: [say('One moment, a person will answer you.'), handoff('front desk', 'Asks for a person')],
      },
      {
        guard: ({ event }) => /boom/i.test(event.text),
        actions: () => {
          throw new Error('The kitchen can not be reached.');
        },
      },
    ],
  },
  states: {
    ordering: {
      initial: 'size',
      after: { 3600000: { actions: say('Still hungry?') } },
      states: {
        size: {
          entry: say('Which size? S, M or L?'),
          on: {
            'message.received': {
              guard: ({ event }) => /^[sml]$/i.test(event.text),
              target: 'toppings',
              actions: assign({ size: ({ event }) => event.text.toUpperCase() }),
            },
          },
        },
        toppings: {
          entry: say('Which toppings?'),
          on: {
            'message.received': {
              guard: ({ event }) => !/person|boom/i.test(event.text),
              target: '#pizza.baking',
              actions: [assign({ toppings: ({ event }) => event.text.split(/,\s*/) }), track('ordered')],
            },
          },
        },
      },
    },
    baking: {
      entry: say(({ context }) => `One ${context.size} with ${context.toppings.join(' and ')}, coming up.`),
      after: { 2000: 'served' },
    },
    served: { entry: say('Your pizza is ready!'), type: 'final' },
  },
});

const ledger = consent();

export default defineOrganization({
  name: 'Corner Pizza',
  apps: [
    defineApp({
      id: 'orders',
      number: '+14155550100',
      fallback: 'Sorry, something went wrong.',
      bots: [defineBot({ id: 'pizza', machine, triggers: [anyText()] })],
    }),
    defineApp({ id: 'offers', mode: 'published', number: '+18885550100', otherwise: 'Reply HELP for help.' }),
  ],
  transports: { twilio: twilio() },
  storage: memoryStorage(),
  plugins: [ledger, tcpa(), optOut({ ledger, providerAnswers: true })],
  actors: [
    { address: '+14155550123', firstName: 'Ann', lastName: 'Lee', timeZone: 'America/Los_Angeles', region: 'CA' },
    { address: '+14155550124', firstName: 'Bo', lastName: 'Park' },
  ],
});
