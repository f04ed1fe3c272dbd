import { ParleyError, type WebhookRequest } from '@parley/core';
import sdk from 'twilio';
import type { FormFields } from './form.ts';

/** The header's name as it arrives. */
const SIGNATURE = 'x-twilio-signature';

/**
 * Makes sure that Twilio signed this request: with one of the account's tokens, over the public URL exactly as Twilio
 * called it, and over every parameter.
 *
 * @throws `error.platform.webhook.unsigned`, `error.platform.webhook.forged`
 */
export function requireSignature(
  headers: WebhookRequest['headers'],
  url: string,
  fields: FormFields,
  tokens: readonly string[],
): void {
  const header = headers[SIGNATURE];
  if (header === undefined || header === '' || header.length === 0) {
    throw new ParleyError('error.platform.webhook.unsigned');
  }
  // Two signatures on one request are nothing that Twilio sends.
  const signature = typeof header === 'string' ? header : header.length === 1 ? header[0] : undefined;
  if (signature !== undefined && tokens.some((token) => isValid(token, signature, url, fields))) return;
  // The query may hold what a stranger typed: only the part that an operator configures is repeated.
  throw new ParleyError('error.platform.webhook.forged', { url: url.split('?', 1)[0] ?? '' });
}

function isValid(token: string, signature: string, url: string, fields: FormFields): boolean {
  try {
    return sdk.validateRequest(token, signature, url, fields);
  } catch {
    // The SDK throws at what is not a URL; Twilio has not called it then.
    return false;
  }
}
