import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ANN, type Api, startApi } from './world.ts';

let api: Api;
let conversation: string;

beforeAll(async () => {
  api = await startApi({ plugins: [{ name: 'facts', describeActor: () => ({ title: 'Facts', facts: [] }) }] });
  await api.text('hello');
  const { body } = await api.ask('GET /messages', { as: 'operator' });
  conversation = body.messages[0].conversation;
});
afterAll(() => api.server.close({ grace: 100 }));

async function change(body: unknown) {
  const answer = await api.ask(`PATCH /people/${conversation}`, { as: 'operator', body });
  expect(answer.status).toBe(200);
  return answer.body.actor;
}

describe('what is known of a person', () => {
  it('is changed field by field, and forgotten by null', async () => {
    expect(await change({ firstName: 'Ann', lastName: 'Lee', attributes: { plan: 'gold', visits: 3 } })).toEqual({
      ...{ address: ANN, firstName: 'Ann', lastName: 'Lee', attributes: { plan: 'gold', visits: 3 } },
    });
    expect(await change({ lastName: null, attributes: { plan: null } })).toEqual({
      ...{ address: ANN, firstName: 'Ann', attributes: { visits: 3 } },
    });
  });

  it('names them beside their texts', async () => {
    await change({ firstName: 'Ann', lastName: 'Lee' });
    const { body } = await api.ask('GET /messages', { as: 'viewer' });
    expect(body.messages.map(({ name }: { name?: string }) => name)).toEqual(['Ann Lee', 'Ann Lee']);
    expect((await api.ask(`GET /messages/${body.messages[0].id}`, { as: 'viewer' })).body.name).toBe('Ann Lee');
  });

  it('comes with what plugins know', async () => {
    const { body } = await api.ask(`GET /people/${conversation}`, { as: 'agent' });
    expect(body.plugins).toEqual([{ plugin: 'facts', title: 'Facts', facts: [] }]);
  });
});

describe('the history of a message', () => {
  it("explains the codes of its steps in the provider's words", async () => {
    await api.text('hello', '+15005553003');
    const { body } = await vi.waitUntil(async () => {
      const answer = await api.ask('GET /messages?status=failed', { as: 'operator' });
      return answer.body.messages.length > 0 ? answer : undefined;
    });
    const { body: message } = await api.ask(`GET /messages/${body.messages[0].id}`, { as: 'operator' });
    expect(message.history.at(-1)).toMatchObject({ status: 'failed', code: '30003', explanation: message.explanation });
    expect(message.explanation.meaning).toMatch(/phone|handset/);
  });
});
