import { defineApp } from '@parley/core';

/** The number that reminders come from: it has no bot, so nobody reads what is texted to it. */
export const reminders = defineApp({
  id: 'reminders',
  number: process.env.REMINDERS_NUMBER || '+14155550101',
  otherwise: 'This number only sends reminders, nobody reads it. Please text the number that you book at.',
});
