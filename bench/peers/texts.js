// Texts from people as each contestant's provider delivers them: signed, over the URL at which the world reaches the server.
import { createHmac } from 'node:crypto';

const host = 'bots.example.com';
export const publicUrl = `https://${host}`;

export const account = {
  accountSid: `AC${'0'.repeat(31)}1`,
  authToken: 'bench',
  number: '+14155550100',
  telegramToken: '1:bench',
  telegramSecret: 'bench-secret',
  publicUrl,
};

/** As a proxy that ends TLS hands requests on. */
const proxied = { host, 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };

/** Over Twilio; `channel` is `''` for SMS, `whatsapp:` for WhatsApp. */
export const overTwilio =
  (path, channel = '') =>
  ({ id, person, text }) => {
    const sid = `SM${String(id).padStart(32, '0')}`;
    const fields = {
      ...{ ToCountry: 'US', ToState: 'CA', ToCity: 'SAN FRANCISCO', ToZip: '94105', To: channel + account.number },
      ...{ FromCountry: 'US', FromState: 'NY', FromCity: 'NEW YORK', FromZip: '10001' },
      ...{ SmsMessageSid: sid, SmsSid: sid, MessageSid: sid, SmsStatus: 'received', NumMedia: '0', NumSegments: '1' },
      ...{ AccountSid: account.accountSid, ApiVersion: '2010-04-01', Body: text },
      From: `${channel}+1212${2_000_000 + person}`,
    };
    return {
      path,
      method: 'POST',
      headers: {
        ...proxied,
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signatureOf(publicUrl + path, fields),
      },
      body: new URLSearchParams(fields).toString(),
    };
  };

/** Twilio's signature: HMAC-SHA1 over the URL and the parameters by name (twilio.com/docs/usage/security). */
function signatureOf(url, fields) {
  const signed = Object.keys(fields)
    .sort()
    .reduce((text, name) => text + name + fields[name], url);
  return createHmac('sha1', account.authToken).update(signed).digest('base64');
}

/** Over Telegram, whose signature is a secret token in a header. */
export const overTelegram =
  (path) =>
  ({ id, person, text }) => {
    const who = { id: 12_120_000_000 + person, first_name: 'Ann' };
    const message = {
      ...{ message_id: id + 1, date: Math.floor(Date.now() / 1000), text },
      ...{ from: { ...who, is_bot: false, language_code: 'en' }, chat: { ...who, type: 'private' } },
    };
    return {
      path,
      method: 'POST',
      headers: {
        ...proxied,
        'content-type': 'application/json',
        'x-telegram-bot-api-secret-token': account.telegramSecret,
      },
      body: JSON.stringify({ update_id: id + 1, message }),
    };
  };
