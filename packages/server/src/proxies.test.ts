import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { onlyFromProxies } from './proxies.ts';

/** What is left of `X-Forwarded-For`. */
function believed(remoteAddress: string, forwarded: string): string | undefined {
  const headers: Record<string, string> = { 'x-forwarded-for': forwarded };
  onlyFromProxies(['10.0.0.0/8', '::1'])({ headers, socket: { remoteAddress } } as unknown as IncomingMessage);
  return headers['x-forwarded-for'];
}

describe('who asked', () => {
  it.each([
    ['the address that a proxy saw', '10.0.0.7', '203.0.113.7', '203.0.113.7'],
    ['not what a client made up before it', '10.0.0.7', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['through two proxies', '::ffff:10.0.0.7', '198.51.100.1, 203.0.113.7, 10.0.0.8', '203.0.113.7'],
    ['of IPv6', '::1', '198.51.100.1, 2001:db8::7', '2001:db8::7'],
    ['not an address at all', '10.0.0.7', '198.51.100.1, unknown', 'unknown'],
    ['inside of the proxies', '10.0.0.7', '10.0.0.9, 10.0.0.8', '10.0.0.9'],
  ])('is %s', (_what, remote, forwarded, expected) => {
    expect(believed(remote, forwarded)).toBe(expected);
  });

  it('is not believed of anybody else', () => {
    expect(believed('203.0.113.9', '198.51.100.1')).toBeUndefined();
  });
});
