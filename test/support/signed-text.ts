import { createHmac } from 'node:crypto';
import type { TwilioEmulator } from '@parley/plugin-twilio/emulator';

/** A text as it comes to a webhook of ours. */
export interface SignedText {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** The same one again is the same webhook again. */
  readonly sid: string;
}

/**
 * Texts a server as Twilio does, and answers with the status of its answer; 0 if there was none.
 *
 * @param server where it listens: `http://127.0.0.1:3000`
 */
export async function textServer(
  server: string,
  { from, to, body, sid }: SignedText,
  { accountSid, authToken }: Pick<TwilioEmulator, 'accountSid' | 'authToken'>,
): Promise<number> {
  const url = `${server}/webhooks/twilio/inbound`;
  // The names are in alphabetical order, as the signature wants them.
  const fields = { AccountSid: accountSid, Body: body, From: from, MessageSid: sid, NumMedia: '0', To: to };
  const signed = Object.entries(fields).reduce((sum, [name, value]) => sum + name + value, url);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': createHmac('sha1', authToken).update(signed).digest('base64'),
  };
  try {
    // Twilio waits 15 seconds.
    const signal = AbortSignal.timeout(15_000);
    const answer = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields), signal });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
