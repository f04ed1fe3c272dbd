import { defineApp, defineOrganization } from '@parley/core';
import { optOut } from '@parley/plugin-opt-out';
import { postgres } from '@parley/plugin-postgres';
import { twilio } from '@parley/plugin-twilio';
import { tea } from './bot.ts';

export default defineOrganization({
  name: 'Parley Project',
  apps: [defineApp({ id: 'parley-project', number: '+14155550100', bots: [tea] })],
  transports: { twilio: twilio() },
  storage: postgres({ url: process.env.DATABASE_URL ?? 'postgres://127.0.0.1:5432/parley' }),
  plugins: [optOut()],
});
