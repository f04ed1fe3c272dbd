import { anyText, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';

const echo = defineBot({
  id: 'echo',
  triggers: [anyText()],
  firstText: 'event',
  machine: setupBot({ types: { context: {} as Record<string, never> } }).createMachine({
    context: {},
    on: { 'message.received': { actions: say(({ event }) => `You said: ${event.text}`) } },
  }),
});

export default defineOrganization({
  name: 'Riverside Clinic',
  apps: [defineApp({ id: 'appointments', number: '+14155550100', bots: [echo] })],
  transports: { twilio: twilio() },
  storage: sqlite({ file: '.parley/clinic.db' }),
});
