import { defineApp, defineOrganization } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { pizza } from './order.ts';

export default defineOrganization({
  name: "Luigi's Pizza",
  apps: [defineApp({ id: 'pizza', number: process.env.PIZZA_NUMBER ?? '+14155550142', bots: [pizza] })],
  // Real phones with TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment or in .env, else an emulator.
  transports: { twilio: twilio() },
  storage: sqlite({ file: '.parley/pizza.db' }),
});
