import { createEngine, defineApp, defineOrganization, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { twilio } from '@parley/plugin-twilio';
import type { Context } from 'koa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOpenIdSignIn } from '../../src/api/access/open-id.ts';
import { createRuntime, type RunningServer, serve } from '../../src/index.ts';
import { type Faults, type Provider, startProvider } from './open-id-provider.ts';

let provider: Provider;
let server: RunningServer;

beforeEach(async () => {
  provider = await startProvider();
  const { issuer, client } = provider;
  const organization = defineOrganization({
    name: 'Test',
    apps: [defineApp({ id: 'app', number: '+14155550100' })],
    transports: { twilio: twilio() },
    storage: memoryStorage(),
    access: {
      openId: {
        ...{ issuer, clientId: client.id, clientSecret: client.secret },
        roles: { '@clinic.example': 'viewer', 'Ben@Clinic.example': 'operator' },
      },
    },
  });
  const runtime = createRuntime({ log: silentLog });
  server = await serve(createEngine(organization, runtime), {
    ...{ port: 0, emulate: 'always', log: silentLog, plugins: runtime.plugins, prefix: '/bots' },
  });
});
afterEach(async () => {
  await server.close({ grace: 100 });
  provider.close();
});

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly location: string | null;
  readonly cookies: Readonly<Record<string, string>>;
  readonly headers: readonly string[];
}

async function visit(url: string | URL, cookies: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
  const headers = response.headers.getSetCookie();
  const text = await response.text();
  return {
    ...{ status: response.status, location: response.headers.get('location'), headers },
    code: text.startsWith('{') ? JSON.parse(text).error?.code : undefined,
    cookies: Object.fromEntries(headers.map((header) => header.split(';')[0]?.split('=', 2) as [string, string])),
  };
}

const begin = () => visit(`${server.url}/api/v1/openid/start`);

/** Signs in as a browser does, up to what the callback answers. */
async function signIn(faults: Faults = {}): Promise<Answer> {
  provider.faults = faults;
  const { location, cookies } = await begin();
  return visit(provider.signIn(location ?? ''), cookies);
}

async function userOf(cookies: Readonly<Record<string, string>>): Promise<unknown> {
  const cookie = `parley_session=${cookies.parley_session}`;
  const response = await fetch(`${server.url}/api/v1/session`, { headers: { cookie } });
  return ((await response.json()) as { user?: unknown }).user;
}

const refused = { status: 502, code: 'error.platform.access.provider-failed' };

describe('signing in with a provider', () => {
  it('asks for a code with PKCE, for this server behind its prefix', async () => {
    const { location, headers } = await begin();
    const asked = Object.fromEntries(new URL(location ?? '').searchParams);
    expect(asked).toMatchObject({
      ...{ client_id: 'parley', response_type: 'code', code_challenge_method: 'S256' },
      redirect_uri: `${server.url}/api/v1/openid/callback`,
    });
    expect(new URL(asked.redirect_uri ?? '').pathname).toBe('/bots/api/v1/openid/callback');
    expect(asked.state).toMatch(/^.{32,}$/);
    expect(asked.nonce).not.toBe(asked.state);
    expect(headers[0]).toMatch(/httponly/i);
    expect(headers[0]).toMatch(/samesite=lax/i);
    expect(JSON.stringify(asked)).not.toContain(provider.client.secret);
  });

  it('gives the role of the domain, or that of the address before it, and goes on to the console', async () => {
    const { status, location, cookies, headers } = await signIn();
    expect([status, location]).toEqual([302, '/bots/console/']);
    expect(headers.find((header) => header.startsWith('parley_session'))).toMatch(
      /path=\/bots\/api; .*samesite=strict/i,
    );
    expect(await userOf(cookies)).toEqual({ name: 'ann@clinic.example', role: 'viewer' });
    provider.email = 'BEN@clinic.example';
    expect(await userOf((await signIn()).cookies)).toEqual({ name: 'BEN@clinic.example', role: 'operator' });
  });

  it.each(['ann@elsewhere.example', 'ann@clinic.example.evil.example', 'ann@sub.clinic.example', 'clinic.example'])(
    'lets %s in nowhere',
    async (email) => {
      provider.email = email;
      const answer = await signIn();
      expect(answer).toMatchObject({ status: 403, code: 'error.platform.access.forbidden' });
      expect(answer.cookies.parley_session).toBeUndefined();
    },
  );

  it.each<[string, Faults]>([
    ['an address that is not verified', { claims: { email_verified: false } }],
    ['an address of which nothing is said', { claims: { email_verified: undefined } }],
    ['no address', { claims: { email: undefined } }],
    ['several addresses', { claims: { email: ['ann@clinic.example'] } }],
    ['the nonce of another one', { claims: { nonce: 'another' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['a token of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['a token for another client', { claims: { aud: 'another' } }],
    ['a token that has run out', { claims: { exp: 1_000 } }],
    ['a token that nobody has signed', { signature: 'none' }],
    ['a token that somebody else has signed', { signature: 'foreign' }],
    ['no answer that makes sense', { token: (response) => response.end('<html>') }],
    ['a token endpoint that redirects', { token: (response) => response.writeHead(302, { location: '/x' }).end() }],
    ['a connection that breaks off', { token: (response) => response.destroy() }],
  ])('is refused with %s', async (_what, faults) => {
    const answer = await signIn(faults);
    expect(answer).toMatchObject(refused);
    expect(answer.cookies.parley_session).toBeUndefined();
  });

  it('is refused where it was not begun', async () => {
    const { location } = await begin();
    expect(await visit(provider.signIn(location ?? ''))).toMatchObject(refused);
  });

  it('is refused to whoever is given the way back of somebody else', async () => {
    const [theirs, mine] = [await begin(), await begin()];
    expect(await visit(provider.signIn(theirs.location ?? ''), mine.cookies)).toMatchObject(refused);
  });

  it('is refused with the same code again', async () => {
    const { location, cookies } = await begin();
    const back = provider.signIn(location ?? '');
    const first = await visit(back, cookies);
    expect(first.status).toBe(302);
    expect(first.cookies.parley_openid).toBe('');
    expect(await visit(back, cookies)).toMatchObject(refused);
  });

  it.each([
    ['of another provider', (back: URL) => back.searchParams.set('iss', 'https://evil.example')],
    ['of nobody', (back: URL) => back.searchParams.delete('iss')],
    ['with another state', (back: URL) => back.searchParams.set('state', 'another')],
    ['without a state', (back: URL) => back.searchParams.delete('state')],
    ['with two states', (back: URL) => back.searchParams.append('state', 'another')],
    ['without a code', (back: URL) => back.searchParams.delete('code')],
    ['that says no', (back: URL) => back.searchParams.set('error', 'access_denied')],
  ])('is refused by an answer %s', async (_what, forge) => {
    const { location, cookies } = await begin();
    const back = provider.signIn(location ?? '');
    forge(back);
    expect(await visit(back, cookies)).toMatchObject(refused);
  });

  it('is refused while the provider is away', async () => {
    provider.close();
    expect(await begin()).toMatchObject(refused);
  });

  it('does not trust a provider without TLS, but on this computer', async () => {
    const openId = { issuer: 'http://provider.example', clientId: 'parley', clientSecret: 'secret', roles: {} };
    const asking = createOpenIdSignIn({ openId }, () => `${server.url}/callback`)?.begin({} as Context);
    await expect(asking).rejects.toMatchObject({
      code: 'error.platform.access.provider-failed',
      cause: { message: expect.stringContaining('only requests to HTTPS') },
    });
  });
});
