import sdk from 'twilio';

/** Twilio's inbound webhooks, signed as Twilio signs them: `count` texts, spread evenly over `senders` people. */
export function signedWebhooks({ url, path, accountSid, authToken, number, count, senders, from = 0 }) {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const sid = `SM${String(n).padStart(32, '0')}`;
    const fields = {
      ToCountry: 'US',
      ToState: 'CA',
      SmsMessageSid: sid,
      NumMedia: '0',
      ToCity: 'SAN FRANCISCO',
      FromZip: '10001',
      SmsSid: sid,
      FromState: 'NY',
      SmsStatus: 'received',
      FromCity: 'NEW YORK',
      Body: `This is text number ${n}, as long as texts often are.`,
      FromCountry: 'US',
      To: number,
      ToZip: '94105',
      NumSegments: '1',
      MessageSid: sid,
      AccountSid: accountSid,
      From: `+1212${String(2_000_000 + (n % senders))}`,
      ApiVersion: '2010-04-01',
    };
    const signature = sdk.getExpectedTwilioSignature(authToken, url + path, fields);
    return {
      path,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
      body: new URLSearchParams(fields).toString(),
    };
  });
}
