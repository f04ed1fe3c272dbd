import { defineApp, defineOrganization } from '@parley/core';
import { consent } from '@parley/plugin-consent';
import { duplicateLimit } from '@parley/plugin-duplicate-limit';
import { firstText } from '@parley/plugin-first-text';
import { defineNotification, notifications } from '@parley/plugin-notifications';
import { optOut } from '@parley/plugin-opt-out';
import { sqlite } from '@parley/plugin-sqlite';
import { status } from '@parley/plugin-status';
import { tcpa } from '@parley/plugin-tcpa';
import { twilio } from '@parley/plugin-twilio';

const BRAND = 'Sunrise Coffee';

const offers = defineApp({
  id: 'offers',
  mode: 'published',
  number: '+18885550100',
  otherwise: 'Nobody reads replies to this number. Reply HELP for help, STOP to end texts.',
});

const weekend = defineNotification({
  name: 'weekend',
  category: 'marketing',
  text: {
    en: 'Hi {{ actor.first_name | default: "there" }}, this weekend all beans are {{ discount }} % off.',
    es: 'Hola {{ actor.first_name }}, este fin de semana todo el café tiene {{ discount }} % de descuento.',
  },
  data: { discount: { type: 'number', example: 20 } },
});

export const ledger = consent({ apiKey: process.env.CAMPAIGN_KEY });

export const texts = notifications({
  notifications: [weekend],
  apiKeys: process.env.CAMPAIGN_KEY === undefined ? [] : [process.env.CAMPAIGN_KEY],
});

export default defineOrganization({
  name: BRAND,
  apps: [offers],
  transports: { twilio: twilio() },
  storage: sqlite({ file: '.parley/campaign.db' }),
  plugins: [
    ledger,
    texts,
    status(),
    firstText({ program: 'offers', wording: { en: { frequency: 'Up to 4 msgs/month.' } } }),
    tcpa(),
    duplicateLimit(),
    // Twilio confirms STOP by itself, and takes no text of ours for somebody who has said it. HELP at a toll-free number is ours.
    optOut({ ledger, contact: 'see sunrise-coffee.example/help', providerAnswers: true }),
  ],
  actors: [
    { address: '+12125550123', firstName: 'Ann', region: 'NY', timeZone: 'America/New_York' },
    { address: '+13125550123', firstName: 'Bo', region: 'IL', timeZone: 'America/Chicago' },
    { address: '+13035550123', firstName: 'Cy', region: 'CO', timeZone: 'America/Denver' },
    { address: '+13235550123', firstName: 'Dee', region: 'CA', timeZone: 'America/Los_Angeles', locale: 'es-US' },
    { address: '+18085550123', firstName: 'Eli', region: 'HI', timeZone: 'Pacific/Honolulu' },
    { address: '+15125550123', firstName: 'Flo', region: 'TX', timeZone: 'America/Chicago' },
  ],
});
