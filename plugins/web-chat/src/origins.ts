import { isLoopback } from '@parley/core';

/**
 * Whether a page may use the chat: one of the sites that are named, or of this server. Any page on the web can open a WebSocket to
 * anywhere, and browsers say from where (RFC 6455, section 10.2).
 *
 * @param origin as the browser says it; who says none is no browser, and is not let in.
 * @param own URLs of this server.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  allowed: readonly string[],
  own: readonly string[],
): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  return (
    allowed.includes('*') || allowed.includes(origin) || own.some((url) => isSameSite(new URL(origin), new URL(url)))
  );
}

/** This computer has several names. */
function isSameSite(one: URL, other: URL): boolean {
  if (one.origin === other.origin) return true;
  return (
    isLoopback(one.hostname) && isLoopback(other.hostname) && one.port === other.port && one.protocol === other.protocol
  );
}
