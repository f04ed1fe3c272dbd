import { defineApp, defineOrganization } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { webChat } from '@parley/plugin-web-chat';
import { help } from './bots/help.ts';

export default defineOrganization({
  name: 'Corner Workshop',
  // One bot, two ways to reach it.
  apps: [
    defineApp({ id: 'phone', number: '+14155550100', transport: 'twilio', bots: [help] }),
    defineApp({ id: 'website', number: 'web:workshop', transport: 'web', bots: [help] }),
  ],
  transports: {
    // Real phones with TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment or in .env, else an emulator.
    twilio: twilio(),
    web: webChat({
      // The site that has the chat on its pages: `npm run site` serves it here.
      origins: ['http://localhost:8080', 'http://127.0.0.1:8080'],
      pages: {
        workshop: { title: 'Corner Workshop', greeting: 'Ask about your repair, our hours, or anything else.' },
      },
      showNames: true,
    }),
  },
  storage: sqlite({ file: '.parley/workshop.db' }),
});
