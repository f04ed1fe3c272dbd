import { defineOrganization } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { twilio } from '@parley/plugin-twilio';
import { clinic } from './clinic.ts';

/** The organization that pages import where it does not matter which one it is. */
export default defineOrganization({
  name: 'Example Clinic',
  apps: [clinic],
  transports: { twilio: twilio() },
  storage: memoryStorage(),
});
