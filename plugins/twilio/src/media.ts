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
  let target = new URL(url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const access = accessTo(target, api);
    if (access === undefined) throw new ParleyError('error.platform.media.refused', { host: target.hostname });
    const response = await request(target, access === 'account' ? authorization(credentials) : {}, pool, signal);
    const { location } = response.headers;
    if (response.statusCode < 300 || response.statusCode >= 400 || typeof location !== 'string') {
      return read(response, limit);
    }
    await response.body.dump();
    target = new URL(location, target);
  }
  throw new ParleyError('error.platform.media.unavailable', { reason: 'it is redirected for ever' });
}

/** Whether a host is asked with the account's credentials, without, or not at all. */
function accessTo({ protocol, hostname, origin }: URL, api: string | undefined): 'account' | 'public' | undefined {
  if (origin === api) return 'account';
  if (protocol !== 'https:') return undefined;
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

async function read({ statusCode, headers, body }: Dispatcher.ResponseData, limit: number): Promise<FetchedMedia> {
  if (statusCode !== 200) {
    await body.dump();
    throw new ParleyError('error.platform.media.unavailable', { reason: `the provider answered with ${statusCode}` });
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += (chunk as Buffer).byteLength;
    if (size > limit) {
      body.destroy();
      throw new ParleyError('error.platform.media.too-large', { limit });
    }
    chunks.push(chunk as Buffer);
  }
  const { 'content-type': contentType } = headers;
  return {
    contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
    data: Buffer.concat(chunks),
  };
}

function authorization({ accountSid, authToken, apiKey }: MediaSettings['credentials']): {
  readonly authorization: string;
} {
  const pair = `${apiKey?.sid ?? accountSid}:${apiKey?.secret ?? authToken}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
