import { defineApp, defineOrganization, type Organization } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { createMailer, type Mailer } from './mail.ts';
import { signIn } from './sign-in.ts';

const LOANS: Readonly<Record<string, readonly string[]>> = {
  'ann@example.com': ['The Left Hand of Darkness, due on Friday', 'Gödel, Escher, Bach, due on the 20th'],
};

/** The library, with something that delivers its mail. */
export function library(mail: Mailer): Organization {
  return defineOrganization({
    name: 'Riverside Library',
    apps: [
      defineApp({
        id: 'library',
        number: process.env.LIBRARY_NUMBER ?? '+14155550171',
        bots: [signIn(mail, (email) => LOANS[email] ?? [])],
      }),
    ],
    transports: { twilio: twilio() },
    storage: sqlite({ file: '.parley/library.db' }),
  });
}

export default library(createMailer(process.env.MAIL_URL, process.env.MAIL_AUTHORIZATION));
