import { defineApp, defineOrganization } from '@parley/core';
import { optOut } from '@parley/plugin-opt-out';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { tea } from './bot.ts';

export default defineOrganization({
  name: 'Parley Project',
  apps: [defineApp({ id: 'parley-project', number: '+14155550100', bots: [tea] })],
  transports: { twilio: twilio() },
  storage: sqlite({ file: 'data/parley.db' }),
  plugins: [optOut()],
});
