import { type Engine, type Log, ParleyError } from '@parley/core';
import type { Context } from 'koa';
import { wasForwarded } from '../proxies.ts';
import { createApi } from './api.ts';
import { readAsset } from './assets.ts';
import { refusalOf } from './guard.ts';
import { createNewsfeed } from './newsfeed.ts';

/** What the phone page takes. */
export interface PhoneOptions {
  /**
   * Names under which other computers may open the page, as they stand in the address bar without the port: `devbox.local`,
   * `192.168.1.20`. Whoever reaches it can text as anybody. Default: none, only this computer.
   */
  readonly allowHosts?: readonly string[];
}

/** What the page may load: itself, and pictures from wherever a transport keeps them. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' http: https: data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Answers everything under `/phone`; resolves to `false` for paths that it does not know. */
export function createPhone(
  engine: Engine,
  options: PhoneOptions & { readonly log: Log; readonly signal: AbortSignal },
): (context: Context, path: string) => Promise<boolean> {
  const { log, signal, allowHosts = [] } = options;
  const newsfeed = createNewsfeed(engine, { log, signal });
  const api = createApi(engine, newsfeed);

  return async (context, path) => {
    guard(context, allowHosts);
    context.set('Content-Security-Policy', PAGE_POLICY);
    context.set('Cross-Origin-Resource-Policy', 'same-origin');
    context.set('Cross-Origin-Opener-Policy', 'same-origin');
    context.set('Referrer-Policy', 'no-referrer');
    if (path === '/phone') {
      // Relative, so that it holds behind any prefix. The page's own URLs are relative to `/phone/`.
      context.status = 302;
      context.set('Location', `${lastSegment(context.originalUrl)}/`);
      return true;
    }
    if (path.startsWith('/phone/api/')) return api(context, path.slice('/phone/api'.length));
    return sendAsset(context, path.slice('/phone/'.length));
  };
}

function guard(context: Context, allowHosts: readonly string[]): void {
  const { headers, socket } = context.req;
  const problem = refusalOf({
    method: context.method,
    host: headers.host,
    origin: headers.origin,
    fetchSite: single(headers['sec-fetch-site']),
    remoteAddress: socket.remoteAddress,
    forwarded: wasForwarded(context.req),
    allowHosts,
  });
  if (problem !== undefined) throw new ParleyError('error.platform.phone.forbidden', { problem });
}

async function sendAsset(context: Context, name: string): Promise<boolean> {
  if (context.method !== 'GET' && context.method !== 'HEAD') return false;
  const asset = await readAsset(name === '' ? 'index.html' : name);
  if (asset === undefined) return false;
  context.set('Content-Type', asset.contentType);
  context.set('Cache-Control', 'no-cache');
  context.set('ETag', asset.etag);
  context.status = 200;
  if (context.fresh) context.status = 304;
  else context.body = asset.content;
  return true;
}

function lastSegment(url: string): string {
  const [path = ''] = url.split('?');
  return path.slice(path.lastIndexOf('/') + 1);
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}
