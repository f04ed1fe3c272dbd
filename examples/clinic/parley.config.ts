import { defineOrganization } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { appointments } from './apps/appointments.ts';
import { reminders } from './apps/reminders.ts';
import { clinicMap } from './plugins/clinic-map.ts';
import { clinicReminders } from './plugins/clinic-reminders.ts';

export default defineOrganization({
  name: 'Riverside Clinic',
  apps: [appointments, reminders],
  // Real phones with TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment or in .env, else an emulator.
  transports: { twilio: twilio() },
  storage: sqlite({ file: '.parley/clinic.db' }),
  plugins: [clinicMap(), clinicReminders({ app: reminders.id, apiKey: process.env.CLINIC_API_KEY })],
  actors: [{ address: '+14155550123', firstName: 'Ann', timeZone: 'America/Los_Angeles', region: 'CA' }],
});
