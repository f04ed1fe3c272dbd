import { anyText, defineApp, defineBot, keyword } from '@parley/core';
import { bookAppointment } from '../bots/book-appointment.ts';

/** The number that people text: it talks both ways. */
export const appointments = defineApp({
  id: 'appointments',
  number: process.env.CLINIC_NUMBER || '+14155550100',
  bots: [
    defineBot({
      id: 'appointments',
      machine: bookAppointment,
      triggers: [keyword('HELLO', 'HI', 'MENU'), anyText()],
    }),
  ],
  fallback: 'Sorry, something went wrong on our side. Please text MENU in a moment, or call 415-555-0199.',
});
