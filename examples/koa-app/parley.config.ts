import { defineApp, defineOrganization } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { feedback } from './feedback.ts';

export default defineOrganization({
  name: 'Corner Shop',
  apps: [defineApp({ id: 'shop', number: process.env.SHOP_NUMBER ?? '+14155550129', bots: [feedback] })],
  transports: { twilio: twilio() },
  storage: sqlite({ file: process.env.SHOP_DATABASE ?? '.parley/shop.db' }),
  actors: [{ address: '+14155550123', firstName: 'Ann', timeZone: 'America/Los_Angeles' }],
});
