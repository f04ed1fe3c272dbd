import { describe, expect, it } from 'vitest';
import { type PhoneRequest, refusalOf } from './guard.ts';

const local: PhoneRequest = {
  method: 'GET',
  host: 'localhost:3000',
  origin: undefined,
  fetchSite: undefined,
  remoteAddress: '127.0.0.1',
  forwarded: false,
  allowHosts: [],
};

describe('the phone page', () => {
  it.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '127.1.2.3', '[::1]:3000', 'LOCALHOST:3000'])(
    'answers this computer under %s',
    (host) => {
      for (const remoteAddress of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
        expect(refusalOf({ ...local, host, remoteAddress })).toBeUndefined();
      }
    },
  );

  it.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost:3000@evil',
    '[::2]',
  ])('refuses the name %s, which could be rebound to us', (host) => {
    expect(refusalOf({ ...local, host })).toMatch(/name/);
  });

  it('refuses other computers, proxies and tunnels', () => {
    expect(refusalOf({ ...local, remoteAddress: '192.168.1.9' })).toMatch(/another/);
    expect(refusalOf({ ...local, remoteAddress: undefined })).toMatch(/another/);
    expect(refusalOf({ ...local, forwarded: true })).toMatch(/tunnel/);
  });

  it('answers hosts that are allowed by name, from wherever, and no others', () => {
    const remote = { ...local, remoteAddress: '192.168.1.9', allowHosts: ['DevBox.local'] };
    expect(refusalOf({ ...remote, host: 'devbox.local:3000' })).toBeUndefined();
    expect(refusalOf({ ...remote, host: 'evil.example' })).toMatch(/name/);
  });

  it('refuses what other sites post', () => {
    const post = { ...local, method: 'POST' };
    expect(refusalOf(post)).toBeUndefined();
    expect(refusalOf({ ...post, origin: 'http://localhost:3000', fetchSite: 'same-origin' })).toBeUndefined();
    for (const origin of ['http://evil.example', 'http://localhost:4000', 'null']) {
      expect(refusalOf({ ...post, origin })).toMatch(/site/);
    }
    for (const fetchSite of ['cross-site', 'same-site', 'none'])
      expect(refusalOf({ ...post, fetchSite })).toMatch(/site/);
  });
});
