import { anyText, defineApp, defineBot, say, setupBot } from '@parley/core';

const appointments = defineBot({
  id: 'appointments',
  triggers: [anyText()],
  machine: setupBot({}).createMachine({
    initial: 'asked',
    states: {
      asked: {
        entry: say('Hello! Which day?'),
        on: { 'message.received': 'booked' },
        after: { 86400000: 'over' },
      },
      booked: { entry: say('See you then.'), type: 'final' },
      over: { type: 'final' },
    },
  }),
});

/** The app that pages import where it does not matter what the app does. */
export const clinic = defineApp({ id: 'clinic', number: '+14155550100', bots: [appointments] });
