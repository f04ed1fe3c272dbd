/** A project whose bot counts the texts of each person. */
export const counting = (words = 'That was') => `
import { anyText, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { assign } from 'xstate';

interface Counter { count: number }

const counter = defineBot({
  id: 'counter',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({ types: { context: {} as Counter } }).createMachine({
    context: { count: 0 },
    on: {
      'message.received': {
        actions: [assign({ count: ({ context }) => context.count + 1 }), say(({ context }) => \`${words} \${context.count}.\`)],
      },
    },
  }),
});

export default defineOrganization({
  name: 'Counters',
  apps: [defineApp({ id: 'counting', number: '+14155550100', bots: [counter] })],
  transports: { twilio: twilio() },
  storage: sqlite({ file: 'data/counters.db' }),
});
`;
