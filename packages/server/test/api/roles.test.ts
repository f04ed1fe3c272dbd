import { type Role, type Route, routes } from '@parley/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from './world.ts';

const ORDER: readonly (Role | 'nobody')[] = ['nobody', 'viewer', 'agent', 'operator'];

let api: Api;
let conversation: string;
let message: string;

beforeAll(async () => {
  api = await startApi();
  await api.text('hello');
  const { body } = await api.ask('GET /messages', { as: 'operator' });
  conversation = body.messages[0].conversation;
  message = body.messages[0].id;
});
afterAll(() => api.server.close({ grace: 100 }));

/** A request that would be in order: what it finds does not matter. */
function requestOf(name: string, { query }: Route): { readonly name: string; readonly body?: unknown } {
  const filled = name
    .replace(':conversation', conversation)
    .replace(':id', name.includes('/journeys/') ? 'none' : message)
    .replace(':index', '0')
    .replace(':app', 'app')
    .replace(':bot', 'listener');
  const required = { '/health': '?since=0&until=1', '/funnel': '?app=app&bot=listener' };
  const path = filled.split(' ')[1] as keyof typeof required;
  const suffix = query === undefined ? '' : (required[path] ?? '');
  return { name: `${filled}${suffix}`, ...(name.startsWith('GET ') ? {} : { body: bodies[name] ?? {} }) };
}

const bodies: Readonly<Record<string, unknown>> = {
  'POST /conversations/:conversation/reply': { text: 'hm' },
  'POST /conversations/:conversation/fire': { id: 'none', source: [], dueAt: 0 },
  'POST /conversations/:conversation/skip-ahead': { by: 1 },
  'POST /conversations/:conversation/retry-task': { task: 'none' },
  'POST /phone/apps/:app': { phone: '+14155550123', text: 'hm' },
  'POST /phone/conversations/:conversation': { text: 'hm' },
  'POST /parked/retry': { conversations: ['none'] },
  'POST /parked/skip': { conversations: ['none'] },
  'POST /parked/end': { conversations: ['none'] },
};

// What erases comes last: it would take the conversation from the others.
const walked = Object.entries(routes as Readonly<Record<string, Route>>)
  .filter(([, { role, type }]) => role !== 'public' && type !== 'events')
  .sort(([one], [other]) => Number(one.startsWith('DELETE')) - Number(other.startsWith('DELETE')));

describe.each(walked)('%s', (name, route) => {
  it.each(ORDER)('for %s', async (role) => {
    const request = requestOf(name, route);
    const { status, body } = await api.ask(request.name, {
      ...(role === 'nobody' ? {} : { as: role }),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    if (role === 'nobody') {
      expect([status, body.error.code]).toEqual([401, 'error.platform.access.sign-in-required']);
    } else if (ORDER.indexOf(role) < ORDER.indexOf(route.role as Role)) {
      expect([status, body.error.code]).toEqual([403, 'error.platform.access.forbidden']);
    } else {
      // Let in: it is done, or what was asked for makes no sense here, which only somebody who was let in is told.
      expect([200, 404, 409, 502]).toContain(status);
      expect(body.error?.code ?? '').not.toMatch(/^error\.platform\.(access|request|server)\./);
    }
  });
});

it('tells nobody of news who may not hear them', async () => {
  const { status } = await api.ask('GET /events');
  expect(status).toBe(401);
});

it('knows no token that is almost right', async () => {
  const { status } = await api.ask('GET /organization', { headers: { authorization: `Bearer ${'o'.repeat(39)}x` } });
  expect(status).toBe(401);
});

it('answers what is not there with a coded 404', async () => {
  for (const name of ['GET /nothing', 'POST /messages', 'GET /conversations/none', 'GET /messages/none']) {
    const { status, body } = await api.ask(name, { as: 'operator' });
    expect([status, body.error.code]).toEqual([404, expect.stringMatching(/^error\.platform\./)]);
  }
});
