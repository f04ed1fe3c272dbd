import { routes } from '@parley/api';
import { address } from '@parley/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANN, type Api, OURS, SECRET_OURS, startApi } from './world.ts';

const SCRIPT = '<script>alert(1)</script>';

let api: Api;
let conversation: string;

beforeAll(async () => {
  api = await startApi();
  await api.text('hello');
  await api.text(SCRIPT);
  await api.text('my number is +14155550177');
  await api.text('a word that nobody shall see', ANN, SECRET_OURS);
  const { body } = await api.ask('GET /messages?app=app', { as: 'operator' });
  conversation = body.messages[0].conversation;
});
afterAll(() => api.server.close({ grace: 100 }));

/** What a route answers, checked against what it says it answers. */
async function read(name: string, as: 'viewer' | 'agent' | 'operator' = 'operator') {
  const { status, body } = await api.ask(name, { as });
  expect(status).toBe(200);
  return body;
}

describe('what is answered', () => {
  it.each([
    ['GET /organization', 'GET /organization'],
    ['GET /messages', 'GET /messages?limit=2'],
    ['GET /conversations', 'GET /conversations'],
    ['GET /journeys', 'GET /journeys'],
    ['GET /health', `GET /health?since=0&until=${Date.now() + 86_400_000}`],
    ['GET /funnel', 'GET /funnel?app=app&bot=listener'],
    ['GET /apps/:app/bots/:bot/machine', 'GET /apps/app/bots/listener/machine'],
  ] as const)('%s is what the contract says', async (name, asked) => {
    for (const as of ['viewer', 'operator'] as const) {
      const body = await read(asked, as);
      expect(routes[name].response.parse(body)).toEqual(body);
    }
  });

  it('is the same for one message, one conversation, one journey and one person', async () => {
    const { messages } = await read('GET /messages?app=app&direction=outbound');
    const { journeys } = await read('GET /journeys?app=app');
    const one = {
      'GET /messages/:id': await read(`GET /messages/${messages[0].id}`),
      'GET /conversations/:conversation': await read(`GET /conversations/${conversation}`),
      'GET /conversations/:conversation/activity': await read(`GET /conversations/${conversation}/activity`),
      'GET /journeys/:id': await read(`GET /journeys/${journeys[0].id}`),
      'GET /people/:conversation': await read(`GET /people/${conversation}`),
    } as const;
    for (const [name, body] of Object.entries(one)) {
      expect(routes[name as keyof typeof one].response.parse(body)).toEqual(body);
    }
  });
});

describe('a viewer', () => {
  it('sees no whole number anywhere', async () => {
    const { messages } = await read('GET /messages?app=app', 'viewer');
    const { journeys } = await read('GET /journeys?app=app', 'viewer');
    const all = [
      messages,
      await read('GET /conversations?app=app', 'viewer'),
      await read(`GET /conversations/${conversation}`, 'viewer'),
      await read(`GET /conversations/${conversation}/activity`, 'viewer'),
      await read(`GET /messages/${messages[0].id}`, 'viewer'),
      await read(`GET /journeys/${journeys[0].id}`, 'viewer'),
    ];
    expect(JSON.stringify(all)).not.toMatch(/5550123|5550177/);
    expect(messages[0].theirs).toBe('…0123');
  });

  it('can not find out a number by asking for it', async () => {
    for (const name of [`/messages?theirs=${encodeURIComponent(ANN)}`, '/conversations?person=%2B1415']) {
      expect((await api.ask(`GET ${name}`, { as: 'viewer' })).status).toBe(403);
    }
    const { messages } = await read(`GET /messages?theirs=${encodeURIComponent(ANN)}`, 'agent');
    expect(messages.length).toBeGreaterThan(0);
  });
});

describe('a confidential app', () => {
  it('shows that something was said, and not what', async () => {
    const { messages } = await read('GET /messages?app=secret');
    expect(messages.map(({ text, redacted }: Record<string, unknown>) => [text, redacted])).toEqual([
      ['', true],
      ['', true],
    ]);
    const id = messages[0].conversation;
    const all = [
      messages,
      await read(`GET /messages/${messages[0].id}`),
      await read(`GET /conversations/${id}`),
      await read(`GET /conversations/${id}/activity`),
      (await api.ask('GET /messages.csv?app=secret', { as: 'operator' })).body,
    ];
    expect(JSON.stringify(all)).not.toContain('word');
  });

  it('does not give a word away to whoever looks for it', async () => {
    expect((await read('GET /messages?text=word')).messages).toEqual([]);
  });
});

describe('a conversation', () => {
  it('has the state, the context, the timers and every step of its journey', async () => {
    const body = await read(`GET /conversations/${conversation}`);
    expect(body.journey).toMatchObject({
      bot: 'listener',
      state: 'listening',
      context: { heard: ['hello', SCRIPT, 'my number is +14155550177'] },
      timers: [{ event: expect.stringMatching(/^xstate\.after/) }],
    });
    const { activity } = await read(`GET /conversations/${conversation}/activity`);
    const steps = activity.filter(({ kind }: { kind: string }) => kind === 'step');
    expect(steps.map(({ name }: { name: string }) => name)).toEqual([
      'message.received',
      'message.received',
      'message.received',
      'xstate.init',
    ]);
  });

  it('has an id that says nothing, and that nobody can make up', async () => {
    expect(Buffer.from(conversation, 'base64url').toString('latin1')).not.toContain('5550123');
    const forged = `${conversation.slice(0, -2)}${conversation.endsWith('A') ? 'BB' : 'AA'}`;
    expect((await api.ask(`GET /conversations/${forged}`, { as: 'operator' })).status).toBe(404);
  });

  it('is listed with others by their ids, in the order asked for', async () => {
    await api.text('hello', '+14155550151');
    const { conversations } = await read('GET /conversations?person=%2B14155550151');
    const ids = [conversations[0].id, conversation];
    const { conversations: found } = await read(`GET /conversations?ids=${ids.join(',')}`, 'viewer');
    expect(found.map((one: { id: string; theirs: string }) => [one.id, one.theirs])).toEqual([
      [ids[0], '…0151'],
      [ids[1], '…0123'],
    ]);
    const { status } = await api.ask(`GET /conversations?ids=${Array(101).fill(conversation).join(',')}`, {
      as: 'viewer',
    });
    expect(status).toBe(400);
  });

  it('is hurried on, taken over, answered and given back', async () => {
    await api.text('hello', '+14155550150');
    const { conversations } = await read('GET /conversations?person=%2B14155550150');
    const { id } = conversations[0];
    const act = async (what: string, body: unknown = {}) => {
      const { status, body: answer } = await api.ask(`POST /conversations/${id}/${what}`, { as: 'agent', body });
      expect(status).toBe(200);
      return answer;
    };
    const [timer] = (await read(`GET /conversations/${id}`)).journey.timers;
    await act('fire', { id: timer.id, source: timer.source, dueAt: timer.dueAt });
    expect((await act('hand-over', { note: 'look' })).handoff).toMatchObject({ to: 'agent', note: 'look' });
    expect(
      (await read('GET /conversations?handedOver=true')).conversations.map((one: { id: string }) => one.id),
    ).toEqual([id]);
    await act('reply', { text: 'This is a person.' });
    expect((await act('resume')).handoff).toBeUndefined();
    await api.engine.idle();
    const thread = api.engine.emulator('twilio').thread(address(OURS), address('+14155550150'));
    expect(thread.map(({ text }) => text)).toEqual(['hello', 'You said hello', 'An hour', 'This is a person.']);
  });
});

describe('what is parked', () => {
  it('is listed with its reason, and retried, skipped and ended in bulk', async () => {
    await api.text('boom', '+14155550160');
    const { conversations } = await read('GET /conversations?parked=true');
    expect(conversations).toHaveLength(1);
    const { id } = conversations[0];
    const { parked } = await read(`GET /conversations/${id}`);
    expect(parked).toMatchObject([{ what: 'text', reason: expect.stringContaining('+14155550123') }]);
    const masked = await read(`GET /conversations/${id}`, 'viewer');
    expect(JSON.stringify(masked.parked)).not.toContain('5550123');
    const bulk = async (what: string, ids = [id]) =>
      (await api.ask(`POST /parked/${what}`, { as: 'operator', body: { conversations: ids } })).body.outcomes;
    expect(await bulk('skip', [id, 'none'])).toEqual([
      { conversation: id },
      { conversation: 'none', failed: 'error.platform.conversation.unknown' },
    ]);
    expect(await bulk('end')).toEqual([{ conversation: id }]);
    expect((await read('GET /conversations?parked=true')).conversations).toEqual([]);
  });
});

describe('an export', () => {
  it('is a file that no spreadsheet takes for a formula', async () => {
    await api.text('=HYPERLINK("http://x","y")', '+14155550170');
    await api.text('two\nlines, "quoted"', '+14155550170');
    const { body, response } = await api.ask('GET /messages.csv', { as: 'agent' });
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(response.headers.get('content-disposition')).toMatch(/attachment/);
    expect(body).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
    expect(body).toContain('"two\nlines, ""quoted"""');
    expect(body.split('\r\n')[0]).toMatch(/^id,time,app,/);
  });
});

describe('news', () => {
  it('come as they happen, masked for viewers', async () => {
    const stop = new AbortController();
    const response = await fetch(`${api.server.url}/api/v1/events?app=app`, {
      signal: stop.signal,
      headers: { authorization: `Bearer ${'v'.repeat(40)}` },
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();
    void api.text('live from +14155550123', '+14155550180');
    let heard = '';
    while (!heard.includes('You said live')) heard += (await reader.read()).value ?? '';
    stop.abort();
    expect(heard).toContain('event: message');
    expect(heard).toContain('event: activity');
    expect(heard).not.toMatch(/5550123|5550180/);
  });
});

describe('journeys', () => {
  it('are found by version, by what went wrong, and by how long they took', async () => {
    await api.text('hello', '+14155550195');
    await api.text('boom', '+14155550195');
    await api.text('bye', '+14155550195');
    const found = async (query: string) => (await read(`GET /journeys?app=app&${query}`)).journeys;
    const [troubled, ...others] = await found('withErrors=true&status=done');
    expect(troubled).toMatchObject({ version: '1', errors: 1, status: 'done' });
    expect(others).toEqual([]);
    expect(await found('version=2')).toEqual([]);
    expect(await found('longerThan=3600000')).toEqual([]);
    expect((await found('longerThan=0&version=1')).length).toBeGreaterThan(1);
  });
});

describe('a funnel', () => {
  it('says in which state journeys have ended', async () => {
    await api.text('hello', '+14155550190');
    await api.text('bye', '+14155550190');
    const body = await read('GET /funnel?app=app&bot=listener');
    expect(body).toMatchObject({ done: 2, dropped: [{ state: 'listening', status: 'ended', count: 1 }] });
    expect(body.started).toBe(body.done + body.running + 1);
  });
});
