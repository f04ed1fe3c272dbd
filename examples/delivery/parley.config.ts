import { defineApp, defineOrganization } from '@parley/core';
import { defineNotification, notifications } from '@parley/plugin-notifications';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { where } from './where.ts';

/** What the shop's system asks for when something happens to a parcel; links leave as texts of their own. */
export const texts = notifications({
  notifications: [
    defineNotification({
      name: 'shipped',
      text: 'Riverside Books: your parcel {{ number }} is on its way. {{ link }}',
      data: { number: 'text', link: 'link' },
      linkAlone: true,
    }),
    defineNotification({
      name: 'arriving',
      text: 'Riverside Books: parcel {{ number }} comes today between {{ from | date: "h a" }} and {{ to | date: "h a" }}. Text us to ask where it is.',
      data: { number: 'text', from: 'date', to: 'date' },
      // Of no use once it is there.
      validFor: 4 * 3_600_000,
    }),
    defineNotification({
      name: 'delivered',
      text: 'Riverside Books: parcel {{ number }} is at your door. Enjoy!',
      data: { number: 'text' },
    }),
  ],
  apiKeys: [process.env.SHOP_KEY ?? 'a-key-for-trying-things-out'],
  timeZone: 'America/Los_Angeles',
});

export default defineOrganization({
  name: 'Riverside Books',
  apps: [defineApp({ id: 'deliveries', number: process.env.DELIVERIES_NUMBER ?? '+14155550187', bots: [where] })],
  transports: { twilio: twilio() },
  storage: sqlite({ file: '.parley/deliveries.db' }),
  plugins: [texts],
  actors: [{ address: '+14155550123', firstName: 'Ann', timeZone: 'America/Los_Angeles' }],
});
