import { type Deadlines, type OutgoingMessage, SendError, type SendReceipt } from '@parley/core';
import sdk from 'twilio';
import type { Dispatcher } from 'undici';
import type { ApiSettings } from './api.ts';
import { type Answer, exchange } from './exchange.ts';
import { isService } from './find.ts';
import { type CallTrace, retryAfter } from './http-client.ts';
import type { Credentials } from './options.ts';
import { sendError } from './send-errors.ts';
import { parleyStatus } from './statuses.ts';

/** Has Twilio create a message. */
export type Create = (
  message: OutgoingMessage,
  statusCallback: string | undefined,
  signal: AbortSignal,
) => Promise<SendReceipt>;

type CreateSettings = Pick<ApiSettings, 'baseUrl' | 'edge' | 'region' | 'networkClock' | 'now'>;

/**
 * The one call of Twilio's API that is made for every text, without Twilio's SDK, which makes a client and half a dozen objects for it
 * (docs/decisions/0009-messages-without-the-sdk.md).
 */
export function createCreate(
  pool: Dispatcher,
  credentials: Credentials,
  settings: CreateSettings,
  deadlines: Deadlines,
): Create {
  const { accountSid, authToken, apiKey } = credentials;
  const { origin, pathname } = new URL(settings.baseUrl ?? `https://${hostOf(settings)}`);
  const path = `${pathname.replace(/\/$/, '')}/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const account = Buffer.from(`${apiKey?.sid ?? accountSid}:${apiKey?.secret ?? authToken}`).toString('base64');
  const headers = {
    accept: 'application/json',
    authorization: `Basic ${account}`,
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'parley',
  };

  return async (message, statusCallback, signal) => {
    const trace: CallTrace = { timedOut: false, begun: false };
    const body = formOf(message, statusCallback, settings.now());
    try {
      const answer = await exchange(pool, { origin, path, headers, body }, { deadlines, signal, trace });
      const wait = retryAfter(answer.retryAfter, settings.networkClock.now());
      if (wait !== undefined) trace.retryAfter = wait;
      return receiptOf(answer);
    } catch (error) {
      throw sendError(error, trace);
    }
  };
}

/** Where the SDK would ask, which knows how Twilio names edges and regions. */
function hostOf({ edge, region }: CreateSettings): string {
  return sdk('AC', 'unused').getHostname('api.twilio.com', edge as string, region as string);
}

function formOf(message: OutgoingMessage, statusCallback: string | undefined, now: number): string {
  const { to, from, via, text, media, deadline } = message;
  let form = `To=${encode(to)}`;
  // A person who has texted one number of a service hears from the same.
  if (isService(from)) form += `&MessagingServiceSid=${from}${via === undefined ? '' : `&From=${encode(via)}`}`;
  else form += `&From=${encode(from)}`;
  if (text !== '') form += `&Body=${encode(text)}`;
  for (const { url } of media) form += `&MediaUrl=${encode(url)}`;
  if (statusCallback !== undefined) form += `&StatusCallback=${encode(statusCallback)}`;
  if (deadline !== undefined) form += `&ValidityPeriod=${validity(deadline - now)}`;
  return form;
}

/** A plugin may have cut a character in two. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}

/** How long Twilio may keep a message in its queues, in seconds: 1 to 36,000 (docs/reference/twilio.md). */
function validity(left: number): number {
  return Math.min(36_000, Math.max(1, Math.round(left / 1000)));
}

/** @throws {@link SendError}, and what {@link sendError} knows how to read. */
function receiptOf({ status, body }: Answer): SendReceipt {
  const isTaken = status >= 200 && status < 300;
  const content = contentOf(body);
  if (content === undefined && (isTaken || status !== 429)) throw new Error(`HTTP ${status} without JSON`);
  if (!isTaken) throw Object.assign(new Error(`HTTP ${status}`), { status, code: content?.code });
  const { sid, status: word, error_code: code } = content ?? {};
  if (typeof sid !== 'string' || typeof word !== 'string') throw new Error(`HTTP ${status} without a message`);
  // Taken and failed at once is no success, and trying again would be a second message.
  if (parleyStatus(word) === 'failed') {
    throw new SendError('refused', String(code ?? word), 'Twilio took the message and failed it at once.');
  }
  return { providerId: sid, providerStatus: word };
}

function contentOf(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(body);
    return typeof content === 'object' && content !== null ? (content as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
