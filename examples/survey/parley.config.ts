import { defineApp, defineOrganization } from '@parley/core';
import { defineNotification, notifications } from '@parley/plugin-notifications';
import { optOut } from '@parley/plugin-opt-out';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { results } from './results.ts';
import { survey } from './survey.ts';

const invitation = defineNotification({
  name: 'invitation',
  text: {
    en: 'Riverside Clinic: how was your visit{{ actor.first_name | prepend: ", " }}? Reply with a number from 1 (poor) to 5 (great). STOP ends texts.',
    es: 'Riverside Clinic: ¿qué tal fue su visita{{ actor.first_name | prepend: ", " }}? Responda de 1 (mala) a 5 (excelente). STOP para salir.',
  },
});

const key = process.env.SURVEY_KEY;

export const invitations = notifications({
  notifications: [invitation],
  apiKeys: key === undefined ? [] : [key],
});

export default defineOrganization({
  name: 'Riverside Clinic',
  apps: [defineApp({ id: 'survey', number: process.env.SURVEY_NUMBER ?? '+14155550160', bots: [survey] })],
  // Real phones with TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment or in .env, else an emulator.
  transports: { twilio: twilio() },
  storage: sqlite({ file: '.parley/survey.db' }),
  // Twilio answers STOP, START and HELP by itself, and lets nothing of ours through after STOP: not a confirmation either.
  plugins: [invitations, results(), optOut({ contact: 'call 415-555-0161', providerAnswers: true })],
  actors: [
    { address: '+14155550123', firstName: 'Ann', timeZone: 'America/Los_Angeles' },
    { address: '+14155550124', firstName: 'Rosa', timeZone: 'America/Los_Angeles', locale: 'es-US' },
  ],
});
