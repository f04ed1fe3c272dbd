import { defineApp, defineOrganization } from '@parley/core';
import { optOut } from '@parley/plugin-opt-out';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { reminder } from './reminder.ts';

export default defineOrganization({
  name: 'Dr. Lee',
  apps: [defineApp({ id: 'reminders', number: process.env.REMINDERS_NUMBER ?? '+14155550163', bots: [reminder] })],
  transports: { twilio: twilio() },
  storage: sqlite({ file: '.parley/reminders.db' }),
  // Twilio answers STOP, START and HELP by itself, and lets nothing of ours through after STOP: not a confirmation either.
  plugins: [optOut({ contact: 'call 415-555-0163', providerAnswers: true })],
});
