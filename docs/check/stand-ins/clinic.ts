import { anyText, defineApp, defineBot, say, setupBot } from '@parley/core';

const appointments = defineBot({
  id: 'appointments',
  triggers: [anyText()],
  machine: setupBot({}).createMachine({ entry: say('Hello!') }),
});

/** The app that pages import where it does not matter what the app does. */
export const clinic = defineApp({ id: 'clinic', number: '+14155550100', bots: [appointments] });
