import { isLoopback } from '@parley/core';

/** What is known of a request to the phone page. */
export interface PhoneRequest {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** The `Sec-Fetch-Site` header of current browsers. */
  readonly fetchSite: string | undefined;
  readonly remoteAddress: string | undefined;
  /** Whether a proxy or a tunnel passed it on. */
  readonly forwarded: boolean;
  readonly allowHosts: readonly string[];
}

const LOOPBACK_ADDRESSES = /^(?:127\.|::1$|::ffff:127\.)/;

/**
 * Why a request may not use the phone page, which knows no users; `undefined` when it may.
 *
 * It has to come from this computer, unless hosts are allowed by name. The Host header has to be one of ours, or any page on
 * the web could point a name of its own at us (DNS rebinding); what changes something has to come from our own page, or
 * any page could post to us.
 */
export function refusalOf(request: PhoneRequest): string | undefined {
  const { allowHosts } = request;
  if (allowHosts.length === 0) {
    if (request.forwarded) return 'this request came through a proxy or a tunnel';
    if (!LOOPBACK_ADDRESSES.test(request.remoteAddress ?? '')) return 'this request came from another one';
  }
  const name = hostName(request.host);
  if (name === undefined || !(isLoopback(name) || allowHosts.some((allowed) => allowed.toLowerCase() === name))) {
    return 'it was opened under a name that is not known here';
  }
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  if (request.fetchSite !== undefined && request.fetchSite !== 'same-origin') return 'another site sent this request';
  if (request.origin !== undefined && !isOriginOf(request.origin, request.host))
    return 'another site sent this request';
  return undefined;
}

/** `localhost` of `localhost:3000`; brackets stay around IPv6. */
function hostName(host: string | undefined): string | undefined {
  return host === undefined ? undefined : /^(\[[0-9a-f:.]+\]|[^:]+)(?::\d+)?$/i.exec(host)?.[1]?.toLowerCase();
}

function isOriginOf(origin: string, host: string | undefined): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}
