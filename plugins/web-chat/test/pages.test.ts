import { afterEach, describe, expect, it } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
});

const HOSTILE = `"><script>alert('1')</script>`;

describe('the page of a chat', () => {
  it('has the looks that the options say, whatever is in them, and may run nothing but its script', async () => {
    world = await startWorld({
      chat: { origins: ['https://www.example.com'], pages: { support: { greeting: HOSTILE, accent: '#112233' } } },
    });
    const response = await fetch(`${world.url}/plugins/web-chat/support`);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain('<title>Corner &#60;Shop&#62;</title>');
    expect(html).toContain('data-accent="#112233"');
    expect(html).not.toContain('<script>');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'self' https://www.example.com");
    expect(policy).not.toContain('unsafe');
  });

  it('is there for the chats that there are', async () => {
    world = await startWorld();
    expect((await fetch(`${world.url}/plugins/web-chat/sales`)).status).toBe(200);
    expect((await fetch(`${world.url}/plugins/web-chat/accounting`)).status).toBe(404);
  });

  it('is known to the transport', async () => {
    world = await startWorld();
    expect(world.engine.organization.transports.web?.pageOf?.('web:sales' as never)).toBe('/plugins/web-chat/sales');
  });
});

describe('chat.js', () => {
  it('may be loaded by pages of anybody, packed, and is not loaded again', async () => {
    world = await startWorld();
    const url = `${world.url}/plugins/web-chat/chat.js`;
    const response = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
    const script = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const etag = response.headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } })).status).toBe(304);
    // `fetch` unpacks it.
    const packed = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(Buffer.from(await packed.arrayBuffer()).equals(script)).toBe(true);
    expect(Number(packed.headers.get('content-length'))).toBeLessThan(15 * 1024);
  });
});
