import { type FetchedMedia, type FetchMediaOptions, ParleyError } from '@parley/core';
import type { Dispatcher } from 'undici';
import type { HttpSettings } from './http-client.ts';
import type { Credentials } from './options.ts';

/**
 * Hosts that Twilio serves media from. What a person sends has its address in a webhook whose signature we have checked, and still no
 * other host is asked: neither with the account's credentials nor from inside of our network.
 */
const TWILIO = /^(?:[a-z0-9-]+\.)*twilio\.com$/;

/** Where Twilio's API redirects to; these get no credentials (docs/reference/twilio.md, Media). */
const STORES = /^(?:(?:[a-z0-9-]+\.)*twiliocdn\.com|s3-external-1\.amazonaws\.com)$/;

const MOST_REDIRECTS = 3;

export interface MediaSettings extends Pick<HttpSettings, 'baseUrl'> {
  readonly pool: Dispatcher;
  readonly credentials: Pick<Credentials, 'accountSid' | 'authToken' | 'apiKey'>;
}

/**
 * Fetches what somebody has sent.
 *
 * @throws `error.platform.media.refused`, `error.platform.media.too-large`, `error.platform.media.unavailable`
 */
export async function fetchMedia(
  url: string,
  { limit, signal }: FetchMediaOptions,
  { pool, credentials, baseUrl }: MediaSettings,
): Promise<FetchedMedia> {
  const api = baseUrl === undefined ? undefined : new URL(baseUrl).origin;
  let target = targetOf(url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const access = accessTo(target, api);
    if (access === undefined) throw new ParleyError('error.platform.media.refused', { host: target.hostname });
    const response = await request(target, access === 'account' ? authorization(credentials) : {}, pool, signal);
    const { location } = response.headers;
    if (response.statusCode < 300 || response.statusCode >= 400 || typeof location !== 'string') {
      return read(response, limit);
    }
    await response.body.dump();
    target = targetOf(location, target);
  }
  throw new ParleyError('error.platform.media.unavailable', { reason: 'it is redirected for ever' });
}

function targetOf(url: string, base?: URL): URL {
  try {
    return new URL(url, base);
  } catch (cause) {
    throw new ParleyError('error.platform.media.unavailable', { reason: 'its address is none' }, { cause });
  }
}

/** Whether a host is asked with the account's credentials, without, or not at all. */
function accessTo(
  { protocol, hostname, port, origin }: URL,
  api: string | undefined,
): 'account' | 'public' | undefined {
  if (origin === api) return 'account';
  if (protocol !== 'https:' || port !== '') return undefined;
  if (TWILIO.test(hostname)) return 'account';
  return STORES.test(hostname) ? 'public' : undefined;
}

async function request(
  { origin, pathname, search }: URL,
  headers: Readonly<Record<string, string>>,
  pool: Dispatcher,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  try {
    return await pool.request({ origin, path: pathname + search, method: 'GET', headers: { ...headers }, signal });
  } catch (cause) {
    throw new ParleyError('error.platform.media.unavailable', { reason: 'the provider does not answer' }, { cause });
  }
}

async function read(response: Dispatcher.ResponseData, limit: number): Promise<FetchedMedia> {
  const { statusCode, headers, body } = response;
  if (statusCode !== 200) {
    await body.dump();
    throw new ParleyError('error.platform.media.unavailable', { reason: `the provider answered with ${statusCode}` });
  }
  const { 'content-type': contentType } = headers;
  return {
    contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
    data: await upTo(limit, body),
  };
}

/** What is read, whatever its length was said to be. */
async function upTo(limit: number, body: Dispatcher.ResponseData['body']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > limit) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new ParleyError('error.platform.media.unavailable', { reason: 'it broke off' }, { cause });
  }
  if (size > limit) throw new ParleyError('error.platform.media.too-large', { limit });
  return Buffer.concat(chunks);
}

function authorization({ accountSid, authToken, apiKey }: MediaSettings['credentials']): {
  readonly authorization: string;
} {
  const pair = `${apiKey?.sid ?? accountSid}:${apiKey?.secret ?? authToken}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
