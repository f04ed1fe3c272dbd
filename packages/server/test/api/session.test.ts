import { afterEach, describe, expect, it } from 'vitest';
import { type Api, PASSWORD, startApi } from './world.ts';

let api: Api | undefined;
afterEach(async () => {
  await api?.server.close({ grace: 100 });
  api = undefined;
});

const OWN_PAGE = { 'x-parley': 'console' };

async function signIn(from: Api): Promise<string> {
  const { status, response } = await from.ask('POST /session', {
    body: { name: 'ann', password: PASSWORD },
    headers: OWN_PAGE,
  });
  expect(status).toBe(200);
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

describe('signing in', () => {
  it('with the right password gives a session that scripts of pages can not read', async () => {
    api = await startApi();
    const { body, response } = await api.ask('POST /session', {
      body: { name: 'ann', password: PASSWORD },
      headers: OWN_PAGE,
    });
    expect(body.user).toEqual({ name: 'ann', role: 'operator' });
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/httponly/i);
    expect(cookie).toMatch(/samesite=strict/i);
    expect(cookie).toMatch(/path=\/api/i);
  });

  it('lasts until signing out, also for whoever kept the cookie', async () => {
    api = await startApi();
    const cookie = await signIn(api);
    const who = async () => (await api!.ask('GET /session', { headers: { cookie } })).body.user;
    expect(await who()).toEqual({ name: 'ann', role: 'operator' });
    await api.ask('DELETE /session', { headers: { cookie, ...OWN_PAGE } });
    expect(await who()).toBeUndefined();
    expect((await api.ask('GET /messages', { headers: { cookie } })).status).toBe(401);
  });

  it.each([
    ['ann', 'wrong'],
    ['nobody', PASSWORD],
    ['', ''],
  ])('is refused to %s with %s', async (name, password) => {
    api = await startApi();
    const { status } = await api.ask('POST /session', {
      body: { ...(name === '' ? {} : { name }), password: password || 'x' },
      headers: OWN_PAGE,
    });
    expect(status).toBe(401);
  });

  it('is held back after ten failures, also with the right password', async () => {
    api = await startApi();
    const attempt = (password: string) =>
      api!.ask('POST /session', { body: { name: 'ann', password }, headers: OWN_PAGE });
    for (let count = 0; count < 10; count++) expect((await attempt('wrong')).status).toBe(401);
    const { status, body } = await attempt(PASSWORD);
    expect([status, body.error.code]).toEqual([429, 'error.platform.access.too-many-attempts']);
  });

  it('is not needed on this computer in development, and only there', async () => {
    api = await startApi({ access: {}, openConsole: true });
    expect((await api.ask('GET /session')).body.user).toEqual({ name: 'developer', role: 'operator' });
    // As through a tunnel, or under a name of somebody else.
    expect((await api.ask('GET /messages', { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(401);
    await api.server.close({ grace: 100 });
    api = await startApi({ access: {} });
    expect((await api.ask('GET /session')).body).toEqual({ methods: { open: false, password: false, openId: false } });
    expect((await api.ask('GET /messages')).status).toBe(401);
  });
});

describe('another site', () => {
  it.each([
    ['a form of its own', {}],
    ['a script of its own', { 'x-parley': 'console', 'sec-fetch-site': 'cross-site' }],
  ])('can not act with somebody’s session by %s', async (_how, headers) => {
    api = await startApi();
    const cookie = await signIn(api);
    const { status, body } = await api.ask('POST /parked/retry', {
      body: { conversations: ['none'] },
      headers: { cookie, ...headers },
    });
    expect([status, body.error.code]).toEqual([403, 'error.platform.access.foreign-request']);
  });

  it('can not sign anybody in', async () => {
    api = await startApi();
    const { status } = await api.ask('POST /session', { body: { name: 'ann', password: PASSWORD } });
    expect(status).toBe(403);
  });
});

describe('the audit log', () => {
  it('says who did what, and what was refused, without a text or a number', async () => {
    api = await startApi();
    await api.text('a secret of mine');
    const { body } = await api.ask('GET /messages', { as: 'operator' });
    const { conversation } = body.messages[0];
    await api.ask(`POST /conversations/${conversation}/reply`, { as: 'agent', body: { text: 'a secret of ours' } });
    await api.ask('GET /messages.csv', { as: 'agent' });
    await api.ask('POST /messages/none/resend', { as: 'operator' });
    await signIn(api);
    const { body: log } = await api.ask('GET /audit', { as: 'operator' });
    expect(log.entries.map(({ user, act, failed }: Record<string, unknown>) => [user, act, failed])).toEqual([
      ['ann', 'session.sign-in', undefined],
      ['operator', 'message.resend', 'error.platform.message.unknown'],
      ['agent', 'messages.export', undefined],
      ['agent', 'conversation.reply', undefined],
    ]);
    expect(JSON.stringify(log)).not.toMatch(/secret|5550123/);
  });

  it('is read page by page', async () => {
    api = await startApi();
    for (let count = 0; count < 5; count++) await api.ask('POST /messages/none/refresh', { as: 'agent' });
    const { body: first } = await api.ask('GET /audit?limit=3', { as: 'operator' });
    const { body: second } = await api.ask(`GET /audit?limit=3&cursor=${first.next}`, { as: 'operator' });
    expect([first.entries.length, second.entries.length, second.next]).toEqual([3, 2, undefined]);
    const ids = [...first.entries, ...second.entries].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(5);
  });
});
